import type { ResultSet } from '@libsql/client'
import { commit } from '#src/db/commit.ts'
import { giveBack, leaseLetters, type OutboxRow } from '#src/db/outbox.ts'
import type { Id } from '#src/domain/ids.ts'
import type { Deps } from '../deps.ts'
import { deliverLetter } from './deliver-letter.ts'

const leaseMs = 60_000
/** How long after the lease began a letter is still begun: a mailer takes twenty seconds at most. */
const beginningMs = 35_000

/** How many letters are leased together at most, and how many of them leave at one time. */
export const mostAtOnce = 20
const lanes = 2

/** How many letters were leased, and whether the mailer asked for a pause. */
export type Delivered = { readonly count: number; readonly isPaused: boolean }

/**
 * Sends letters that are due: leases them, renders each, hands it to the mailer, notes the outcome. Called with the ids of
 * letters just written, and by the clock with none. Where the mailer wants to be left alone, the others are given back as
 * they were.
 */
export async function deliverLetters(deps: Deps, only: readonly Id<'letter'>[] = []): Promise<Delivered> {
  const now = deps.now()
  const [leased] = await commit(deps.db, [leaseLetters(now, new Date(now.getTime() + leaseMs), mostAtOnce, only)])
  const rows = rowsOf(leased)
  const waiting = [...rows]
  let pauseMs: number | null = null
  const mayBegin = () => pauseMs === null && deps.now().getTime() - now.getTime() < beginningMs
  const sendOn = async () => {
    while (waiting.length > 0 && mayBegin()) {
      const posting = await deliverLetter(deps, waiting.shift() as OutboxRow)
      if (posting?.outcome === 'again' && posting.isBusy) pauseMs = Math.max(pauseMs ?? 0, posting.waitMs ?? 0)
    }
  }
  await allOf(Array.from({ length: lanes }, () => sendOn().catch((error) => giveUp(waiting, error))))
  const dueAt = new Date(deps.now().getTime() + (pauseMs ?? 0))
  if (waiting.length > 0)
    await commit(
      deps.db,
      waiting.map(({ id, attempts }) => giveBack(id, attempts, dueAt)),
    )
  return { count: rows.length - waiting.length, isPaused: pauseMs !== null }
}

/** The database does not answer: the other lane begins no more letters either, whose leases end by themselves. */
function giveUp(waiting: OutboxRow[], error: unknown): never {
  waiting.length = 0
  throw error
}

/** Waits for all of them, and fails then where one failed. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
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
