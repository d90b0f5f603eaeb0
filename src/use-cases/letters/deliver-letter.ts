import { commit } from '#src/db/commit.ts'
import { deleteLetter, markSent, markUnsent, type OutboxRow } from '#src/db/outbox.ts'
import type { Write } from '#src/db/query.ts'
import { dayOf } from '#src/domain/day.ts'
import { nextAttempt } from '#src/domain/outbox.ts'
import type { Posting } from '#src/gateways/mail.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'
import { Pointless } from './pointless.ts'

/**
 * Sends a letter that is leased, and notes the outcome before anything else is sent: of a database that does not answer
 * then, one letter is in doubt. Returns what the mailer said, `null` where there was nothing to send any more.
 */
export async function deliverLetter(deps: Deps, row: OutboxRow): Promise<Posting | null> {
  const posting = await attempt(deps, row)
  // Noted twice is noted once, so that it may be said again where the answer was lost.
  await commit(deps.db, outcomeOf(deps, row, posting), true)
  return posting
}

function outcomeOf(deps: Deps, row: OutboxRow, posting: Posting | null): Write[] {
  if (posting === null) return [deleteLetter(row.id, row.attempts)]
  const now = deps.now()
  if (posting.outcome === 'sent') return [markSent(row.id, now, posting.providerId)]
  const since = row.triedSince ?? row.createdAt
  const retryAt = posting.outcome === 'again' ? nextAttempt(since, row.attempts, now, posting.waitMs) : null
  const [level, dead] = retryAt ? (['warn', false] as const) : (['error', true] as const)
  deps.log({ level, message: 'letter not sent', letter: row.id, error: posting.error, dead })
  return [markUnsent(row.id, row.attempts, posting.error, retryAt), ...(retryAt ? [] : alarm(deps, row))]
}

/** Tells the vendor of letters that are given up, once a day; of its own letter that could not be sent it tells nobody. */
function alarm(deps: Deps, { template, recipient }: OutboxRow): Write[] {
  if (template === 'letters-dead') return []
  const day = dayOf(deps.now())
  const letter = { template: 'letters-dead', accountId: null, to: deps.settings.supportEmail } as const
  return [post(deps, { ...letter, once: day, params: { day, template, recipient } })]
}

/** What letters say is evaluated when the first one is sent: no page waits for it (decision 7). */
async function attempt(deps: Deps, row: OutboxRow): Promise<Posting | null> {
  try {
    const { renderLetter } = await import('./render-letter.tsx')
    return await deps.mailer.send(await renderLetter(deps, row), row.id)
  } catch (error) {
    if (error instanceof Pointless) return null
    return { outcome: 'again', error: error instanceof Error ? error.message : String(error) }
  }
}
