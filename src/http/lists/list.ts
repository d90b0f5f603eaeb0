import type { Read } from '#src/db/query.ts'
import type { Reach } from '#src/db/reach.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '../ask.ts'
import type { HttpContext } from '../context.ts'
import { besideIn, cursorOf } from '../cursors.ts'

export type Page = { readonly limit: number; readonly cursor: string | null }

/** A filtered list in its order: how a page of it is read, and the cursor after one of its rows. */
export type List<Row> = {
  read(reach: Reach, page: Page): Read<Row[]>
  cursorAfter(row: Row): string
}

/** A page of a list, in one round trip; one row more is read, to know whether the list goes on. */
export async function readPage<Row>(c: HttpContext, list: List<Row>, { limit, cursor }: Page) {
  const [found] = (await ask(c, (reach) => [list.read(reach, { limit: limit + 1, cursor })])).rows
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, nextCursor: last !== undefined && found.length > limit ? list.cursorAfter(last) : null }
}

type Place = Record<string, 'string' | 'number'>

/** The cursor after a row, as pages make it too. */
export const cursorAfter = (place: Record<string, string | number>): string => cursorOf({ side: 'after', ...place })

/** Where a list goes on; refuses `invalid-cursor` for nonsense and for a page's cursor that goes back. */
export function placeAfter<P extends Place>(cursor: string | null, shape: P) {
  const { side, beside } = besideIn(cursor ?? undefined, shape)
  return side === 'before' ? refuse({ code: 'invalid-cursor' }) : beside
}
