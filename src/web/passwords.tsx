import { Hono } from 'hono'
import { findOwnLogin } from '#src/db/passwords.ts'
import { longestEmail } from '#src/domain/accounts/identifier.ts'
import { type FieldError, type Refusal, Refused, refuse } from '#src/domain/refusal.ts'
import { afterAnswer } from '#src/http/after-answer.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { readCookie } from '#src/http/cookies.ts'
import { anyone, oneself } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { changePassword } from '#src/use-cases/accounts/change-password.ts'
import { mailPasswordLink } from '#src/use-cases/sign-in/mail-password-link.ts'
import { openStep } from '#src/use-cases/sign-in/start-sign-in.ts'
import { PasswordPage } from '#views/pages/settings/password.tsx'
import { PasswordResetPage } from '#views/pages/sign-in/password-reset.tsx'
import { paths } from '#views/paths.ts'
import { waitInWords } from '#views/wait-words.ts'
import { signInFrameOf } from './frame.ts'
import { settingsFrameOf } from './settings-frame.tsx'

/** One's own password, and the link that sets a forgotten one. */
export const passwordPages = new Hono<HttpEnv>()
  .get(paths.password, oneself(), (c) => showPassword(c, []))
  .post(paths.password, oneself(), savePassword)
  .get(paths.passwordResets, anyone(), showReset)
  .post(paths.passwordResets, anyone(), mailLink)

async function showPassword(c: HttpContext, errors: readonly FieldError[], status: 200 | 409 | 422 | 429 = 200) {
  const { actor, rows } = await ask(c, (reach) => [findOwnLogin(reach)])
  const [[login]] = rows
  if (!login) return refuse({ code: 'forbidden' })
  return c.html(
    <PasswordPage
      frame={settingsFrameOf(c, actor)}
      due={actor.mustChangePassword}
      hasPassword={login.passwordHash !== null}
      changedAt={login.passwordChangedAt}
      request={c.var.deps.newId('request')}
      errors={errors}
    />,
    status,
  )
}

async function savePassword(c: HttpContext) {
  const { current = '', password = '', request } = await formBody(c)
  try {
    await changePassword(c.var.deps, c.var.asking, { current, password, once: request || null })
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal) : null
    if (!errors) throw error
    return showPassword(c, errors, statuses[(error as Refused).refusal.code] as 422 | 429)
  }
  leaveNotice(c, 'password-changed')
  return c.redirect(paths.home, 303)
}

/** What a refusal says at the fields, where the form can mend it. */
function errorsOf(refusal: Refusal): readonly FieldError[] | null {
  const { code } = refusal
  if (code === 'invalid-request') return refusal.errors
  if (code === 'wrong-password') {
    return [{ pointer: 'current', code, detail: 'This is not your current password. Type it again' }]
  }
  if (refusal.code !== 'too-many-requests') return null
  const detail = `There were too many tries. Wait ${waitInWords(refusal.retryAfter)}, or have a link mailed to you`
  return [{ pointer: 'current', code, detail }]
}

/** The form, filled in with whom the sign-in is for, where one has begun. */
async function showReset(c: HttpContext) {
  const token = readCookie(c, 'step')
  const step = token ? await openStep(c.var.deps, token) : null
  return answerReset(c, step?.identifier.text ?? '')
}

function answerReset(c: HttpContext, identifier: string, errors: readonly FieldError[] = []) {
  const page = <PasswordResetPage frame={signInFrameOf(c)} identifier={identifier} errors={errors} />
  return c.html(page, errors.length > 0 ? 422 : 200)
}

/** Answers before anything is looked up: known and unknown get the same words in the same time (`threats.md`, A1, A2). */
async function mailLink(c: HttpContext) {
  const { identifier = '' } = await formBody(c)
  const typed = identifier.trim()
  if (typed === '' || typed.length > longestEmail) {
    const detail = typed === '' ? 'Enter your e-mail or login' : `Enter at most ${longestEmail} characters`
    return answerReset(c, typed.slice(0, 300), [{ pointer: 'identifier', code: 'invalid', detail }])
  }
  const { deps, address, requestId } = c.var
  afterAnswer(c, () => mailPasswordLink(deps, typed, { address, requestId }))
  leaveNotice(c, 'password-link-sent')
  return c.redirect(paths.passwordResets, 303)
}
