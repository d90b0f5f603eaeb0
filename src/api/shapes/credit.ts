import type { BalanceRow, LedgerRow } from '#src/db/ledger.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import type { Column } from '#src/http/csv.ts'

/** An offer that is sold by the unit is of size 1: one credit for each. */
const sizeIn = ({ perUnit, size }: { perUnit: boolean; size: number | null }) => (perUnit ? 1 : sizeOf(size))

/** What is held of an offer, as the API shows it. */
export const balanceShape = (row: BalanceRow) => ({
  offer: row.offerCode,
  product: row.productCode,
  edition: row.editionCode,
  size: sizeIn(row),
  balance: row.credits,
})

export const balanceColumns: readonly Column<BalanceRow>[] = [
  ['offer', (row) => row.offerCode],
  ['product', (row) => row.productCode],
  ['edition', (row) => row.editionCode],
  ['size', (row) => sizeIn(row)],
  ['balance', (row) => row.credits],
]

/** A line of the ledger as the API shows it. */
export const entryShape = (row: LedgerRow) => ({
  id: row.id,
  at: row.at.toISOString(),
  offer: row.offerCode,
  amount: row.amount,
  reason: row.reason,
  balanceAfter: row.balanceAfter,
  otherAccount: row.otherAccountId === null ? null : { id: row.otherAccountId, name: row.otherAccountName ?? '' },
  license: row.licenseId,
  actor: row.actorName,
})

export const entryColumns: readonly Column<LedgerRow>[] = [
  ['id', (row) => row.id],
  ['at', (row) => row.at.toISOString()],
  ['offer', (row) => row.offerCode],
  ['amount', (row) => row.amount],
  ['reason', (row) => row.reason],
  ['balanceAfter', (row) => row.balanceAfter],
  ['otherAccountId', (row) => row.otherAccountId],
  ['otherAccountName', (row) => row.otherAccountName],
  ['license', (row) => row.licenseId],
  ['actor', (row) => row.actorName],
]
