import { Hono } from 'hono'
import { isEmailChangeToken } from '#src/domain/email-changes/email-change.ts'
import { isInvitationToken } from '#src/domain/logins/login.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { isRegistrationToken } from '#src/domain/registrations/registration.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { setPassword } from '#src/use-cases/accounts/set-password.ts'
import { isRecipientToken } from '#src/use-cases/reports/answer-recipient.ts'
import { nameIn, type OpenedLink, openLink, redeemLink } from '#src/use-cases/sign-in/redeem-link.ts'
import { isWarningToken } from '#src/use-cases/warnings/answer-warning-link.ts'
import { SignInLinkPage } from '#views/pages/sign-in/link.tsx'
import { SetPasswordPage } from '#views/pages/sign-in/set-password.tsx'
import { paths } from '#views/paths.ts'
import { deviceFor, goOn, originOf } from './admission.ts'
import { answerEmailChange, showEmailChange } from './email-links.tsx'
import { signInFrameOf } from './frame.ts'
import { joinAccount, showInvitation } from './invitations.tsx'
import { confirmByLink, showRegistration } from './registration-links.tsx'
import { releaseChosen, showReleaseLink } from './release-links.tsx'
import { answerAsRecipient, showRecipient } from './report-links.tsx'
import { answerByWarningLink, showWarningLink } from './warning-links.tsx'

/** Mailed one-time links: a page that says what will happen, and the form that does it. */
export const linkPages = new Hono<HttpEnv>()
  .get('/links/:token', anyone(), showLink)
  .post('/links/:token', anyone(), followLink)

const tokenIn = (c: HttpContext): string => c.req.param('token') ?? ''

async function showLink(c: HttpContext) {
  if (isInvitationToken(tokenIn(c))) return showInvitation(c, tokenIn(c))
  if (isRecipientToken(tokenIn(c))) return showRecipient(c, tokenIn(c))
  if (isRegistrationToken(tokenIn(c))) return showRegistration(c, tokenIn(c))
  if (isWarningToken(tokenIn(c))) return showWarningLink(c, tokenIn(c))
  if (isEmailChangeToken(tokenIn(c))) return showEmailChange(c, tokenIn(c))
  const link = await openLink(c.var.deps, tokenIn(c))
  if (link.purpose === 'set-password') return showSetPassword(c, link, [])
  if (link.purpose === 'release-computer') return showReleaseLink(c, link)
  if (link.purpose !== 'sign-in') return refuse({ code: 'not-found' })
  return c.html(<SignInLinkPage frame={signInFrameOf(c)} token={tokenIn(c)} name={nameIn(link)} />)
}

async function followLink(c: HttpContext) {
  if (isInvitationToken(tokenIn(c))) return joinAccount(c, tokenIn(c))
  if (isRecipientToken(tokenIn(c))) return answerAsRecipient(c, tokenIn(c))
  if (isRegistrationToken(tokenIn(c))) return confirmByLink(c, tokenIn(c))
  if (isWarningToken(tokenIn(c))) return answerByWarningLink(c, tokenIn(c))
  if (isEmailChangeToken(tokenIn(c))) return answerEmailChange(c, tokenIn(c))
  const link = await openLink(c.var.deps, tokenIn(c))
  if (link.purpose === 'set-password') return choosePassword(c, link)
  if (link.purpose === 'release-computer') return releaseChosen(c, link)
  const from = { ...originOf(c), deviceFor: (key: string) => deviceFor(c, key) }
  return goOn(c, await redeemLink(c.var.deps, link, from), paths.home)
}

function showSetPassword(c: HttpContext, { login, email }: OpenedLink, errors: readonly FieldError[]) {
  const identifier = login?.login ?? email
  const page = <SetPasswordPage frame={signInFrameOf(c)} token={tokenIn(c)} identifier={identifier} errors={errors} />
  return c.html(page, errors.length > 0 ? 422 : 200)
}

async function choosePassword(c: HttpContext, link: OpenedLink) {
  const { password = '' } = await formBody(c)
  const { deps, address, requestId } = c.var
  try {
    await setPassword(deps, link, password, { address, requestId })
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'invalid-request') throw error
    return showSetPassword(c, link, error.refusal.errors)
  }
  leaveNotice(c, 'password-set')
  return c.redirect(paths.signIn, 303)
}
