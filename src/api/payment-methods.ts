import { Hono } from 'hono'
import * as z from 'zod'
import { type AutopaymentRow, findAutopayment } from '#src/db/autopayments.ts'
import { listPaymentMethods } from '#src/db/payment-methods.ts'
import { autopaymentModes } from '#src/domain/billing/autopayment.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, versionToMatch } from '#src/http/etags.ts'
import { may } from '#src/http/guards.ts'
import { bodyOf } from '#src/http/input.ts'
import { changePaymentMethod } from '#src/use-cases/billing/change-payment-method.ts'
import { chooseAutopayment } from '#src/use-cases/billing/choose-autopayment.ts'

/** The body of a change of a payment method: it can become the one that is charged. */
export const paymentMethodBody = z.strictObject({
  default: z.literal(true, 'Write true: another one becomes it instead'),
})

/** The body of a choice of autopayment; `refill` is for `add` alone. */
export const autopaymentBody = z.strictObject({
  mode: z.enum(autopaymentModes, { error: `Choose one of ${autopaymentModes.join(', ')}` }),
  refill: z
    .strictObject({ minor: z.int('Write a whole number of minor units'), currency: z.string().length(3) })
    .optional(),
})

/** Calls about ways to pay and how the balance is filled. Methods are added by a person alone, at the provider. */
export const paymentMethodCalls = new Hono<HttpEnv>()
  .get('/api/v1/billing/payment-methods', may('billing.read'), list)
  .patch('/api/v1/billing/payment-methods/:id', may('payment-method.edit'), edit)
  .delete('/api/v1/billing/payment-methods/:id', may('payment-method.edit'), remove)
  .get('/api/v1/billing/autopayment', may('billing.read'), show)
  .patch('/api/v1/billing/autopayment', may('billing.top-up'), choose)

type Method = ReturnType<ReturnType<typeof listPaymentMethods>['rows']>[number]

const methodShape = ({ id, brand, lastFour, expires, isDefault, version }: Method) => ({
  ...{ id, brand, lastFour, expires, default: isDefault, version },
})

/** The account's payment methods, the one that is charged first; an account has few, so they are one page. */
async function list(c: HttpContext) {
  const [methods] = (await ask(c, (reach) => [listPaymentMethods(reach)])).rows
  return c.json({ data: methods.map(methodShape), nextCursor: null })
}

const change = (c: HttpContext, version: number | 'any', to: 'default' | 'removed') =>
  changePaymentMethod(c.var.deps, c.var.asking, { id: c.req.param('id') ?? '', version, to }, null)

/** Makes a method the one that is charged; 200 with it. */
async function edit(c: HttpContext) {
  await bodyOf(c, paymentMethodBody)
  const was = await change(c, versionToMatch(c) ?? refuse({ code: 'precondition-required' }), 'default')
  c.header('ETag', etagOf(was.version + 1))
  return c.json(methodShape({ ...was, isDefault: true, version: was.version + 1 }))
}

/** Removes a method; the oldest that is left is charged then. */
async function remove(c: HttpContext) {
  await change(c, versionToMatch(c) ?? 'any', 'removed')
  return c.body(null, 204)
}

function autopaymentShape({ mode, currency, lowMinor, refillMinor, failedAt, failedWhy, nextTryAt }: AutopaymentRow) {
  const money = (minor: number | null) => (minor === null ? null : { minor, currency })
  return {
    ...{ mode, below: money(lowMinor), refill: money(refillMinor) },
    failure: failedAt && {
      at: failedAt.toISOString(),
      why: failedWhy ?? '',
      nextTryAt: nextTryAt?.toISOString() ?? null,
    },
  }
}

/** How the balance is filled, and what failed last; an account without one has it filled in no way. */
async function show(c: HttpContext) {
  const [[row]] = (await ask(c, (reach) => [findAutopayment(reach)])).rows
  if (!row) return c.json({ mode: 'none', below: null, refill: null, failure: null })
  c.header('ETag', etagOf(row.version))
  return c.json(autopaymentShape(row))
}

/** Chooses how the balance is filled; 200 with what was chosen. */
async function choose(c: HttpContext) {
  const { mode, refill } = await bodyOf(c, autopaymentBody)
  const version = versionToMatch(c) ?? refuse({ code: 'precondition-required' })
  await chooseAutopayment(c.var.deps, c.var.asking, { version, mode, refillMinor: refill?.minor ?? null }, null)
  return show(c)
}
