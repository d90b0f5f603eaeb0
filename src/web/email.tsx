import { Hono } from 'hono'
import { findOwnEmail } from '#src/db/email-changes.ts'
import { type FieldError, type Refusal, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { signedIn } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { sensitively } from '#src/http/sensitive.ts'
import { statuses } from '#src/http/statuses.ts'
import { askEmailChange } from '#src/use-cases/email-changes/ask-email-change.ts'
import { stopChange } from '#src/use-cases/email-changes/stop-change.ts'
import { EmailPage } from '#views/pages/settings/email.tsx'
import { paths } from '#views/paths.ts'
import { settingsFrameOf } from './settings-frame.tsx'

/** The e-mail of one's own login, which both addresses confirm. */
export const emailPages = new Hono<HttpEnv>()
  .get(paths.email, signedIn(), (c) => show(c, '', []))
  .post(paths.email, sensitively('anything'), askBoth)
  .post('/settings/email-changes/:id/stops', signedIn(), stop)

type Status = 200 | 422 | 429

async function show(c: HttpContext, typed: string, errors: readonly FieldError[], status: Status = 200) {
  const { actor, rows } = await ask(c, (reach) => [findOwnEmail(reach, c.var.deps.now())])
  const [[own]] = rows
  if (!own) return refuse({ code: 'forbidden' })
  const page = (
    <EmailPage
      frame={settingsFrameOf(c, actor)}
      email={own.login.email}
      change={own.change}
      movesAccount={own.login.isMaster && own.account.emailKey === own.login.emailKey}
      typed={typed}
      request={c.var.deps.newId('request')}
      errors={errors}
    />
  )
  return c.html(page, status)
}

async function askBoth(c: HttpContext) {
  const form = await formBody(c)
  const { email = '' } = form
  try {
    await askEmailChange(c.var.deps, c.var.asking, email, await onceOfForm(c, form))
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal) : null
    if (!errors) throw error
    return show(c, email, errors, statuses[(error as Refused).refusal.code] as Status)
  }
  leaveNotice(c, 'email-change-mailed')
  return c.redirect(paths.email, 303)
}

function errorsOf(refusal: Refusal): readonly FieldError[] | null {
  if (refusal.code === 'invalid-request') return refusal.errors
  if (refusal.code !== 'too-many-requests') return null
  return [{ pointer: 'email', code: refusal.code, detail: 'Five changes were asked for within the hour. Wait an hour' }]
}

async function stop(c: HttpContext) {
  const loginId = await stopChange(c.var.deps, c.var.asking, c.req.param('id') ?? '')
  leaveNotice(c, 'email-change-stopped')
  return c.redirect(loginId === c.var.asking.admitted?.loginId ? paths.email : paths.login(loginId), 303)
}
