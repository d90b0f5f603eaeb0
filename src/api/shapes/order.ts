import type { listLicensesOfOrder, listOrderItems, OrderRow } from '#src/db/order-lists.ts'
import type { Column } from '#src/http/csv.ts'

type RowOf<Q extends (...args: never) => { rows(set: never): unknown[] }> = ReturnType<ReturnType<Q>['rows']>[number]
type ItemRow = RowOf<typeof listOrderItems>
type LicenseOfOrder = RowOf<typeof listLicensesOfOrder>

/** An order as the API shows it. `test` marks the provider's test orders. */
export const orderShape = (row: OrderRow) => ({
  id: row.id,
  reference: row.reference,
  test: !row.live,
  name: row.name,
  email: row.email,
  country: row.country,
  city: row.city,
  total: { minor: row.totalMinor, currency: row.currency },
  tax: { minor: row.taxMinor, currency: row.currency },
  orderedAt: row.orderedAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
})

/**
 * An order with its items, each with the licenses it became; an item without an offer is not in the catalog, or was paid
 * into a balance.
 */
export const orderWithItemsShape = (
  order: OrderRow,
  items: readonly ItemRow[],
  licenses: readonly LicenseOfOrder[],
) => ({
  ...orderShape(order),
  items: items.map((item) => ({
    id: item.id,
    name: item.display,
    sku: item.sku,
    offer: item.offerCode,
    quantity: item.quantity,
    subtotal: { minor: item.subtotalMinor, currency: order.currency },
    refundedOn: item.refundedOn,
    licenses: licenses.filter(({ orderItemId }) => orderItemId === item.id).map(({ id, serial }) => ({ id, serial })),
  })),
})

/** The same for a CSV, flat. */
export const orderColumns: readonly Column<OrderRow>[] = [
  ['id', (row) => row.id],
  ['reference', (row) => row.reference],
  ['test', (row) => String(!row.live)],
  ['name', (row) => row.name],
  ['email', (row) => row.email],
  ['country', (row) => row.country],
  ['city', (row) => row.city],
  ['totalMinor', (row) => row.totalMinor],
  ['taxMinor', (row) => row.taxMinor],
  ['currency', (row) => row.currency],
  ['orderedAt', (row) => row.orderedAt.toISOString()],
  ['createdAt', (row) => row.createdAt.toISOString()],
]
