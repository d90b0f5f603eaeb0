import { type BalanceRow, type LedgerRow, listBalances, listLedger } from '#src/db/ledger.ts'
import type { LedgerFilter } from '#src/domain/credits/credit.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

const place = { value: 'string' } as const

/** What an account holds of each offer. */
export const balanceList = (account: string | null): List<BalanceRow> => ({
  read: (reach, { limit, cursor }) => listBalances(reach, { account, limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ value: row.offerCode }),
})

/** The ledger under a filter, newest first. */
export const ledgerList = (filter: LedgerFilter): List<LedgerRow> => ({
  read: (reach, { limit, cursor }) => listLedger(reach, filter, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ value: row.id }),
})
