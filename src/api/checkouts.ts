import { Hono } from 'hono'
import * as z from 'zod'
import { findCheckout } from '#src/db/checkouts.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { startCheckout } from '#src/use-cases/checkouts/start-checkout.ts'
import { checkoutShape } from './shapes/checkout.ts'

/** The body of a new checkout. */
export const checkoutBody = z.strictObject({ quote: z.string('The id of a quote') })

/** Calls about checkouts. */
export const checkoutCalls = new Hono<HttpEnv>()
  .post('/api/v1/checkouts', may('checkout.create'), create)
  .get('/api/v1/checkouts/:id', may('quote.read'), show)

/** Begins to pay a quote; 201 with the address where it is paid. The checkout that is open already is answered again. */
async function create(c: HttpContext) {
  const { quote } = await bodyOf(c, checkoutBody)
  const { response } = await startCheckout(c.var.deps, c.var.asking, { quote }, await onceOf(c))
  c.header('Location', `/api/v1/checkouts/${response.id}`)
  const [[row]] = (await ask(c, (reach) => [findCheckout(reach, response.id)])).rows
  return row ? c.json(checkoutShape(row, c.var.deps.now()), 201) : refuse({ code: 'not-found' })
}

/** One checkout; whoever waits for its payment asks again. */
async function show(c: HttpContext) {
  const [[row]] = (await ask(c, (reach) => [findCheckout(reach, c.req.param('id') ?? '')])).rows
  return row ? c.json(checkoutShape(row, c.var.deps.now())) : refuse({ code: 'not-found' })
}
