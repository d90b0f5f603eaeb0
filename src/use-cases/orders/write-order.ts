import { updatePlace } from '#src/db/accounts.ts'
import { insertContact, insertOrder, insertOrderItems } from '#src/db/orders.ts'
import type { Write } from '#src/db/query.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { buyerName, type ShopOrder } from '#src/domain/orders/shop-order.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'
import { followEarlier } from './follow-earlier.ts'
import { issueLicenses } from './issue-licenses.ts'
import type { Found } from './look-up-order.ts'
import { openCustomer } from './open-customer.ts'
import { orderLetter, unknownItemLetter } from './order-letters.ts'
import { type SortedItem, sortItems } from './sort-items.ts'

/** The statements that bring an order in, and the letters among them. */
export function writeOrder(deps: Deps, by: By, order: ShopOrder, found: Found) {
  const id = deps.newId('order')
  const items = sortItems(deps, order, found)
  const { customer, writes: opening } = openCustomer(deps, by, order, found)
  const contactId = found.contactId ?? deps.newId('contact')
  const bought = items.map((item) => item.bought).filter((one) => one !== null)
  const { issued, writes: issuing } = issueLicenses(deps, by, order, customer, bought)
  const unknown = items.filter(({ note }) => note !== null)
  const letters = [
    orderLetter(deps, id, order, customer, issued, unknown.length),
    ...(unknown.length > 0 ? [unknownItemLetter(deps, id, order, unknown)] : []),
  ]
  const followed = followEarlier(deps, by, { id, accountId: customer.id, order, items, issued }, found)
  const writes: Write[] = [
    ...opening,
    ...(found.contactId ? [] : [contactRow(deps, contactId, customer.id, order)]),
    orderRow(deps, id, customer.id, contactId, order),
    itemRows(id, items),
    ...(customer.isNew ? [] : [updatePlace(customer.id)]),
    received(deps, by, id, customer.id, order),
    ...issuing,
    ...unknown.map((item) => unknownItem(deps, by, id, found, order, item)),
    ...letters.map(({ write }) => write),
    ...followed.writes,
  ]
  return { orderId: id, writes, letters: [...letters.map((letter) => letter.id), ...followed.letters] }
}

const contactRow = (deps: Deps, id: Id<'contact'>, accountId: Id<'account'>, { buyer }: ShopOrder): Write =>
  insertContact({ ...buyer, id, accountId, emailKey: emailKey(buyer.email), createdAt: deps.now() })

function orderRow(
  deps: Deps,
  id: Id<'order'>,
  accountId: Id<'account'>,
  contactId: Id<'contact'>,
  { buyer, items, providerAccountId, tags: _, ...order }: ShopOrder,
): Write {
  return insertOrder({
    ...order,
    id,
    accountId,
    contactId,
    referenceKey: referenceKey(order.reference),
    name: buyerName(buyer),
    email: buyer.email,
    emailKey: emailKey(buyer.email),
    createdAt: deps.now(),
  })
}

const itemRows = (orderId: Id<'order'>, items: readonly SortedItem[]): Write =>
  insertOrderItems(
    items.map(({ bought, note, ...item }, i) => ({
      ...item,
      orderId,
      position: i + 1,
      offerCode: bought?.offer.offerCode ?? null,
    })),
  )

const received = (deps: Deps, by: By, id: Id<'order'>, accountId: Id<'account'>, order: ShopOrder): Write =>
  record(deps, by, {
    action: 'order.received',
    accountId,
    subject: { kind: 'order', id, name: order.reference },
    after: {
      reference: order.reference,
      live: order.live,
      items: order.items.length,
      totalMinor: order.totalMinor,
      currency: order.currency,
    },
  })

/** It stands in the vendor's part of the trail: the vendor has to see to it, not the buyer. */
const unknownItem = (
  deps: Deps,
  by: By,
  id: Id<'order'>,
  { vendor }: Found,
  order: ShopOrder,
  item: SortedItem,
): Write =>
  record(deps, by, {
    action: 'order.item-unknown',
    accountId: vendor.id,
    subject: { kind: 'order', id, name: order.reference },
    after: { path: item.path, sku: item.sku, display: item.display, quantity: item.quantity, note: item.note },
  })
