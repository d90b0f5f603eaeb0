import type { Write } from '#src/db/query.ts'
import { type Revertible, revertLine } from '#src/db/quote-reverts.ts'
import { updateQuoteRefunded } from '#src/db/quotes.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { stillAsQuoted } from '#src/domain/quotes/revertible.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

/**
 * Takes back what a quote changed of licenses, once all that was paid for it went back. A license that
 * was changed again since stays as it is: `isClean` says whether there was none, else the vendor has to look.
 */
export function revertQuote(deps: Deps, by: By, lines: readonly Revertible[]): { writes: Write[]; isClean: boolean } {
  const [first] = lines
  if (!first) return { writes: [], isClean: true }
  return {
    writes: [
      updateQuoteRefunded(first.quoteId),
      ...lines.flatMap((line) => revertLine(line.change)),
      ...lines.flatMap((line) => told(deps, by, line)),
    ],
    isClean: lines.every((line) => stillAsQuoted(line.change, line)),
  }
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
