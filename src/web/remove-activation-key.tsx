import { Hono } from 'hono'
import { findActivationKey, listComputersOfKey, listOtherKeys } from '#src/db/activation-keys.ts'
import { type FieldError, Refused } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { ownKey } from '#src/use-cases/activation-keys/own-key.ts'
import { mostNamed } from '#src/use-cases/activation-keys/removal-writes.ts'
import { removeActivationKey } from '#src/use-cases/activation-keys/remove-activation-key.ts'
import { RemovalPage } from '#views/pages/activation-keys/removal.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** Removing an activation key: a page that names what it takes along, whose form does it. */
export const removeActivationKeyPages = new Hono<HttpEnv>()
  .get('/activation-keys/:id/removal', may('activation-key.remove'), (c) => showRemoval(c, '', []))
  .post('/activation-keys/:id/removal', may('activation-key.remove'), remove)

async function showRemoval(
  c: HttpContext,
  moveTo: string,
  errors: readonly FieldError[],
  status: 200 | 409 | 412 | 422 = 200,
) {
  const id = c.req.param('id') ?? ''
  const { actor, rows } = await ask(c, (reach) => [
    findActivationKey(reach, id),
    listComputersOfKey(reach, id, mostNamed),
    listOtherKeys(reach, id),
  ])
  const key = ownKey(rows[0])
  const page = (
    <RemovalPage
      frame={frameOf(c, actor)}
      activationKey={key}
      computers={rows[1]}
      others={rows[2]}
      moveTo={moveTo}
      errors={errors}
    />
  )
  return c.html(page, status)
}

async function remove(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const { moveTo = '', version } = await formBody(c)
  try {
    await removeActivationKey(c.var.deps, c.var.asking, { id, version: Number(version), moveTo })
    leaveNotice(c, 'activation-key-removed')
    return c.redirect(paths.activationKeys, 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error) : null
    if (!errors) throw error
    return showRemoval(c, moveTo, errors, statuses[(error as Refused).refusal.code] as 409 | 412 | 422)
  }
}

function errorsOf({ refusal }: Refused): readonly FieldError[] | null {
  switch (refusal.code) {
    case 'invalid-request':
      return refusal.errors
    case 'activation-key-holds-licenses':
      return [{ pointer: 'moveTo', code: 'holds-licenses', detail: 'Name the key that takes the licenses of this one' }]
    case 'activation-key-default':
      return [{ pointer: '', code: 'default', detail: 'The default key stays: make another key the default first.' }]
    case 'version-mismatch':
      return [{ pointer: '', code: 'changed', detail: 'Somebody changed this key meanwhile. Look at it again below.' }]
    default:
      return null
  }
}
