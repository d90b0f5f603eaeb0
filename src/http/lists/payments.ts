import { listPayments, type PaymentRow } from '#src/db/payments.ts'
import type { PaymentFilter } from '#src/domain/payments/payment.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

/** Payments under a filter. */
export const paymentList = (filter: PaymentFilter): List<PaymentRow> => ({
  read: (reach, { limit, cursor }) => listPayments(reach, filter, { limit, ...placeAfter(cursor, { n: 'number' }) }),
  cursorAfter: ({ n }) => cursorAfter({ n }),
})
