import { Refused } from '#src/domain/refusal.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext } from '#src/http/context.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { acceptInvitation, openInvitation } from '#src/use-cases/logins/accept-invitation.ts'
import { JoinPage } from '#views/pages/logins/join.tsx'
import { paths } from '#views/paths.ts'
import { signInFrameOf } from './frame.ts'

const nobodyYet = { firstName: '', lastName: '', errors: [] }

/** What a mailed invitation will do. */
export async function showInvitation(c: HttpContext, token: string) {
  const invitation = await openInvitation(c.var.deps, token)
  return c.html(<JoinPage frame={signInFrameOf(c)} token={token} invitation={invitation} {...nobodyYet} />)
}

/** Accepts it: whoever holds the mail becomes a login, and signs in next. */
export async function joinAccount(c: HttpContext, token: string) {
  const { deps, address, requestId } = c.var
  const invitation = await openInvitation(deps, token)
  const { firstName = '', lastName = '', password = '' } = await formBody(c)
  try {
    await acceptInvitation(deps, invitation, { firstName, lastName, password }, { address, requestId })
  } catch (error) {
    const errors = errorsOf(error)
    const page = { invitation, firstName, lastName, errors }
    return c.html(<JoinPage frame={signInFrameOf(c)} token={token} {...page} />, 422)
  }
  leaveNotice(c, 'login-joined')
  return c.redirect(paths.signIn, 303)
}

const isFull = {
  ...{ pointer: '', code: 'too-many-logins' },
  detail: 'The account has as many logins as it may. Ask whoever invited you to make room, and follow this link again',
}

function errorsOf(error: unknown) {
  if (error instanceof Refused && error.refusal.code === 'invalid-request') return error.refusal.errors
  if (error instanceof Refused && error.refusal.code === 'too-many-logins') return [isFull]
  if (!(error instanceof Refused) || error.refusal.code !== 'email-taken') throw error
  const detail = 'Your e-mail is the login of another account. Ask whoever invited you to invite another address'
  return [{ pointer: '', code: 'email-taken', detail }]
}
