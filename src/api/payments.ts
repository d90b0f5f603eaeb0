import { Hono } from 'hono'
import * as z from 'zod'
import { findPayment, type PaymentRow } from '#src/db/payments.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { paymentFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { paymentList } from '#src/http/lists/payments.ts'
import { settlePaymentAs } from '#src/use-cases/payments/settle-payment.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { paymentColumns, paymentShape } from './shapes/payment.ts'

/** The query of the list of payments. */
export const paymentQuery = z.strictObject({ ...paymentFilterSchema.shape, ...pageFields })

/** The body of a settlement: there is nothing to say. */
export const settlementBody = z.strictObject({})

/** Calls about payments for quotes; the vendor's alone. */
export const paymentCalls = new Hono<HttpEnv>()
  .get('/api/v1/payments', may('payment.read'), list)
  .get('/api/v1/payments/:id', may('payment.read'), show)
  .post('/api/v1/payments/:id/applications', may('payment.settle'), (c) => settle(c, 'applied'))
  .post('/api/v1/payments/:id/refunds', may('payment.settle'), (c) => settle(c, 'refunded'))

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** Payments to settle, or all of them, the newest first. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, paymentQuery)
  const page = { limit, cursor: cursor ?? null }
  return answerList(c, paymentList(filter), {
    ...{ name: 'payments', page, format, shape: paymentShape, columns: paymentColumns },
  })
}

/** One payment. */
async function show(c: HttpContext) {
  const [[row]] = (await ask(c, (reach) => [findPayment(reach, idIn(c))])).rows
  return row ? c.json(paymentShape(row)) : refuse({ code: 'not-found' })
}

/** Grants what was quoted, or says that the money went back; 201 with the payment as it is now. */
async function settle(c: HttpContext, to: 'applied' | 'refunded') {
  await bodyOf(c, settlementBody)
  const row: PaymentRow = await settlePaymentAs(
    c.var.deps,
    c.var.asking,
    { id: idIn(c), version: 'any', to },
    await onceOf(c),
  )
  return c.json(paymentShape(row), 201)
}
