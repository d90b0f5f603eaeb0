import type { Read } from '#src/db/query.ts'
import type { Reach } from '#src/db/reach.ts'
import { readAs } from '#src/use-cases/admit.ts'
import type { HttpContext } from './context.ts'

/** All that a page or an answer reads, in one round trip, as whoever is asking. */
export const ask = <const R extends readonly Read<unknown>[]>(c: HttpContext, reads: (reach: Reach) => R) =>
  readAs(c.var.deps, c.var.asking, reads)
