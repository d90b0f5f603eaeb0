import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { shop, tell } from './events.ts'
import { idOf, nameIn } from './ids.ts'
import type { World } from './rows.ts'
import { soldAs } from './shop.ts'

export type Buyer = {
  readonly accountId: Id<'account'>
  readonly name: string
  readonly email: string
  readonly contactId: Id<'contact'>
  readonly place: readonly [country: string, city: string, postalCode: string]
  readonly currency: string
}

type NewItem = {
  readonly path: string
  readonly quantity: number
  /** Without one: today's price in the catalog. */
  readonly subtotalMinor?: number
  /** The shop's subscription that charges it. */
  readonly subscription?: string
}

type NewOrder = {
  readonly id: Id<'order'>
  readonly reference: string
  readonly at: Date
  readonly items: readonly NewItem[]
}

/** An order as licenses are issued from it. */
export type Placed = { readonly reference: string; readonly at: Date; readonly itemIds: readonly Id<'orderItem'>[] }

/** The person an account buys with. */
export function addContact(world: World, buyer: Buyer, person: readonly [first: string, last: string], at: Date): void {
  const { contactId: id, accountId, email, name } = buyer
  const [firstName, lastName] = person
  const company = name === `${firstName} ${lastName}` ? null : name
  world.contacts.push({ id, accountId, firstName, lastName, email, emailKey: emailKey(email), company, createdAt: at })
}

/** Places a paid order of the shop. */
export function placeOrder(world: World, buyer: Buyer, order: NewOrder): Placed {
  const { accountId, contactId, name, email, currency, place } = buyer
  const { id, reference, at } = order
  const items = order.items.map((item, i) => itemOf(order.id, i + 1, currency, item))
  const totalMinor = items.reduce((sum, { subtotalMinor }) => sum + subtotalMinor, 0)
  world.orders.push({
    ...{ id, accountId, contactId, reference, referenceKey: referenceKey(reference), name, email },
    ...{ emailKey: emailKey(email), country: place[0], city: place[1], postalCode: place[2] },
    ...{ provider: 'fastspring', providerOrderId: `demo-${nameIn(id)}`, live: true },
    ...{ currency, totalMinor, taxMinor: 0, orderedAt: at, createdAt: at },
  })
  world.orderItems.push(...items)
  const subject = ['order', id, reference] as const
  tell(world, {
    by: shop,
    at,
    accountId,
    action: 'order.received',
    subject,
    after: { reference, totalMinor, currency },
  })
  return { reference, at, itemIds: items.map((item) => item.id) }
}

function itemOf(orderId: Id<'order'>, position: number, currency: string, { path, quantity, ...more }: NewItem) {
  const { sku, offerCode, display, unitMinor } = soldAs(path)
  return {
    ...{ id: idOf('orderItem', `${nameIn(orderId)}-${position}`), orderId, position, path, display, quantity },
    ...{ sku, offerCode, subtotalMinor: more.subtotalMinor ?? unitMinor(currency) * quantity },
    providerSubscriptionId: more.subscription ?? null,
  }
}
