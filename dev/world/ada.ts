import { addDays, dayOf, lastDayOfYears } from '#src/domain/day.ts'
import { openAccount } from './accounts.ts'
import { register } from './computers.ts'
import { at, daysAgo, hoursAgo, yearEnding } from './days.ts'
import { shop } from './events.ts'
import { idOf } from './ids.ts'
import { makeKey } from './keys.ts'
import { comment, issue, type Period } from './licenses.ts'
import { addContact, type Buyer, type Placed, placeOrder } from './orders.ts'
import { acme, ada } from './people.ts'
import type { World } from './rows.ts'

const buyer: Buyer = {
  ...ada,
  contactId: idOf('contact', 'ada'),
  place: ['NL', 'Delft', '2611 GX'],
  currency: 'EUR',
}
const byHerself = { kind: 'customer', id: ada.accountId, name: ada.name, address: '192.0.2.17' } as const

/** Two orders of 2019, four licenses, exactly one of them without support. */
export function tellAda(world: World): void {
  const first = at('2019-07-24', '14:05:12')
  openAccount(world, { ...ada, kind: 'customer', parent: acme.accountId, place: ['NL', 'Delft'], at: first, by: shop })
  addContact(world, buyer, ['Ada', 'Byron'], first)
  const own = { id: ada.activationKeyId, accountId: ada.accountId, code: ada.activationKey, isDefault: true }
  makeKey(world, { ...own, name: 'Default', at: first, by: shop })
  issueRemoteAccess(world, placeRemoteAccess(world, first))
  issueAdvancedSecurity(world, placeAdvancedSecurity(world))
  comment(world, ada.licenses.spare, ada.comment, byHerself, at('2020-02-03', '10:20:31'))
  registerComputers(world)
}

function placeRemoteAccess(world: World, first: Date): Placed {
  const item = { path: 'remote-access-pro-5-users-with-support', quantity: 1, subtotalMinor: 13_845 }
  return placeOrder(world, buyer, { id: ada.orderIds[0], reference: ada.orders[0], at: first, items: [item] })
}

function placeAdvancedSecurity(world: World): Placed {
  const item = { path: 'advanced-security-essentials', quantity: 3, subtotalMinor: 15_224 }
  const second = at('2019-08-15', '09:41:24')
  return placeOrder(world, buyer, { id: ada.orderIds[1], reference: ada.orders[1], at: second, items: [item] })
}

const shared = { accountId: ada.accountId, keyId: ada.activationKeyId, email: ada.email, by: shop }

/** A year that ends so many days from today, granted by the vendor. */
const granted = (world: World, days: number): Period => {
  const endsOn = addDays(dayOf(world.now), days)
  return { startsOn: yearEnding(endsOn), endsOn, source: 'grant' }
}

function issueRemoteAccess(world: World, { reference, at, itemIds: [itemId] }: Placed): void {
  const bought = dayOf(at)
  issue(world, {
    ...{ ...shared, id: ada.licenses.frontDesk, at, order: { reference, itemId } },
    ...{ product: 'remote-access', edition: 'pro', size: 5 },
    support: [{ startsOn: bought, endsOn: lastDayOfYears(bought, 1), source: 'order', itemId }, granted(world, 287)],
  })
}

function issueAdvancedSecurity(world: World, { reference, at, itemIds: [itemId] }: Placed): void {
  const { lab, spare, unsupported } = ada.licenses
  const common = { ...shared, at, product: 'advanced-security', edition: 'essentials', size: 'unlimited' } as const
  issue(world, { ...common, id: lab, order: { reference, itemId }, support: [granted(world, 19)] })
  issue(world, { ...common, id: spare, order: { reference, itemId }, support: [granted(world, 122)] })
  issue(world, { ...common, id: unsupported, order: { reference, itemId } })
}

function registerComputers(world: World): void {
  const [front, lab] = ada.computers
  const { accountId, activationKeyId: keyId } = ada
  const onFront = { product: 'remote-access', version: '17.30', keyId, licenseId: ada.licenses.frontDesk }
  const onLab = { product: 'advanced-security', version: '7.2', keyId, licenseId: ada.licenses.lab }
  const seenAt = hoursAgo(world.now, 3)
  const front2019 = { name: front, accountId, ip: '192.0.2.17', at: at('2019-07-25', '08:12:40'), seenAt }
  register(world, { ...front2019, products: [onFront] })
  const stale = at(daysAgo(world.now, 12), '17:40:00')
  const lab2019 = { name: lab, accountId, ip: '192.0.2.18', at: at('2019-08-19', '11:02:09'), seenAt: stale }
  register(world, { ...lab2019, products: [onLab] })
}
