import { type FieldError, Refused } from '#src/domain/refusal.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext } from '#src/http/context.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { confirmRegistration, openRegistration } from '#src/use-cases/registrations/confirm-registration.ts'
import { ConfirmRegistrationPage } from '#views/pages/register/confirm.tsx'
import { paths } from '#views/paths.ts'
import { signInFrameOf } from './frame.ts'

/** What the link of a registration will do. */
export async function showRegistration(c: HttpContext, token: string, errors: readonly FieldError[] = []) {
  const registration = await openRegistration(c.var.deps, token)
  const page = (
    <ConfirmRegistrationPage frame={signInFrameOf(c)} token={token} registration={registration} errors={errors} />
  )
  return c.html(page, errors.length > 0 ? 422 : 200)
}

/** Does it: whoever holds the mail chooses a password, and signs in next. */
export async function confirmByLink(c: HttpContext, token: string) {
  const { deps, address, requestId } = c.var
  const registration = await openRegistration(deps, token)
  const { password = '' } = await formBody(c)
  try {
    await confirmRegistration(deps, registration, password, { address, requestId })
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'invalid-request') throw error
    return showRegistration(c, token, error.refusal.errors)
  }
  leaveNotice(c, 'registered')
  return c.redirect(paths.signIn, 303)
}
