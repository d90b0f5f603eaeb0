import { Hono } from 'hono'
import * as z from 'zod'
import { findSubscription, type SubscriptionRow } from '#src/db/subscriptions.ts'
import { longestEmail } from '#src/domain/accounts/identifier.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import { longestComment } from '#src/domain/licenses/comment.ts'
import { refuse } from '#src/domain/refusal.ts'
import { mostChannels, subscriptionState, subscriptionTerms } from '#src/domain/subscriptions/subscription.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { subscriptionFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { subscriptionList } from '#src/http/lists/subscriptions.ts'
import { cancelSubscription } from '#src/use-cases/subscriptions/cancel-subscription.ts'
import { changeChannels } from '#src/use-cases/subscriptions/change-channels.ts'
import { createSubscription } from '#src/use-cases/subscriptions/create-subscription.ts'
import { resumeSubscription } from '#src/use-cases/subscriptions/resume-subscription.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { subscriptionColumns, subscriptionShape } from './shapes/subscription.ts'

/** The query of the list of subscriptions. */
export const subscriptionQuery = z.strictObject({ ...subscriptionFilterSchema.shape, ...pageFields })

const channelsError = `Write how many channels, a whole number from 1 to ${mostChannels}`
const channels = z.number(channelsError).int(channelsError).min(1, channelsError).max(mostChannels, channelsError)
const text = (error: string) => z.string(error)

/** The body of a new subscription. */
export const subscriptionBody = z.strictObject({
  product: text('The code of a product that is sold by the channel'),
  channels,
  email: text('The end customer’s e-mail').meta({ maxLength: longestEmail }),
  term: z.enum(subscriptionTerms, `Choose one of ${subscriptionTerms.join(', ')}`),
  activationKey: text('The code or id of one of your activation keys'),
  comment: text('This is a text, in quotes').meta({ maxLength: longestComment }).optional(),
})

/** The body of a change. */
export const channelsBody = z.strictObject({ channels })

/** The body of a cancellation: there is nothing to say. */
export const cancellationBody = z.strictObject({})

/** The body of a resumption: there is nothing to say. */
export const resumptionBody = z.strictObject({})

/** Calls about subscriptions. */
export const subscriptionCalls = new Hono<HttpEnv>()
  .get('/api/v1/subscriptions', may('subscription.read'), list)
  .post('/api/v1/subscriptions', may('subscription.create'), create)
  .get('/api/v1/subscriptions/:id', may('subscription.read'), show)
  .patch('/api/v1/subscriptions/:id', may('subscription.edit'), change)
  .post('/api/v1/subscriptions/:id/cancellations', may('subscription.cancel'), cancel)
  .post('/api/v1/subscriptions/:id/resumptions', may('subscription.cancel'), resume)

const today = (c: HttpContext): Day => dayOf(c.var.deps.now())
const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** Subscriptions of the account and below, filtered and paged; a CSV of all of them where that is asked for. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, subscriptionQuery)
  return answerList(c, subscriptionList(filter, today(c)), {
    name: 'subscriptions',
    page: { limit, cursor: cursor ?? null },
    format,
    shape: (row) => subscriptionShape(row, today(c)),
    columns: subscriptionColumns(today(c)),
  })
}

/** Generates a subscription; 201 with it. */
async function create(c: HttpContext) {
  const body = await bodyOf(c, subscriptionBody)
  const draft = { ...body, channels: String(body.channels), comment: body.comment ?? '' }
  const { response } = await createSubscription(c.var.deps, c.var.asking, draft, await onceOf(c))
  c.header('Location', `/api/v1/subscriptions/${response.id}`)
  return c.json(subscriptionShape(response, today(c)), 201)
}

/** One subscription with its `ETag`; 304 with nothing to whoever holds that already. */
async function show(c: HttpContext) {
  const [[row]] = (await ask(c, (reach) => [findSubscription(reach, idIn(c))])).rows
  if (!row) return refuse({ code: 'not-found' })
  return isHeld(c, etagFor(c, row)) ? c.body(null, 304) : answerOne(c, row)
}

/** Changes the channels of the version named in `If-Match`; answers the subscription with its new `ETag`. */
async function change(c: HttpContext) {
  const body = await bodyOf(c, channelsBody)
  const wanted = { id: idIn(c), version: versionToMatch(c), channels: String(body.channels) }
  return answerOne(c, await changeChannels(c.var.deps, c.var.asking, wanted, null))
}

/** Cancels at the end of the term; 201 with the subscription as it is now. */
async function cancel(c: HttpContext) {
  await bodyOf(c, cancellationBody)
  await cancelSubscription(c.var.deps, c.var.asking, idIn(c), await onceOf(c))
  return answerAnew(c)
}

/** Takes a cancellation back; 201 with the subscription as it is now. */
async function resume(c: HttpContext) {
  await bodyOf(c, resumptionBody)
  await resumeSubscription(c.var.deps, c.var.asking, idIn(c), await onceOf(c))
  return answerAnew(c)
}

/** The subscription as it is after the act, or after what the shop told of it. */
async function answerAnew(c: HttpContext) {
  const [[row]] = (await ask(c, (reach) => [findSubscription(reach, idIn(c))])).rows
  return row ? answerOne(c, row, 201) : refuse({ code: 'not-found' })
}

/** A subscription whose last day passes has another answer without another version: its state is part of the tag. */
function etagFor(c: HttpContext, row: SubscriptionRow): string {
  const etag = etagOf(row.version, subscriptionState(row, today(c)))
  c.header('ETag', etag)
  return etag
}

function answerOne(c: HttpContext, row: SubscriptionRow, status: 200 | 201 = 200) {
  etagFor(c, row)
  return c.json(subscriptionShape(row, today(c)), status)
}
