import { findQuote } from '#src/db/quotes.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import type { Answer, Once } from '../once.ts'
import { type MadeQuote, makeQuote } from './make-quote.ts'

/**
 * A new quote of what an earlier one was asked for, as it costs today. Refuses `not-found` where that is not the asking
 * account's own, and what `makeQuote` refuses.
 */
export async function replaceQuote(
  deps: Deps,
  asking: Asking,
  quoteId: string,
  once: Once | null,
): Promise<Answer<MadeQuote>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findQuote(reach, quoteId)])
  const [[quote]] = rows
  if (!quote || quote.accountId !== actor.account.id) return refuse({ code: 'not-found' })
  return makeQuote(deps, asking, { items: quote.items, replaces: quote.id }, once)
}
