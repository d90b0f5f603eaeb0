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
export const readPaidQuote = async (deps: Deps, id: string): Promise<PaidQuote | null> =>
  paidQuoteIn(await read(deps.db, readsOfPaidQuote(id)))

/** What is read of a quote that is to be carried out. */
export const readsOfPaidQuote = (id: string) => {
  const of = { quote: id }
  return [findPaidQuote(of), listPaidLines(of), listPaidLicenses(of), listPaidEditions(of), findPayer(of)] as const
}

type AnswersTo<R> = { readonly [K in keyof R]: R[K] extends Read<infer T> ? T : never }
type Answers = AnswersTo<ReturnType<typeof readsOfPaidQuote>>

/** The quote among what was read of it. */
export const paidQuoteIn = ([[quote], lines, licenses, editions, [payer]]: Answers): PaidQuote | null =>
  quote && payer ? { quote, lines, licenses, editions, payer } : null
