import { offerCode } from '#src/domain/catalog/offer.ts'
import { addApiKey, addReadingKey } from './accounts.ts'
import { staff } from './acme.ts'
import { type Credits, give, grant } from './credits.ts'
import { at, daysAgo, hoursAgo } from './days.ts'
import { northwindCustomers, prosewareCustomers, tailspinCustomers, wingtipCustomers } from './end-customers.ts'
import { loginDoer } from './events.ts'
import { idOf } from './ids.ts'
import { makeKey } from './keys.ts'
import { acme, litware, northwind, proseware, tailspin, wingtip } from './people.ts'
import type { World } from './rows.ts'
import { assignAll, openSeller, type Seller } from './sellers.ts'
import { subscribe } from './subscriptions.ts'

const office = '198.51.100.60'
const nora = loginDoer(northwind, office)
const wilma = loginDoer(wingtip, '198.51.100.61')
const products = ['remote-access', 'advanced-security'] as const

/** The partner, three resellers, one below one of them, and what they handed out. */
export function tellNorthwind(world: World): void {
  openAll(world)
  const day = (ago: number) => at(daysAgo(world.now, ago), '09:45:00')
  grant(world, acme.accountId, northwind.accountId, acme.loginId, day(1000), licenseGrant)
  grant(world, acme.accountId, northwind.accountId, acme.loginId, day(999), supportGrant)
  handOn(world, northwind, tailspin, day(700), tailspinCredits)
  handOn(world, northwind, wingtip, day(690), wingtipCredits)
  handOn(world, wingtip, proseware, day(480), prosewareCredits)
  handOn(world, northwind, litware, day(6), litwareCredits)
  assignAll(world, northwind, office, northwindCustomers)
  assignAll(world, tailspin, '198.51.100.70', tailspinCustomers)
  assignAll(world, wingtip, '198.51.100.61', wingtipCustomers)
  assignAll(world, proseware, '198.51.100.80', prosewareCustomers)
  subscribeAll(world, day)
  const fresh = { id: northwind.freshKeyId, accountId: northwind.accountId, name: 'Museum Het Kompas' }
  makeKey(world, { ...fresh, note: 'Waits for their order', at: day(2), by: nora })
  addApiKey(world, northwind, day(400))
  const inventory = { slug: 'northwind-inventory', name: 'Nightly inventory', role: 'read-servers' } as const
  const offices = ['198.51.100.0/24', '2001:db8:60::/48']
  const lately = { usedAt: hoursAgo(world.now, 7), expiresAt: at(daysAgo(world.now, -61)) }
  addReadingKey(world, northwind.accountId, { ...inventory, ...lately, ranges: offices, createdAt: day(29) })
  const old = { slug: 'northwind-old-inventory', name: 'Nightly inventory', role: 'read-servers' } as const
  addReadingKey(world, northwind.accountId, { ...old, usedAt: day(29), expiresAt: day(28), createdAt: day(119) })
}

/** Remote Support by one key: one that renews itself by the year, one by the month, one that was canceled and ended. */
function subscribeAll(world: World, day: (ago: number) => Date): void {
  const own = { accountId: northwind.accountId, by: nora }
  const keyId = makeKey(world, {
    ...own,
    id: idOf('activationKey', 'northwind-haven'),
    name: 'Haven Helpdesk',
    at: day(201),
  })
  const of = (name: string, email: string) => ({ ...own, name: `northwind-${name}`, keyId, email })
  subscribe(world, { ...of('haven', 'helpdesk@haven.example'), channels: 10, term: 'year', at: day(60) })
  subscribe(world, { ...of('sluis', 'ict@sluis.example'), channels: 2, term: 'month', at: day(80) })
  const ended = { ...of('molen', 'info@molen.example'), channels: 3, term: 'month' } as const
  subscribe(world, { ...ended, at: day(200), canceledAt: day(150) })
}

function openAll(world: World): void {
  const partner = { kind: 'partner', parent: acme.accountId, by: staff } as const
  openSeller(world, northwind, {
    ...{ ...partner, place: ['NL', 'Utrecht'], daysAgo: 1100, hoursSinceSignIn: 20 },
    products: [...products, 'remote-support'],
  })
  const reseller = { kind: 'reseller', parent: northwind.accountId, by: nora, products } as const
  openSeller(world, tailspin, { ...reseller, place: ['PT', 'Porto'], daysAgo: 705, hoursSinceSignIn: 52 })
  openSeller(world, wingtip, { ...reseller, place: ['BE', 'Ghent'], daysAgo: 695, hoursSinceSignIn: 200 })
  openSeller(world, litware, { ...reseller, place: ['DK', 'Aarhus'], daysAgo: 7, hoursSinceSignIn: null })
  const below = { ...reseller, parent: wingtip.accountId, by: wilma }
  openSeller(world, proseware, { ...below, place: ['DE', 'Aachen'], daysAgo: 485, hoursSinceSignIn: 700 })
}

const handOn = (world: World, from: Seller, to: Seller, at: Date, credits: Credits) =>
  give(world, from.accountId, to.accountId, from.loginId, at, credits)

const sizes = [3, 5, 10, 25, 'unlimited'] as const
const granted: Record<string, readonly number[]> = {
  'remote-access/essentials': [40, 60, 60, 30, 20],
  'remote-access/pro': [60, 80, 100, 50, 25],
  'remote-access/enterprise': [30, 30, 40, 25, 12],
}

const offersOf = (kind: 'license' | 'support', share: number): [string, number][] =>
  Object.entries(granted).flatMap(([of, amounts]) =>
    amounts.map((amount, i): [string, number] => {
      const [product = '', edition = ''] = of.split('/')
      return [offerCode(product, edition, sizes[i] ?? 'unlimited', kind), Math.ceil(amount * share)]
    }),
  )

const security = (edition: string, kind: 'license' | 'support') =>
  offerCode('advanced-security', edition, 'unlimited', kind)

const licenseGrant: Credits = {
  ...Object.fromEntries(offersOf('license', 1)),
  [security('essentials', 'license')]: 90,
  [security('ultimate', 'license')]: 24,
}

const supportGrant: Credits = {
  ...Object.fromEntries(offersOf('support', 0.8)),
  [security('essentials', 'support')]: 60,
  [security('ultimate', 'support')]: 16,
}

const tailspinCredits: Credits = {
  'remote-access/essentials/5': 3,
  'remote-access/pro/10': 5,
  'remote-access/pro/10/support': 4,
  'advanced-security/essentials/unlimited': 2,
  'advanced-security/essentials/unlimited/support': 1,
}

const wingtipCredits: Credits = {
  'remote-access/pro/5': 12,
  'remote-access/pro/5/support': 12,
  'remote-access/enterprise/25': 4,
  'remote-access/enterprise/25/support': 4,
  'advanced-security/essentials/unlimited': 12,
  'advanced-security/essentials/unlimited/support': 10,
}

const prosewareCredits: Credits = {
  'remote-access/pro/5': 4,
  'remote-access/pro/5/support': 3,
  'advanced-security/essentials/unlimited': 3,
}

const litwareCredits: Credits = { 'remote-access/essentials/3': 5, 'remote-access/essentials/3/support': 5 }
