import { Hono } from 'hono'
import * as z from 'zod'
import { findActivationKey, type KeyRow } from '#src/db/activation-keys.ts'
import { largestLimit, longestName, longestNote, mostRanges } from '#src/domain/activation-keys/fields.ts'
import { isDay } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { activationKeyFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { activationKeyList } from '#src/http/lists/activation-keys.ts'
import { createActivationKeys } from '#src/use-cases/activation-keys/create-activation-keys.ts'
import { editActivationKey } from '#src/use-cases/activation-keys/edit-activation-key.ts'
import { removeActivationKey } from '#src/use-cases/activation-keys/remove-activation-key.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { activationKeyColumns, activationKeyShape } from './shapes/activation-key.ts'

/** The query of the list of keys; a page has a parameter `limit` for rows, so the filter is `servers` here. */
const { limit: servers, ...filterFields } = activationKeyFilterSchema.shape
export const activationKeyQuery = z.strictObject({ ...filterFields, servers, ...pageFields })

const textError = 'This is a text, in quotes'
const name = z.string(textError).meta({ maxLength: longestName })
const note = z.string(textError).meta({ maxLength: longestNote })

const limitError = `A whole number from 0 to ${largestLimit}, or null for no limit`
const fields = {
  note: note.optional(),
  computerLimit: z.int(limitError).min(0, limitError).max(largestLimit, limitError).nullish(),
  expiresOn: z.string().refine(isDay, 'Not a day: write it as 2026-08-21, or null for a key that never ends').nullish(),
  allowedRanges: z.array(z.string(textError)).max(mostRanges, `At most ${mostRanges}`).optional(),
}

/** The body of a new key; without `code` it is made at random, and without `name` one of a product is named by itself. */
export const newActivationKeyBody = z.strictObject({
  name: name.optional(),
  code: z.string(textError).min(1, 'Leave it out to have a random one made').optional(),
  product: z.string(textError).max(64, 'Not the code of a product').optional(),
  ...fields,
})

/** The body of an edit. */
export const activationKeyEditBody = z.strictObject({
  name: name.optional(),
  ...fields,
  default: z.boolean('true or false').optional(),
})

/** The query of a removal. */
export const activationKeyRemovalQuery = z.strictObject({
  moveTo: z.string().max(64, 'Write the id or the code of a key').optional(),
})

/** Calls about activation keys. */
export const activationKeyCalls = new Hono<HttpEnv>()
  .get('/api/v1/activation-keys', may('activation-key.read'), list)
  .post('/api/v1/activation-keys', may('activation-key.create'), create)
  .get('/api/v1/activation-keys/:id', may('activation-key.read'), show)
  .patch('/api/v1/activation-keys/:id', may('activation-key.create'), edit)
  .delete('/api/v1/activation-keys/:id', may('activation-key.remove'), remove)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** Keys of the account and below, its own first; a CSV of all of them where that is asked for. */
function list(c: HttpContext) {
  const { limit, cursor, format, servers: limited, ...filter } = listQuery(c, activationKeyQuery)
  return answerList(c, activationKeyList({ ...filter, limit: limited }), {
    ...{ name: 'activation-keys', page: { limit, cursor: cursor ?? null }, format },
    ...{ shape: activationKeyShape, columns: activationKeyColumns },
  })
}

/** Makes a key; 201 with it. */
async function create(c: HttpContext) {
  const body = await bodyOf(c, newActivationKeyBody)
  const { name = '', code = '', note = '', product = '', ...limits } = body
  const draft = { name, code, note, product, ...limits, count: '1' }
  const { response } = await createActivationKeys(c.var.deps, c.var.asking, draft, await onceOf(c))
  const [key] = response.map((made) => activationKeyShape({ licenses: 0, activeComputers: 0, ...made }))
  return c.json(key, 201)
}

/** One key with its `ETag`; 304 with nothing to whoever holds that already. */
async function show(c: HttpContext) {
  const [[key]] = (await ask(c, (reach) => [findActivationKey(reach, idIn(c))])).rows
  if (!key) return refuse({ code: 'not-found' })
  return isHeld(c, etagFor(c, key)) ? c.body(null, 304) : answerKey(c, key)
}

/** Changes a key of the version named in `If-Match`; answers the key with its new `ETag`. */
async function edit(c: HttpContext) {
  const body = await bodyOf(c, activationKeyEditBody)
  const wanted = { id: idIn(c), version: versionToMatch(c), ...body }
  return answerKey(c, await editActivationKey(c.var.deps, c.var.asking, wanted, null))
}

/** Removes a key, releases its computers and moves its licenses; 204. */
async function remove(c: HttpContext) {
  const { moveTo = '' } = listQuery(c, activationKeyRemovalQuery)
  await removeActivationKey(c.var.deps, c.var.asking, { id: idIn(c), version: versionToMatch(c), moveTo })
  return c.body(null, 204)
}

/** What a key holds changes without a new version of it, so that is part of the tag. */
function etagFor(c: HttpContext, { version, licenses, activeComputers }: KeyRow): string {
  const etag = etagOf(version, String(licenses), String(activeComputers))
  c.header('ETag', etag)
  return etag
}

function answerKey(c: HttpContext, key: KeyRow) {
  etagFor(c, key)
  return c.json(activationKeyShape(key))
}
