import type { HttpContext } from '#src/http/context.ts'
import { answerIn } from '#src/http/one-click.ts'
import { answerRecipient, openRecipient } from '#src/use-cases/reports/answer-recipient.ts'
import { RecipientDonePage, RecipientPage } from '#views/pages/reports/recipient.tsx'
import { signInFrameOf } from './frame.ts'

/** What the link of a report does: begins it for an address that was asked, ends it for one that gets it. */
export async function showRecipient(c: HttpContext, token: string) {
  const recipient = await openRecipient(c.var.deps, token)
  return c.html(<RecipientPage frame={signInFrameOf(c)} token={token} recipient={recipient} />)
}

/** Does it. A mail program that unsubscribes with one click says nothing but that (RFC 8058). */
export async function answerAsRecipient(c: HttpContext, token: string) {
  const { deps, address, requestId } = c.var
  const recipient = await openRecipient(deps, token)
  const answer = await answerIn(c)
  const wanted = answer === 'confirmed' ? 'confirmed' : 'unsubscribed'
  await answerRecipient(deps, recipient, wanted, { address, requestId })
  return c.html(<RecipientDonePage frame={signInFrameOf(c)} answer={wanted} recipient={recipient} />)
}
