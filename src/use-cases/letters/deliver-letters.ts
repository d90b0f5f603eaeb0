import type { ResultSet } from '@libsql/client'
import { commit } from '#src/db/commit.ts'
import { deleteLetter, leaseLetters, markSent, markUnsent, type OutboxRow } from '#src/db/outbox.ts'
import type { Write } from '#src/db/query.ts'
import { dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { nextAttempt } from '#src/domain/outbox.ts'
import type { Posting } from '#src/gateways/mail.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'
import { Pointless } from './pointless.ts'

const leaseMs = 60_000

/** How many letters are leased together at most. */
export const mostAtOnce = 20

/**
 * Sends letters that are due: leases them, renders each, hands it to the mailer, notes the outcome. Called with the ids
 * of letters just written, and by the clock with none. Returns how many were leased.
 */
export async function deliverLetters(deps: Deps, only: readonly Id<'letter'>[] = []): Promise<number> {
  const now = deps.now()
  const [leased] = await commit(deps.db, [leaseLetters(now, new Date(now.getTime() + leaseMs), mostAtOnce, only)])
  const rows = rowsOf(leased)
  const outcomes = (await Promise.all(rows.map((row) => deliver(deps, row)))).flat()
  if (outcomes.length > 0) await commit(deps.db, outcomes)
  return rows.length
}

async function deliver(deps: Deps, row: OutboxRow): Promise<Write[]> {
  const posting = await attempt(deps, row)
  if (posting === 'pointless') return [deleteLetter(row.id, row.attempts)]
  const now = deps.now()
  if (posting.outcome === 'sent') return [markSent(row.id, now, posting.providerId)]
  const since = row.triedSince ?? row.createdAt
  const retryAt = posting.outcome === 'again' ? nextAttempt(since, row.attempts, now, posting.waitMs) : null
  deps.log({ level: 'warn', message: 'letter not sent', letter: row.id, error: posting.error, dead: retryAt === null })
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
async function attempt(deps: Deps, row: OutboxRow): Promise<Posting | 'pointless'> {
  try {
    const { renderLetter } = await import('./render-letter.tsx')
    return await deps.mailer.send(await renderLetter(deps, row), row.id)
  } catch (error) {
    if (error instanceof Pointless) return 'pointless'
    return { outcome: 'again', error: error instanceof Error ? error.message : String(error) }
  }
}

/** `RETURNING` rows come as the database has them; dates and JSON are read here. */
function rowsOf(set: ResultSet | undefined): OutboxRow[] {
  return (set?.rows ?? []).map((row) => ({
    id: row.id,
    accountId: row.account_id,
    template: row.template,
    params: JSON.parse(String(row.params)),
    recipient: row.recipient,
    attempts: Number(row.attempts),
    createdAt: new Date(Number(row.created_at)),
    triedSince: row.tried_since === null ? null : new Date(Number(row.tried_since)),
  })) as unknown as OutboxRow[]
}
