import { Hono } from 'hono'
import { findActivationKey } from '#src/db/activation-keys.ts'
import { usualGraceDays } from '#src/domain/activation-keys/rotation.ts'
import { type FieldError, Refused } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { ownKey } from '#src/use-cases/activation-keys/own-key.ts'
import { rotateActivationKey } from '#src/use-cases/activation-keys/rotate-activation-key.ts'
import { RotationPage } from '#views/pages/activation-keys/rotation.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** Rotating an activation key: a page that says what it does, whose form does it. */
export const rotateActivationKeyPages = new Hono<HttpEnv>()
  .get('/activation-keys/:id/rotations/new', may('activation-key.create'), (c) => showForm(c, usual, []))
  .post('/activation-keys/:id/rotations', may('activation-key.create'), rotate)

type Draft = { readonly code: string; readonly graceDays: string }
const usual: Draft = { code: '', graceDays: String(usualGraceDays) }

async function showForm(
  c: HttpContext,
  draft: Draft,
  errors: readonly FieldError[],
  status: 200 | 409 | 412 | 422 = 200,
) {
  const { actor, rows } = await ask(c, (reach) => [findActivationKey(reach, c.req.param('id') ?? '')])
  const page = (
    <RotationPage
      frame={frameOf(c, actor)}
      activationKey={ownKey(rows[0])}
      draft={draft}
      request={c.var.deps.newId('request')}
      errors={errors}
    />
  )
  return c.html(page, status)
}

async function rotate(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const form = await formBody(c)
  const draft: Draft = { code: form.code ?? '', graceDays: form.graceDays ?? '' }
  const graceDays = /^\d{1,4}$/.test(draft.graceDays.trim()) ? Number(draft.graceDays) : Number.NaN
  try {
    const rotation = { id, version: Number(form.version), code: draft.code, graceDays }
    await rotateActivationKey(c.var.deps, c.var.asking, rotation, await onceOfForm(c, form))
    leaveNotice(c, 'activation-key-rotated')
    return c.redirect(paths.activationKey(id), 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error) : null
    if (!errors) throw error
    return showForm(c, draft, errors, statuses[(error as Refused).refusal.code] as 409 | 412 | 422)
  }
}

function errorsOf({ refusal }: Refused): readonly FieldError[] | null {
  if (refusal.code === 'invalid-request') return refusal.errors
  if (refusal.code === 'activation-key-taken') {
    return [{ pointer: 'code', code: 'taken', detail: 'This key is taken: change it, or have a random one made' }]
  }
  if (refusal.code !== 'version-mismatch') return null
  return [{ pointer: '', code: 'changed', detail: 'Somebody changed this key meanwhile. Look at it again below.' }]
}
