import { type FieldError, Refused } from '#src/domain/refusal.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext } from '#src/http/context.ts'
import { leaveNotice } from '#src/http/notices.ts'
import {
  confirmEmailChange,
  openEmailChange,
  refuseEmailChange,
} from '#src/use-cases/email-changes/confirm-email-change.ts'
import { EmailChangeLinkPage, EmailChangeStoppedPage } from '#views/pages/email-changes/link.tsx'
import { paths } from '#views/paths.ts'
import { signInFrameOf } from './frame.ts'

/** What the link that one of the two addresses got will do. */
export async function showEmailChange(c: HttpContext, token: string, errors: readonly FieldError[] = []) {
  const change = await openEmailChange(c.var.deps, token)
  const page = <EmailChangeLinkPage frame={signInFrameOf(c)} token={token} change={change} errors={errors} />
  return c.html(page, errors.length > 0 ? 409 : 200)
}

/** Confirms or stops; the second to confirm is led to the settings, or to sign in with the new e-mail. */
export async function answerEmailChange(c: HttpContext, token: string) {
  const { deps, address, requestId } = c.var
  const from = { address, requestId }
  const { answer } = await formBody(c)
  if (answer === 'stopped') {
    await refuseEmailChange(deps, await openEmailChange(deps, token), from)
    return c.html(<EmailChangeStoppedPage frame={signInFrameOf(c)} />)
  }
  try {
    if ((await confirmEmailChange(deps, token, from)) === 'waiting') return c.redirect(paths.link(token), 303)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'email-taken') throw error
    const detail = 'The new e-mail has become that of another login or account. Nothing was changed'
    return showEmailChange(c, token, [{ pointer: '', code: 'email-taken', detail }])
  }
  leaveNotice(c, 'email-changed')
  return c.redirect(paths.email, 303)
}
