import { Hono } from 'hono'
import { findPayment, listPayments } from '#src/db/payments.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { paymentFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { statuses } from '#src/http/statuses.ts'
import { settlePaymentAs } from '#src/use-cases/payments/settle-payment.ts'
import { PaymentPage } from '#views/pages/payments/details.tsx'
import { PaymentList, PaymentsPage } from '#views/pages/payments/list.tsx'
import { paths } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { frameOf, wantsPart } from './frame.ts'

/** The vendor's part of payments: what came in, and what waits to be applied or refunded. */
export const paymentPages = new Hono<HttpEnv>()
  .get(paths.payments, may('payment.read'), showList)
  .get('/admin/payments/:id', may('payment.read'), (c) => showOne(c))
  .post('/admin/payments/:id/application', may('payment.settle'), (c) => settle(c, 'applied'))
  .post('/admin/payments/:id/refund', may('payment.settle'), (c) => settle(c, 'refunded'))

async function showList(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(paymentFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [listPayments(reach, filter, { limit: limit + 1, ...beside })])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, ({ n }) => ({ n }))
  const list = { filter, rows: shown, pages }
  if (wantsPart(c)) return c.html(<PaymentList {...list} />)
  return c.html(<PaymentsPage frame={frameOf(c, actor)} list={list} />)
}

async function showOne(c: HttpContext, errors: readonly FieldError[] = [], status: 200 | 409 | 412 = 200) {
  const { actor, rows } = await ask(c, (reach) => [findPayment(reach, c.req.param('id') ?? '')])
  const [[payment]] = rows
  if (!payment) return refuse({ code: 'not-found' })
  return c.html(
    <PaymentPage
      frame={frameOf(c, actor)}
      payment={payment}
      maySettle={allows(actor, 'payment.settle')}
      request={c.var.deps.newId('request')}
      errors={errors}
    />,
    status,
  )
}

async function settle(c: HttpContext, to: 'applied' | 'refunded') {
  const form = await formBody(c)
  const id = c.req.param('id') ?? ''
  const version = /^\d{1,9}$/.test(form.version ?? '') ? Number(form.version) : 0
  try {
    await settlePaymentAs(c.var.deps, c.var.asking, { id, version, to }, await onceOfForm(c, form))
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal) : null
    if (!errors) throw error
    return showOne(c, errors, statuses[(error as Refused).refusal.code] as 409)
  }
  leaveNotice(c, to === 'applied' ? 'payment-applied' : 'payment-refunded')
  return c.redirect(paths.payment(id), 303)
}
