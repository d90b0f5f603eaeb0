import type { PayableLine, PayableQuote } from '#src/db/checkouts.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type OpenedSession, ShopUnavailable } from '#src/gateways/checkout.ts'
import type { Deps } from '../deps.ts'

/**
 * Opens a session at the shop for a quote, its prices locked. Refuses `shop-closed` where no shop is configured and
 * `shop-unavailable` where it does not answer.
 */
export async function openSession(
  deps: Deps,
  checkout: Id<'checkout'>,
  quote: PayableQuote,
  lines: readonly PayableLine[],
): Promise<OpenedSession> {
  if (deps.checkout.provider === null) refuse({ code: 'shop-closed' })
  const { id, accountId, email, name, country, providerAccountId, currency, validUntil } = quote
  try {
    return await deps.checkout.open(
      {
        tags: { quote: id, checkout, account: accountId },
        payer: { email, name, country, providerAccountId },
        currency,
        // The provider sells nothing for nothing: a line that is paid for already stays out of the session.
        lines: lines.filter(({ dueMinor }) => dueMinor > 0),
        validUntil,
      },
      deps.now(),
    )
  } catch (error) {
    if (!(error instanceof ShopUnavailable)) throw error
    deps.log({ level: 'error', message: 'no session at the shop', quote: id, error: error.message })
    return refuse({ code: 'shop-unavailable', retryAfter: 30 })
  }
}
