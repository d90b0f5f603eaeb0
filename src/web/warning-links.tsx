import type { HttpContext } from '#src/http/context.ts'
import { answerIn } from '#src/http/one-click.ts'
import { answerWarningLink, gets, openWarningLink } from '#src/use-cases/warnings/answer-warning-link.ts'
import { WarningLinkDonePage, WarningLinkPage } from '#views/pages/settings/warning-link.tsx'
import { signInFrameOf } from './frame.ts'

/** What the link of a warning or a digest does: ends them for an account that gets them, brings them back for one that does not. */
export async function showWarningLink(c: HttpContext, token: string) {
  const account = await openWarningLink(c.var.deps, token)
  return c.html(<WarningLinkPage frame={signInFrameOf(c)} token={token} account={account} gets={gets(account)} />)
}

/** Does it. A mail program that unsubscribes with one click says nothing but that (RFC 8058). */
export async function answerByWarningLink(c: HttpContext, token: string) {
  const { deps, address, requestId } = c.var
  const account = await openWarningLink(deps, token)
  const answer = await answerIn(c)
  const wanted = answer === 'wanted' ? 'wanted' : 'unsubscribed'
  await answerWarningLink(deps, account, wanted, { address, requestId })
  return c.html(<WarningLinkDonePage frame={signInFrameOf(c)} answer={wanted} account={account} />)
}
