import type { QuoteLineRow, QuoteRow } from '#src/db/quotes.ts'
import { type QuoteLine, quoteStanding } from '#src/domain/quotes/quote.ts'
import type { Column } from '#src/http/csv.ts'
import type { MadeQuote } from '#src/use-cases/quotes/make-quote.ts'

type Line = Pick<
  QuoteLine & QuoteLineRow,
  'text' | 'reckoning' | 'quantity' | 'offerCode' | 'startsOn' | 'endsOn' | 'listMinor' | 'creditMinor' | 'dueMinor'
>

/** A line of a quote: `list − credit = due`, and how it was reckoned. */
const lineShape = (line: Line, currency: string) => ({
  text: line.text,
  reckoning: line.reckoning,
  offer: line.offerCode,
  quantity: line.quantity,
  startsOn: line.startsOn,
  endsOn: line.endsOn,
  list: { minor: line.listMinor, currency },
  credit: { minor: line.creditMinor, currency },
  due: { minor: line.dueMinor, currency },
})

/** A quote as the API answers it where it was just made. */
export const madeQuoteShape = ({ id, currency, totalMinor, validUntil, lines }: MadeQuote) => ({
  id,
  lines: lines.map((line) => lineShape(line, currency)),
  total: { minor: totalMinor, currency },
  validUntil,
})

/** A quote in a list. `stands`: it can be paid, for nothing that it was reckoned from has changed. */
export const quoteShape = (row: QuoteRow, now: Date) => ({
  id: row.id,
  state: quoteStanding(row, now),
  stands: row.licensesStand && row.pricesStand,
  total: { minor: row.totalMinor, currency: row.currency },
  validUntil: row.validUntil.toISOString(),
  createdAt: row.createdAt.toISOString(),
})

/** One quote with its lines. */
export const quoteWithLinesShape = (row: QuoteRow, lines: readonly QuoteLineRow[], now: Date) => ({
  ...quoteShape(row, now),
  lines: lines.map((line) => lineShape(line, row.currency)),
})

/** The columns of the list as CSV. */
export const quoteColumns: readonly Column<QuoteRow>[] = [
  ['id', (row) => row.id],
  ['state', (row) => row.state],
  ['totalMinor', (row) => row.totalMinor],
  ['currency', (row) => row.currency],
  ['validUntil', (row) => row.validUntil.toISOString()],
  ['createdAt', (row) => row.createdAt.toISOString()],
]
