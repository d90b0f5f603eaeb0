import type { SQL } from 'drizzle-orm'
import { commit, Violation } from '#src/db/commit.ts'
import {
  answerWith,
  completeRequest,
  findAnswer,
  insertRequest,
  requestTaken,
  type StoredAnswer,
} from '#src/db/idempotency.ts'
import { type Read, read, type Write } from '#src/db/query.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Asking } from './admit.ts'
import type { Deps } from './deps.ts'
import { refusing } from './refusing.ts'

/** The key by which a request sent twice is known, and the fingerprint of what it asks. */
export type Once = { readonly key: string; readonly hash: string }

/** What an act answers. `replayed`: it was done before, and this is what was said then. */
export type Answer<T> = { readonly status: number; readonly response: T; readonly replayed: boolean }

/** Reads the answer of an earlier twin; stands in the read batch of an act, even where no key was sent. */
export const earlier = (asking: Asking, once: Once | null): Read<StoredAnswer[]> =>
  findAnswer({ scope: asking.credential.id, key: once?.key ?? '' })

/** The answer to repeat, or `null` for a request that is new. Refuses `idempotency-key-reused`. */
export function replayOf<T>(once: Once | null, [found]: readonly StoredAnswer[]): Answer<T> | null {
  if (!once || !found) return null
  if (found.hash !== once.hash) refuse({ code: 'idempotency-key-reused' })
  return { status: found.status ?? 200, response: found.response as T, replayed: true }
}

/**
 * Commits an act once: its record first, its answer last, in the batch of the act itself. A lost answer is asked for
 * again; a twin that came first is waited for and its answer repeated (`data-patterns.md`, 5). The response is plain
 * data, or SQL that makes JSON of what the batch has written. Refusals keep nothing: a retry is judged anew.
 */
export async function commitOnce<T>(
  deps: Deps,
  asking: Asking,
  once: Once | null,
  writes: readonly Write[],
  answer: { readonly status: number; readonly response: T | SQL },
): Promise<Answer<T>> {
  const scope = asking.credential.id
  const { status, response } = answer
  const batch = once
    ? [
        insertRequest(scope, once.key, once.hash, deps.now()),
        ...writes,
        completeRequest(scope, once.key, status, response),
      ]
    : [...writes, answerWith(response)]
  try {
    const sets = await refusing(() => commit(deps.db, batch, once !== null))
    return { status, response: JSON.parse(String(sets.at(-1)?.rows[0]?.[0])), replayed: false }
  } catch (error) {
    if (!(error instanceof Violation && error.constraint === requestTaken)) throw error
    const [found] = await read(deps.db, [earlier(asking, once)])
    return replayOf<T>(once, found) ?? refuse({ code: 'unavailable', retryAfter: 1 })
  }
}
