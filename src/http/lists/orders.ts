import { listOrders, type OrderRow, orderSortValue } from '#src/db/order-lists.ts'
import type { OrderFilter } from '#src/domain/orders/filter.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

const place = { value: 'number', n: 'number' } as const

/** Orders under a filter. */
export const orderList = (filter: OrderFilter): List<OrderRow> => ({
  read: (reach, { limit, cursor }) => listOrders(reach, filter, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ value: orderSortValue(filter.sort, row), n: row.n }),
})
