import type { HttpContext } from './context.ts'
import { cursorOf } from './cursors.ts'

/** Rows of a page; somebody who asked to save data gets fewer. */
export const pageSize = (c: HttpContext): number => (c.req.header('save-data') === 'on' ? 10 : 20)

/** A page out of rows of which one more was read than it shows; a page going back was read in the turned order. */
export function pageOf<Row>(
  read: readonly Row[],
  limit: number,
  from: 'after' | 'before' | '',
  page: number,
  positionOf: (row: Row) => Record<string, string | number>,
) {
  const more = read.length > limit
  const shown = read.slice(0, limit)
  const rows = from === 'before' ? shown.reverse() : shown
  const first = rows[0]
  const last = rows.at(-1)
  const goesOn = from === 'before' || more
  const goesBack = from === 'after' || (from === 'before' && more)
  return {
    rows,
    pages: {
      page: from === '' ? 1 : Math.max(2, page),
      previous: first && goesBack ? cursorOf({ side: 'before', ...positionOf(first) }) : null,
      next: last && goesOn ? cursorOf({ side: 'after', ...positionOf(last) }) : null,
    },
  }
}
