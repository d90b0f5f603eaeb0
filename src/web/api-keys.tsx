import { Hono } from 'hono'
import { findOwnApiKey, listApiKeys } from '#src/db/api-keys.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import type { TypedApiKey } from '#src/domain/api-keys/wanted.ts'
import { type FieldError, type Refusal, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { sensitively } from '#src/http/sensitive.ts'
import { statuses } from '#src/http/statuses.ts'
import { createApiKey, type MadeApiKey } from '#src/use-cases/api-keys/create-api-key.ts'
import { revokeApiKey } from '#src/use-cases/api-keys/revoke-api-key.ts'
import { rotateApiKey } from '#src/use-cases/api-keys/rotate-api-key.ts'
import { ApiKeyPage } from '#views/pages/api-keys/details.tsx'
import { ApiKeysPage } from '#views/pages/api-keys/list.tsx'
import { MadeApiKeyPage } from '#views/pages/api-keys/made.tsx'
import { type ApiKeyDraft, NewApiKeyPage } from '#views/pages/api-keys/new.tsx'
import { paths } from '#views/paths.ts'
import { settingsFrameOf } from './settings-frame.tsx'

/** The API keys of the account, for its master login: made, rotated, revoked. */
export const apiKeyPages = new Hono<HttpEnv>()
  .get(paths.apiKeys, may('api-key.read'), showList)
  .get(paths.newApiKey, may('api-key.edit'), (c) => showForm(c, emptyDraft(c)))
  .post(paths.apiKeys, sensitively('api-key.edit'), create)
  .get('/settings/api-keys/:id', may('api-key.read'), (c) => showKey(c, []))
  .post('/settings/api-keys/:id/rotations', sensitively('api-key.edit'), rotate)
  .post('/settings/api-keys/:id/revocations', may('api-key.edit'), revoke)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

async function showList(c: HttpContext) {
  const { cursor, page } = c.req.query()
  const limit = pageSize(c)
  const { side, beside } = besideIn(cursor, { value: 'string' })
  const { actor, rows } = await ask(c, (reach) => [listApiKeys(reach, { limit: limit + 1, ...beside })])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(page) || 1, ({ id }) => ({ value: id }))
  return c.html(<ApiKeysPage frame={settingsFrameOf(c, actor)} rows={shown} pages={pages} now={c.var.deps.now()} />)
}

const emptyDraft = (c: HttpContext): ApiKeyDraft => ({
  ...{ name: '', access: 'read', as: 'read-servers', lifetime: '90', ranges: '', errors: [] },
  request: c.var.deps.newId('request'),
})

async function showForm(c: HttpContext, draft: ApiKeyDraft, status: 200 | 409 | 422 = 200) {
  const { actor } = await ask(c, () => [])
  return c.html(<NewApiKeyPage frame={settingsFrameOf(c, actor)} draft={draft} />, status)
}

async function create(c: HttpContext) {
  const form = await formBody(c)
  const { name = '', access = '', as = '', lifetime = '', ranges = '' } = form
  const typed: TypedApiKey = { name, access, as, lifetime, ranges }
  try {
    return showMade(c, await createApiKey(c.var.deps, c.var.asking, typed, await onceOfForm(c, form)))
  } catch (error) {
    const { errors, status } = saidOf(error)
    return showForm(c, { ...typed, request: c.var.deps.newId('request'), errors }, status)
  }
}

/** The answer to the form itself holds the key: nowhere could it wait for another page. */
function showMade(c: HttpContext, { name, key }: MadeApiKey) {
  const actor = c.var.asking.admitted as Actor
  return c.html(<MadeApiKeyPage frame={settingsFrameOf(c, actor)} name={name} apiKey={key} />, key === null ? 200 : 201)
}

async function showKey(c: HttpContext, errors: readonly FieldError[], status: 200 | 409 | 422 = 200) {
  const { actor, rows } = await ask(c, (reach) => [findOwnApiKey(reach, idIn(c))])
  const [[key]] = rows
  if (!key) return refuse({ code: 'not-found' })
  const { deps } = c.var
  const page = { apiKey: key, now: deps.now(), request: deps.newId('request'), errors }
  return c.html(<ApiKeyPage frame={settingsFrameOf(c, actor)} {...page} />, status)
}

async function rotate(c: HttpContext) {
  const form = await formBody(c)
  const { overlap = '' } = form
  try {
    const rotation = { id: idIn(c), overlap }
    return showMade(c, await rotateApiKey(c.var.deps, c.var.asking, rotation, await onceOfForm(c, form)))
  } catch (error) {
    const { errors, status } = saidOf(error)
    return showKey(c, errors, status)
  }
}

async function revoke(c: HttpContext) {
  try {
    await revokeApiKey(c.var.deps, c.var.asking, idIn(c))
  } catch (error) {
    const { errors, status } = saidOf(error)
    return showKey(c, errors, status)
  }
  leaveNotice(c, 'api-key-revoked')
  return c.redirect(paths.apiKeys, 303)
}

/** What a refusal says in a form, and its status; what no form can mend goes on to the page's translator. */
function saidOf(error: unknown): { errors: readonly FieldError[]; status: 409 | 422 } {
  const refusal = error instanceof Refused ? error.refusal : null
  const errors = refusal && errorsOf(refusal)
  if (!refusal || !errors) throw error
  return { errors, status: statuses[refusal.code] as 409 | 422 }
}

function errorsOf(refusal: Refusal): readonly FieldError[] | null {
  const { code } = refusal
  if (code === 'invalid-request') return refusal.errors
  if (code === 'api-key-ended') {
    return [{ pointer: '', code, detail: 'This key works no more: it was revoked or has ended. Make a new one' }]
  }
  if (code !== 'too-many-api-keys') return null
  return [{ pointer: '', code, detail: 'Your account has as many keys as it may. Revoke one that is not used' }]
}
