import { ada } from '#dev/world/people.ts'
import { commit } from '#src/db/commit.ts'
import { insertQuote, insertQuoteLines } from '#src/db/quotes.ts'
import type { Id } from '#src/domain/ids.ts'
import type { QuoteChange } from '#src/domain/quotes/change.ts'
import { testId } from './deps.ts'
import type { Portal } from './portal.ts'

/** Five users more for the license at Ada's front desk, and a year of support for the one that has none. */
export const upgrade: QuoteChange = {
  kind: 'license-upgrade',
  license: ada.licenses.frontDesk,
  from: { edition: 'pro', size: 5 },
  to: { edition: 'pro', size: 10 },
}
export const support: QuoteChange = {
  ...{ kind: 'support', license: ada.licenses.unsupported, act: 'bought' },
  ...{ startsOn: '2026-08-21', endsOn: '2027-08-20' },
}

/** A quote of Ada's as she would have been given it: 60.00 a line, reckoned from her licenses as they are. */
export async function quoteOf(
  portal: Portal,
  changes: readonly QuoteChange[] = [upgrade, support],
): Promise<Id<'quote'>> {
  const id = testId('quote')
  const now = portal.deps.now()
  const rows = await portal.db.rows(
    `select id, account_id as accountId, kind, edition_code as editionCode, size, ends_on as endsOn, support_ends_on as supportEndsOn
      from licenses where id in (select value from json_each(?))`,
    JSON.stringify(changes.flatMap((change) => ('license' in change ? [change.license] : []))),
  )
  await commit(portal.db, [
    insertQuote({
      ...{ id, accountId: ada.accountId, currency: 'EUR', totalMinor: 6000 * changes.length, quotedOn: '2026-08-21' },
      ...{ validUntil: new Date(now.getTime() + 3 * 86_400_000), items: [], createdAt: now, licenses: rows as never },
      prices: [{ offerCode: 'remote-access/pro/10', quantity: 1, unitMinor: await priceNow(portal) }],
      ...{ madeByKind: 'customer', madeById: ada.accountId, madeByName: 'Ada' },
    }),
    insertQuoteLines(
      id,
      changes.map((change, i) => ({
        ...{ text: `Line ${i + 1}: ${change.kind}`, reckoning: '', change, quantity: 1, offerCode: null },
        ...{ startsOn: null, endsOn: null, listMinor: 6000, creditMinor: 0, dueMinor: 6000 },
      })),
    ),
  ])
  return id
}

async function priceNow(portal: Portal): Promise<number> {
  const [row] = await portal.db.rows(
    "select unit_minor as price from prices where offer_code = 'remote-access/pro/10' and currency = 'EUR' order by min_quantity limit 1",
  )
  return Number(row?.price)
}
