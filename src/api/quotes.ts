import { Hono } from 'hono'
import * as z from 'zod'
import { findQuote, listQuoteLines } from '#src/db/quotes.ts'
import { type Day, isDay } from '#src/domain/day.ts'
import { largestSize } from '#src/domain/licenses/upgrade.ts'
import type { QuoteItem } from '#src/domain/quotes/item.ts'
import { mostItems } from '#src/domain/quotes/reckon-quote.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { quoteList } from '#src/http/lists/quotes.ts'
import { applyFreeQuote } from '#src/use-cases/quotes/apply-free-quote.ts'
import { makeQuote } from '#src/use-cases/quotes/make-quote.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { madeQuoteShape, quoteColumns, quoteShape, quoteWithLinesShape } from './shapes/quote.ts'

const whole = (most: number) => {
  const error = `Write a whole number from 1 to ${most}`
  return z.int(error).min(1, error).max(most, error)
}
const sizeError = `Write a whole number from 1 to ${largestSize}, or "unlimited"`
const itemError = 'Name a license of yours, an offer and a quantity, or an amount for the balance'

/** An item of a quote: more for a license, a quantity of an offer, or an amount for the balance. */
const quoteItem = z
  .strictObject({
    license: z.string().max(100).optional(),
    size: z
      .union([z.literal('unlimited'), z.int(sizeError).min(1, sizeError).max(largestSize, sizeError)], {
        error: sizeError,
      })
      .optional(),
    edition: z.string().max(100).optional(),
    supportYears: whole(3).optional(),
    supportUntil: z
      .string()
      .refine(isDay, 'Write a day as 2026-08-21')
      .transform((text) => text as Day)
      .optional(),
    terms: whole(12).optional(),
    offer: z.string().max(100).optional(),
    quantity: whole(largestSize).optional(),
    topUp: z
      .strictObject({ minor: z.int('Write a whole number of minor units'), currency: z.string().length(3) })
      .optional(),
  })
  .superRefine((item, c) => {
    const say = (path: string, message: string) => c.addIssue({ code: 'custom', path: [path], message })
    if (item.topUp !== undefined) {
      if (Object.keys(item).length > 1) say('topUp', 'Nothing else goes with a payment into the balance')
      return
    }
    if ((item.license === undefined) === (item.offer === undefined)) return say('license', itemError)
    const foreign = item.offer === undefined ? ['quantity'] : ['size', 'edition', 'supportUntil', 'terms']
    for (const name of foreign) {
      if (item[name as keyof typeof item] !== undefined)
        say(name, `It does not go with ${item.offer === undefined ? 'a license' : 'an offer'}`)
    }
    if (item.offer !== undefined && item.quantity === undefined) say('quantity', 'Say how many')
  })

/** The body of a new quote. */
export const quoteBody = z.strictObject({
  items: z
    .array(quoteItem, 'List what is wanted')
    .min(1, 'List what is wanted')
    .max(mostItems, `List at most ${mostItems} items`),
})

/** The body of an application: there is nothing to say. */
export const applicationBody = z.strictObject({})

/** The query of the list of quotes. */
export const quoteQuery = z.strictObject(pageFields)

/** Calls about quotes. */
export const quoteCalls = new Hono<HttpEnv>()
  .get('/api/v1/quotes', may('quote.read'), list)
  .post('/api/v1/quotes', may('quote.create'), create)
  .get('/api/v1/quotes/:id', may('quote.read'), show)
  .post('/api/v1/quotes/:id/applications', may('checkout.create'), apply)

/** Reckons and keeps a quote; 201 with its lines, the total and until when it can be paid. */
async function create(c: HttpContext) {
  const { items } = await bodyOf(c, quoteBody)
  const { response } = await makeQuote(c.var.deps, c.var.asking, { items: items as QuoteItem[] }, await onceOf(c))
  c.header('Location', `/api/v1/quotes/${response.id}`)
  return c.json(madeQuoteShape(response), 201)
}

/** The account's quotes, the newest first. */
function list(c: HttpContext) {
  const { limit, cursor, format } = listQuery(c, quoteQuery)
  const page = { limit, cursor: cursor ?? null }
  const shape = (row: Parameters<typeof quoteShape>[0]) => quoteShape(row, c.var.deps.now())
  return answerList(c, quoteList, { name: 'quotes', page, format, shape, columns: quoteColumns })
}

/** One quote with its lines. */
function show(c: HttpContext) {
  return answerOne(c, 200)
}

/** Does what a quote says that costs nothing; 201 with the quote as it is now. */
async function apply(c: HttpContext) {
  await bodyOf(c, applicationBody)
  await applyFreeQuote(c.var.deps, c.var.asking, c.req.param('id') ?? '', await onceOf(c))
  return answerOne(c, 201)
}

async function answerOne(c: HttpContext, status: 200 | 201) {
  const id = c.req.param('id') ?? ''
  const [[row], lines] = (await ask(c, (reach) => [findQuote(reach, id), listQuoteLines(reach, id)])).rows
  return row ? c.json(quoteWithLinesShape(row, lines, c.var.deps.now()), status) : refuse({ code: 'not-found' })
}
