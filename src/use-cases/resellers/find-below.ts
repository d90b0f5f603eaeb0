import type { Read } from '#src/db/query.ts'
import type { Reach } from '#src/db/reach.ts'
import { findReseller } from '#src/db/resellers.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { earlier, type Once, replayOf } from '../once.ts'

/**
 * What an act on a seller below begins with, in one round trip: who asks, the seller, the answer of an earlier twin, and
 * what else is read. Refuses `not-found` for whatever is not strictly below, `idempotency-key-reused`.
 */
export async function findBelow<T, const R extends readonly Read<unknown>[] = readonly []>(
  deps: Deps,
  asking: Asking,
  id: string,
  once: Once | null,
  reads: (reach: Reach) => R = () => [] as unknown as R,
) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findReseller(reach, id),
    earlier(asking, once),
    ...reads(reach),
  ])
  const [found, answered, ...more] = rows as unknown as [
    ReturnType<ReturnType<typeof findReseller>['rows']>,
    ReturnType<ReturnType<typeof earlier>['rows']>,
    ...{ [K in keyof R]: R[K] extends Read<infer A> ? A : never },
  ]
  const [reseller] = found
  if (!reseller) return refuse({ code: 'not-found' })
  return { actor, reseller, replayed: replayOf<T>(once, answered), more }
}
