import { addDays, dayOf, lastDayOfYears } from '#src/domain/day.ts'
import { openAccount } from './accounts.ts'
import { register } from './computers.ts'
import { at, hoursAgo } from './days.ts'
import { shop } from './events.ts'
import { idOf } from './ids.ts'
import { makeKey } from './keys.ts'
import { issue } from './licenses.ts'
import { addContact, type Buyer, type Placed, placeOrder } from './orders.ts'
import { acme, grace } from './people.ts'
import type { World } from './rows.ts'
import { subscribe } from './subscriptions.ts'

const buyer: Buyer = {
  ...grace,
  contactId: idOf('contact', 'grace'),
  place: ['US', 'Arlington', '22201'],
  currency: 'USD',
}

/** Remote Access Enterprise without a limit of users, Remote Work for 5 workstations, and a subscription. */
export function tellGrace(world: World): void {
  const ordered = at('2023-09-14', '16:22:51')
  const { accountId, activationKeyId: id, activationKey: code } = grace
  openAccount(world, {
    ...grace,
    kind: 'customer',
    parent: acme.accountId,
    place: ['US', 'Arlington'],
    at: ordered,
    by: shop,
  })
  addContact(world, buyer, ['Grace', 'Murray'], ordered)
  makeKey(world, { id, accountId, name: 'Default', code, isDefault: true, at: ordered, by: shop })
  issueBoth(world, place(world, ordered))
  const installed = { product: 'remote-access', version: '17.30', keyId: id, licenseId: grace.licenses.remoteAccess }
  const computer = {
    name: 'GATEWAY',
    accountId,
    ip: '192.0.2.40',
    at: at('2023-09-15'),
    seenAt: hoursAgo(world.now, 2),
  }
  register(world, { ...computer, products: [installed] })
  subscribeNightShift(world)
}

/** Remote Support for two sessions, charged by the shop each year; canceled the other day, and she may think again. */
function subscribeNightShift(world: World): void {
  const { accountId, activationKeyId: keyId, email } = grace
  const ordered = at('2025-02-11', '20:14:05')
  const providerSubscriptionId = 'sub-demo-grace'
  const items = [{ path: 'remote-support-channel', quantity: 2, subscription: providerSubscriptionId }]
  const placed = placeOrder(world, buyer, { id: grace.orderIds[1], reference: grace.orders[1], at: ordered, items })
  subscribe(world, {
    ...{ name: 'grace-night', accountId, keyId, email, channels: 2, term: 'year', at: ordered, by: shop },
    order: { reference: placed.reference, itemId: placed.itemIds[0] },
    canceledAt: hoursAgo(world.now, 44),
    providerSubscriptionId,
  })
}

const place = (world: World, at: Date): Placed =>
  placeOrder(world, buyer, {
    ...{ id: grace.orderIds[0], reference: grace.orders[0], at },
    items: [
      { path: 'remote-access-enterprise-unlimited-users-with-support', quantity: 1 },
      { path: 'remote-work-workstation', quantity: 5 },
    ],
  })

/** Remote Work's support has 146 of 365 days left, today included: 3 workstations more cost 120.00 in EUR. */
function issueBoth(world: World, { reference, at, itemIds: [accessItem, workItem] }: Placed): void {
  const { accountId, activationKeyId: keyId, email, licenses } = grace
  const shared = { accountId, keyId, email, at, by: shop }
  const bought = dayOf(at)
  const year = { startsOn: bought, endsOn: lastDayOfYears(bought, 1), source: 'order' } as const
  const workEnds = addDays(dayOf(world.now), 145)
  issue(world, {
    ...{ ...shared, id: licenses.remoteAccess, order: { reference, itemId: accessItem } },
    ...{ product: 'remote-access', edition: 'enterprise', size: 'unlimited' },
    support: [{ ...year, itemId: accessItem }],
  })
  issue(world, {
    ...{ ...shared, id: licenses.remoteWork, order: { reference, itemId: workItem } },
    ...{ product: 'remote-work', edition: 'standard', size: 5 },
    support: [
      { ...year, itemId: workItem },
      { startsOn: addDays(workEnds, -364), endsOn: workEnds, source: 'grant' },
    ],
  })
}
