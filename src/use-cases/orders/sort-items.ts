import type { Id } from '#src/domain/ids.ts'
import { entitlementOf, mostLicenses } from '#src/domain/orders/entitlement.ts'
import type { ShopOrder, ShopOrderItem } from '#src/domain/orders/shop-order.ts'
import type { Deps } from '../deps.ts'
import type { Found, FoundItem } from './look-up-order.ts'

/** What an order item brings: licenses of an offer. */
export type Bought = {
  readonly orderItemId: Id<'orderItem'>
  readonly offer: FoundItem
  readonly licenses: number
  readonly size: number | null
  /** Whether it is paid again and again; when such a license ends is for its subscription to say. */
  readonly subscribed: boolean
}

/** An order item with what it brings: licenses, or a note for the vendor. */
export type SortedItem = ShopOrderItem & {
  readonly id: Id<'orderItem'>
  readonly bought: Bought | null
  readonly note: string | null
}

/** Sorts the items of an order by the catalog, until the order holds as many licenses as one may. */
export function sortItems(deps: Deps, order: ShopOrder, found: Found): SortedItem[] {
  let room = mostLicenses
  return order.items.map((item) => {
    const id = deps.newId('orderItem')
    const offer = found.itemOf(item)
    const entitled = entitlementOf(item.quantity, offer, room)
    if (!entitled.known || !offer) return { ...item, id, bought: null, note: entitled.known ? null : entitled.note }
    const { licenses, size } = entitled
    room -= licenses
    const subscribed = item.providerSubscriptionId !== null
    return { ...item, id, bought: { orderItemId: id, offer, licenses, size, subscribed }, note: null }
  })
}
