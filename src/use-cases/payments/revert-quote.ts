import { insertBalanceEntry } from '#src/db/balances.ts'
import type { Write } from '#src/db/query.ts'
import { type Revertible, revertLine } from '#src/db/quote-reverts.ts'
import { updateQuoteRefunded } from '#src/db/quotes.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { formatMoney } from '#src/domain/money.ts'
import { stillAsQuoted } from '#src/domain/quotes/revertible.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

/**
 * Takes back what a quote changed of licenses or paid into the balance, once all that was paid for it went back. A license that was changed again
 * since stays as it is: `isClean` says whether there was none, else the vendor has to look.
 */
export function revertQuote(deps: Deps, by: By, lines: readonly Revertible[]): { writes: Write[]; isClean: boolean } {
  const [first] = lines
  if (!first) return { writes: [], isClean: true }
  return {
    writes: [
      updateQuoteRefunded(first.quoteId),
      ...lines.flatMap((line) => revertLine(line.change)),
      ...lines.flatMap((line) => told(deps, by, line)),
      ...lines.flatMap((line) => takenFromBalance(deps, by, line)),
    ],
    isClean: lines.every((line) => stillAsQuoted(line.change, line)),
  }
}

/** What was paid into the balance leaves it again, also where it was spent: then it is owed. */
function takenFromBalance(deps: Deps, by: By, line: Revertible): Write[] {
  const { change, dueMinor, currency, payerId: accountId, orderId, orderItemId } = line
  if (change.kind !== 'top-up' || !orderItemId) return []
  const entry = { id: deps.newId('balanceEntry'), accountId, currency, orderId, orderItemId, createdAt: deps.now() }
  return [
    insertBalanceEntry({ ...entry, reason: 'refund', amountMinor: -dueMinor }),
    record(deps, by, {
      action: 'balance.refunded',
      accountId,
      subject: { kind: 'balance', id: accountId, name: currency },
      after: { refunded: formatMoney({ minor: dueMinor, currency }) },
    }),
  ]
}

function told(deps: Deps, by: By, line: Revertible): Write[] {
  const { change, licenseId, accountId, serial } = line
  if (change.kind !== 'license-upgrade' || !licenseId || !accountId || !stillAsQuoted(change, line)) return []
  return [
    record(deps, by, {
      action: 'license.downgraded',
      accountId,
      subject: { kind: 'license', id: licenseId, name: serial ?? '' },
      before: { edition: change.to.edition, size: sizeOf(change.to.size) },
      after: { edition: change.from.edition, size: sizeOf(change.from.size) },
    }),
  ]
}
