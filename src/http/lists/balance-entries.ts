import { type BalanceEntryRow, listBalanceEntries } from '#src/db/balances.ts'
import type { BalanceFilter } from '#src/domain/billing/entry.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

/** The ledger of the account's balance under a filter, newest first. */
export const balanceEntryList = (filter: BalanceFilter): List<BalanceEntryRow> => ({
  read: (reach, { limit, cursor }) =>
    listBalanceEntries(reach, filter, { limit, ...placeAfter(cursor, { n: 'number' }) }),
  cursorAfter: ({ n }) => cursorAfter({ n }),
})
