import { Hono } from 'hono'
import * as z from 'zod'
import { findReseller, type ResellerRow } from '#src/db/resellers.ts'
import { longestEmail } from '#src/domain/accounts/identifier.ts'
import { resellerStateOf } from '#src/domain/accounts/reseller.ts'
import { longestLogin, longestName } from '#src/domain/accounts/reseller-fields.ts'
import { mostCredits, quantityRule } from '#src/domain/credits/credit.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { resellerFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { resellerList } from '#src/http/lists/resellers.ts'
import { giveCredits } from '#src/use-cases/credits/give-credits.ts'
import { takeBackCredits } from '#src/use-cases/credits/take-back-credits.ts'
import { createReseller } from '#src/use-cases/resellers/create-reseller.ts'
import { editReseller } from '#src/use-cases/resellers/edit-reseller.ts'
import { resumeReseller, suspendReseller } from '#src/use-cases/resellers/suspend-reseller.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { createdShape, resellerColumns, resellerShape } from './shapes/reseller.ts'

/** The query of the list of sellers below. */
export const resellerQuery = z.strictObject({ ...resellerFilterSchema.shape, ...pageFields })

const textError = 'This is a text, in quotes'
const productsError = 'List the codes of the products, such as ["remote-access"]'
const name = z.string(textError).meta({ maxLength: longestName }).optional()
const email = z.string(textError).meta({ maxLength: longestEmail })
const products = z.array(z.string(productsError), productsError)

/** The body that makes a seller; the limits of its texts are the domain's. */
export const resellerBody = z.strictObject({
  login: z.string(textError).meta({ maxLength: longestLogin }),
  email,
  name,
  products,
})

/** The body of an edit; `products` are all that it is to have. */
export const resellerEditBody = z.strictObject({ name, email: email.optional(), products: products.optional() })

/** The body that moves credits. */
export const creditsBody = z.strictObject({
  offer: z.string(textError).min(1, 'Write the code of an offer').max(200, 'Not the code of an offer'),
  quantity: z.int(quantityRule).min(1, quantityRule).max(mostCredits, quantityRule),
})

/** What is done by its path alone. */
export const emptyBody = z.strictObject({})

/** Calls about the sellers below. */
export const resellerCalls = new Hono<HttpEnv>()
  .get('/api/v1/resellers', may('reseller.read'), list)
  .post('/api/v1/resellers', may('reseller.create'), create)
  .get('/api/v1/resellers/:id', may('reseller.read'), show)
  .patch('/api/v1/resellers/:id', may('reseller.edit'), edit)
  .post('/api/v1/resellers/:id/credits', may('credit.give'), (c) => move(c, giveCredits))
  .post('/api/v1/resellers/:id/credit-returns', may('credit.give'), (c) => move(c, takeBackCredits))
  .post('/api/v1/resellers/:id/suspensions', may('reseller.edit'), (c) => turn(c, suspendReseller))
  .post('/api/v1/resellers/:id/resumptions', may('reseller.edit'), (c) => turn(c, resumeReseller))

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** Sellers below the account of the key, to any depth; a CSV of all of them where that is asked for. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, resellerQuery)
  const page = { limit, cursor: cursor ?? null }
  const answer = { name: 'resellers', page, format, shape: resellerShape, columns: resellerColumns }
  return answerList(c, resellerList(filter), answer)
}

/** Makes a seller directly below; its letter is on its way. */
async function create(c: HttpContext) {
  const body = await bodyOf(c, resellerBody)
  const { response } = await createReseller(c.var.deps, c.var.asking, body, await onceOf(c))
  c.header('Location', `/api/v1/resellers/${response.id}`)
  return c.json(createdShape(response), 201)
}

/** One seller below with its `ETag`; 304 with nothing to whoever holds that already. */
async function show(c: HttpContext) {
  const [[reseller]] = (await ask(c, (reach) => [findReseller(reach, idIn(c))])).rows
  if (!reseller) return refuse({ code: 'not-found' })
  return isHeld(c, etagFor(c, reseller)) ? c.body(null, 304) : answerReseller(c, reseller)
}

/** Changes name, e-mail and products of the version named in `If-Match`. */
async function edit(c: HttpContext) {
  const body = await bodyOf(c, resellerEditBody)
  const { deps, asking } = c.var
  return answerReseller(c, await editReseller(deps, asking, { id: idIn(c), version: versionToMatch(c), ...body }))
}

/** Gives credits or takes them back; answers what the seller has of the offer then. */
async function move(c: HttpContext, act: typeof giveCredits) {
  const { offer, quantity } = await bodyOf(c, creditsBody)
  const moved = { reseller: idIn(c), offer, quantity: String(quantity) }
  const { response } = await act(c.var.deps, c.var.asking, moved, await onceOf(c))
  return c.json(response, 201)
}

/** Suspends or resumes; one that is so already stays so. */
async function turn(c: HttpContext, act: typeof suspendReseller) {
  await bodyOf(c, emptyBody)
  return answerReseller(c, await act(c.var.deps, c.var.asking, idIn(c), await onceOf(c)), 201)
}

/** What is counted of a seller changes without a version of its own: it is part of the tag. */
function etagFor(c: HttpContext, row: ResellerRow): string {
  const { version, credits, licenses, lastSignInAt } = row
  const counted = [credits, licenses, lastSignInAt?.getTime() ?? 0].map(String)
  const etag = etagOf(version, ...counted, resellerStateOf(row))
  c.header('ETag', etag)
  return etag
}

function answerReseller(c: HttpContext, row: ResellerRow, status: 200 | 201 = 200) {
  etagFor(c, row)
  return c.json(resellerShape(row), status)
}
