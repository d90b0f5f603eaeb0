import { addDays, type Day, dayOf, lastDayOfYears } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { openAccount } from './accounts.ts'
import { register } from './computers.ts'
import { comments } from './contoso-comments.ts'
import { at, hoursAgo, yearEnding } from './days.ts'
import { shop } from './events.ts'
import { idOf } from './ids.ts'
import { makeKey } from './keys.ts'
import { issue, type Period } from './licenses.ts'
import { addContact, type Buyer, type Placed, placeOrder } from './orders.ts'
import { acme, contoso } from './people.ts'
import type { World } from './rows.ts'
import { soldAs } from './shop.ts'

const place = ['FR', 'Lyon', '69003'] as const
const buyer: Buyer = { ...contoso, contactId: idOf('contact', 'contoso'), place, currency: 'EUR' }

/** What was bought, how many of it, and on which computers of the sites it runs; every `idle`th does not run yet. */
type Line = { readonly path: string; readonly quantity: number; readonly on?: string; readonly idle?: number }

/** What each order brought: 214 licenses in all. */
const purchases: readonly { day: Day; time: string; lines: readonly Line[] }[] = [
  {
    ...{ day: '2020-03-11', time: '08:55:02' },
    lines: [
      { path: 'remote-access-pro-10-users', quantity: 48, on: 'RDS', idle: 8 },
      { path: 'advanced-security-essentials', quantity: 48, on: 'RDS', idle: 6 },
    ],
  },
  {
    ...{ day: '2020-11-05', time: '13:17:44' },
    lines: [{ path: 'remote-access-essentials-5-users', quantity: 30, on: 'LAB', idle: 3 }],
  },
  {
    ...{ day: '2021-06-22', time: '09:03:27' },
    lines: [{ path: 'remote-access-enterprise-25-users-with-support', quantity: 24, on: 'WARD', idle: 4 }],
  },
  {
    ...{ day: '2022-02-14', time: '15:48:10' },
    lines: [{ path: 'advanced-security-ultimate', quantity: 26, on: 'WARD', idle: 5 }],
  },
  {
    ...{ day: '2022-10-03', time: '10:30:59' },
    lines: [12, 40, 5, 3].map((quantity) => ({ path: 'remote-work-workstation', quantity })),
  },
  {
    ...{ day: '2023-04-18', time: '07:41:36' },
    lines: [{ path: 'remote-access-essentials-3-users', quantity: 26, on: 'DESK', idle: 2 }],
  },
  {
    ...{ day: '2023-08-30', time: '18:09:15' },
    lines: [{ path: 'remote-access-pro-unlimited-users', quantity: 8, on: 'HQ', idle: 4 }],
  },
]

/** Days from today to the end of support, dealt out in turn; `null`: never renewed. */
const ends = [14, null, 88, 300, -3, 45, 200, -160, null, 330, 29, 120, -9, 260, 5, null, 75, -300, 180, -40, 340]

const sites = ['PAR', 'LYO', 'MRS', 'BOD', 'LIL', 'NTE', 'SXB', 'TLS', 'ZRH', 'GVA', 'BRU', 'KRK']

/** A hospital group: seven orders, 214 licenses on the computers of twelve cities. */
export function tellContoso(world: World): void {
  const begun = at('2020-03-11', '08:55:02')
  const { accountId, activationKeyId: id, activationKey: code } = contoso
  openAccount(world, {
    ...contoso,
    kind: 'customer',
    parent: acme.accountId,
    place: ['FR', 'Lyon'],
    at: begun,
    by: shop,
  })
  addContact(world, buyer, ['Inès', 'Moreau'], begun)
  makeKey(world, { id, accountId, name: 'Default', code, isDefault: true, at: begun, by: shop })
  const fleet: Fleet = new Map()
  for (const [i, { day, time, lines }] of purchases.entries()) {
    const order = { id: idOf('order', `contoso-${i + 1}`), reference: contoso.orders[i] ?? '', at: at(day, time) }
    const placed = placeOrder(world, buyer, { ...order, items: lines })
    for (const [j, line] of lines.entries()) issueLine(world, placed, line, placed.itemIds[j], fleet)
  }
  registerFleet(world, fleet)
}

/** Issues what a line of an order brought and notes on which computers it runs. */
function issueLine(world: World, { reference, at }: Placed, line: Line, itemId: Period['itemId'], fleet: Fleet): void {
  const { product, edition, supportYears, ...sold } = soldAs(line.path)
  const bySize = sold.quantityIs === 'size'
  const { accountId, activationKeyId: keyId, email } = contoso
  for (let k = 0; k < (bySize ? 1 : line.quantity); k++) {
    const dealt = world.licenses.filter((license) => license.accountId === accountId).length
    const id = idOf('license', `contoso-${String(dealt + 1).padStart(3, '0')}`)
    issue(world, {
      ...{ id, accountId, keyId, email, at, by: shop, product, edition, order: { reference, itemId } },
      size: bySize ? line.quantity : sold.size,
      comment: dealt % 5 < 2 ? comments[dealt % comments.length] : '',
      support: periods(world, dayOf(at), supportYears, dealt, itemId),
    })
    if (!line.on || !line.idle || k % line.idle === line.idle - 1) continue
    const name = `${sites[k % sites.length]}-${line.on}-${1 + Math.floor(k / sites.length)}`
    fleet.set(name, [...(fleet.get(name) ?? []), { product, licenseId: id, from: at }])
  }
}

type Fleet = Map<string, { product: string; licenseId: Id<'license'>; from: Date }[]>

function periods(world: World, bought: Day, years: number, dealt: number, itemId: Period['itemId']): Period[] {
  const first: Period = { startsOn: bought, endsOn: lastDayOfYears(bought, 1), source: 'order', itemId }
  const days = ends[dealt % ends.length]
  const endsOn = addDays(dayOf(world.now), days ?? 0)
  const renewed: Period = { startsOn: yearEnding(endsOn), endsOn, source: 'grant' }
  return [...(years > 0 ? [first] : []), ...(typeof days === 'number' ? [renewed] : [])]
}

/** One computer may run two products; some were not seen for weeks, a few never since they were activated. */
function registerFleet(world: World, fleet: Fleet): void {
  for (const [i, [name, installed]] of [...fleet].entries()) {
    const from = new Date(Math.max(...installed.map(({ from }) => from.getTime())) + (30 + 7 * i) * 3_600_000)
    register(world, {
      ...{ name, accountId: contoso.accountId, ip: `198.51.100.${(i % 250) + 1}`, at: from },
      seenAt: i % 23 === 22 ? null : hoursAgo(world.now, i % 11 === 10 ? 24 * (20 + i) : 1 + (i % 30)),
      products: installed.map(({ product, licenseId }) => ({
        ...{ product, licenseId, keyId: contoso.activationKeyId },
        version: product === 'remote-access' ? '17.30' : '7.2',
      })),
    })
  }
}
