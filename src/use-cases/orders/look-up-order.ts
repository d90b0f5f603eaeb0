import { findShopCustomer, findVendor } from '#src/db/accounts.ts'
import { listOffersBySku, listShopItems } from '#src/db/catalog.ts'
import { findContact, listSameOrders } from '#src/db/orders.ts'
import { findProviderEvent } from '#src/db/provider-events.ts'
import { listProviderSubscriptions } from '#src/db/provider-subscriptions.ts'
import { read } from '#src/db/query.ts'
import { listRefunds } from '#src/db/refunds.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { ShopOrder, ShopOrderItem } from '#src/domain/orders/shop-order.ts'
import type { Deps } from '../deps.ts'

type ShopItems = ReturnType<ReturnType<typeof listShopItems>['rows']>
type SkuOffers = ReturnType<ReturnType<typeof listOffersBySku>['rows']>

/** What an item of the shop stands for, with the names to call it by. */
export type FoundItem = Omit<ShopItems[number], 'path'>

/** All that acting on an order needs to know, in one batch. Throws where there is no vendor yet. */
export async function lookUpOrder(deps: Deps, eventId: string, order: ShopOrder) {
  const { provider, providerOrderId, buyer } = order
  const email = emailKey(buyer.email)
  const skus = order.items.map(({ sku }) => sku).filter((sku) => sku !== null)
  const subscribed = order.items.map((item) => item.providerSubscriptionId).filter((id) => id !== null)
  const [events, same, [vendor], [customer], contacts, items, offers, told, refunds] = await read(deps.db, [
    findProviderEvent({ provider, id: eventId }),
    listSameOrders({ provider, providerOrderId, reference: referenceKey(order.reference) }),
    findVendor(),
    findShopCustomer({ email }),
    findContact({ email, firstName: buyer.firstName, lastName: buyer.lastName }),
    listShopItems(order.items.map(({ path }) => path)),
    listOffersBySku(skus),
    listProviderSubscriptions(provider, subscribed),
    listRefunds({ provider, providerOrderId, reference: referenceKey(order.reference) }),
  ])
  if (!vendor) throw new Error('There is no vendor account yet')
  return {
    eventKept: events.length > 0,
    received: same.some((one) => one.provider === provider && one.providerOrderId === providerOrderId),
    referenceTaken: same.length > 0,
    vendor,
    customer: customer ?? null,
    contactId: contacts.find(({ accountId }) => accountId === customer?.id)?.id ?? null,
    /** What came before the order itself: subscriptions and refunds that it is to follow. */
    told,
    refunds,
    itemOf: (item: ShopOrderItem) => itemIn(items, offers, item),
  }
}

export type Found = Awaited<ReturnType<typeof lookUpOrder>>

/** By product path; else by a SKU that exactly one offer has. */
function itemIn(items: ShopItems, offers: SkuOffers, { path, sku }: ShopOrderItem): FoundItem | null {
  const item = items.find((one) => one.path === path)
  if (item) return item
  const [offer, another] = sku === null ? [] : offers.filter((one) => one.sku === sku)
  if (!offer || another) return null
  return { ...offer, quantityIs: offer.perUnit ? 'size' : 'licenses', supportYears: 0 }
}
