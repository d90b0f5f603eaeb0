import { listQuotes, type QuoteRow } from '#src/db/quotes.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

/** The account's quotes, the newest first. */
export const quoteList: List<QuoteRow> = {
  read: (reach, { limit, cursor }) => listQuotes(reach, { limit, ...placeAfter(cursor, { n: 'number' }) }),
  cursorAfter: ({ n }) => cursorAfter({ n }),
}
