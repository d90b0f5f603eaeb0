import { type Read, read } from '#src/db/query.ts'
import {
  findPaidQuote,
  findPayer,
  listPaidEditions,
  listPaidLicenses,
  listPaidLines,
  type QuoteLineRow,
  type QuoteRow,
} from '#src/db/quotes.ts'
import type { Deps } from '../deps.ts'

type Rows<F extends (values: Record<string, unknown>) => Read<unknown>> =
  ReturnType<F> extends Read<infer R> ? (R extends readonly (infer T)[] ? T : never) : never

/** A quote with everything that its statements name. */
export type PaidQuote = {
  readonly quote: QuoteRow
  readonly lines: readonly QuoteLineRow[]
  readonly licenses: readonly Rows<typeof listPaidLicenses>[]
  readonly editions: readonly Rows<typeof listPaidEditions>[]
  readonly payer: Rows<typeof findPayer>
}

/** Reads a quote that a payment names, in one batch; `null` where there is none. */
export async function readPaidQuote(deps: Deps, id: string): Promise<PaidQuote | null> {
  const of = { quote: id }
  const [[quote], lines, licenses, editions, [payer]] = await read(deps.db, [
    findPaidQuote(of),
    listPaidLines(of),
    listPaidLicenses(of),
    listPaidEditions(of),
    findPayer(of),
  ])
  return quote && payer ? { quote, lines, licenses, editions, payer } : null
}
