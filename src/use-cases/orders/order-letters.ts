import type { Write } from '#src/db/query.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import type { Id } from '#src/domain/ids.ts'
import type { ShopOrder } from '#src/domain/orders/shop-order.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'
import type { issueLicenses } from './issue-licenses.ts'
import type { Customer } from './open-customer.ts'
import type { SortedItem } from './sort-items.ts'

/** A letter lists so many licenses; the rest stand in the portal. */
const listed = 50

type OutLetter = { readonly id: Id<'letter'>; readonly write: Write }

/** The buyer's letter: the order, its licenses, the activation key. `waiting` counts items that the vendor sees to. */
export function orderLetter(
  deps: Deps,
  orderId: Id<'order'>,
  order: ShopOrder,
  customer: Customer,
  issued: ReturnType<typeof issueLicenses>['issued'],
  waiting: number,
): OutLetter {
  const { reference, live, currency, totalMinor, taxMinor, invoiceUrl } = order
  const params = {
    orderId,
    ...{ reference, live, currency, totalMinor, taxMinor, invoiceUrl, waiting },
    name: customer.name,
    orderedAt: order.orderedAt.toISOString(),
    activationKey: customer.key.code,
    items: order.items.map(({ display, quantity, subtotalMinor }) => ({ display, quantity, subtotalMinor })),
    licenseCount: issued.length,
    licenses: issued.slice(0, listed).map(({ license, support, offer }) => ({
      id: license.id,
      serial: license.serial,
      product: offer.productName,
      edition: offer.editionName,
      size: sizeOf(license.size ?? null),
      unit: offer.unit,
      supportEndsOn: support?.endsOn ?? null,
    })),
  }
  const id = deps.newId('letter')
  const once = `${order.provider}:${order.providerOrderId}`
  return {
    id,
    write: post(deps, { id, template: 'order', accountId: customer.id, to: order.buyer.email, once, params }),
  }
}

/** The vendor's letter about items that nothing was issued for. */
export function unknownItemLetter(
  deps: Deps,
  orderId: Id<'order'>,
  order: ShopOrder,
  unknown: readonly SortedItem[],
): OutLetter {
  const items = unknown.map(({ path, sku, display, quantity, note }) => ({ path, sku, display, quantity, note }))
  const { reference, live } = order
  const id = deps.newId('letter')
  const once = `${order.provider}:${order.providerOrderId}`
  const to = deps.settings.supportEmail
  const params = { orderId, reference, live, buyer: order.buyer.email, items }
  return { id, write: post(deps, { id, template: 'unknown-item', accountId: null, to, once, params }) }
}
