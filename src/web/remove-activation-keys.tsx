import { Hono } from 'hono'
import { listComputersOfKeys, listNamedKeys } from '#src/db/activation-keys.ts'
import { chosenFrom } from '#src/domain/licenses/bulk.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody, formValues } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { mostNamed } from '#src/use-cases/activation-keys/removal-writes.ts'
import { removeActivationKeys } from '#src/use-cases/activation-keys/remove-activation-keys.ts'
import { RemovalsPage } from '#views/pages/activation-keys/removals.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'
import { ownPath } from './own-path.ts'

/** Removing many keys: first a page that says what will happen to each and what goes along, then it does (R200 R213). */
export const removeActivationKeysPages = new Hono<HttpEnv>()
  .get(paths.activationKeyRemovals, may('activation-key.remove'), (c) =>
    preview(c, c.req.queries('id') ?? [], c.req.query('back')),
  )
  .post(paths.activationKeyRemovals, may('activation-key.remove'), carryOut)

async function preview(
  c: HttpContext,
  ids: readonly string[],
  back: string | undefined,
  errors: readonly FieldError[] = [],
  status: 200 | 409 | 412 | 422 = 200,
) {
  const { actor, rows } = await ask(c, (reach) => [
    listNamedKeys(reach, ids),
    listComputersOfKeys(reach, ids, mostNamed),
  ])
  const chosen = new Set(chosenFrom(ids))
  const keys = rows[0].filter(({ id }) => chosen.has(id))
  if (keys.length === 0) return refuse({ code: 'not-found' })
  const page = (
    <RemovalsPage
      frame={frameOf(c, actor)}
      keys={keys}
      computers={rows[1]}
      back={listPath(back)}
      request={c.var.deps.newId('request')}
      errors={errors}
    />
  )
  return c.html(page, status)
}

/** The list that the marked rows stood in. */
function listPath(back: string | undefined): string {
  const path = ownPath(back)
  return path.split('?')[0] === paths.activationKeys ? path : paths.activationKeys
}

async function carryOut(c: HttpContext) {
  const form = await formBody(c)
  const ids = await formValues(c, 'id')
  try {
    await removeActivationKeys(c.var.deps, c.var.asking, ids, await onceOfForm(c, form))
    leaveNotice(c, 'activation-keys-removed')
    return c.redirect(listPath(form.back), 303)
  } catch (error) {
    const errors = error instanceof Refused && ids.length > 0 ? errorsOf(error) : null
    if (!errors) throw error
    return preview(c, ids, form.back, errors, statuses[(error as Refused).refusal.code] as 409 | 412)
  }
}

/** Whatever changed meanwhile stands in the table below. */
function errorsOf({ refusal }: Refused): readonly FieldError[] | null {
  const changed = ['version-mismatch', 'activation-key-default', 'activation-key-holds-licenses']
  if (!changed.includes(refusal.code)) return null
  return [
    { pointer: '', code: 'changed', detail: 'Something changed meanwhile, so nothing was removed. Look again below.' },
  ]
}
