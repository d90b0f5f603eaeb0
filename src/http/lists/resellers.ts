import { listResellers, type ResellerRow } from '#src/db/resellers.ts'
import type { ResellerFilter } from '#src/domain/accounts/reseller.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

const place = { value: 'string' } as const

/** The sellers below under a filter, by login. */
export const resellerList = (filter: ResellerFilter): List<ResellerRow> => ({
  read: (reach, { limit, cursor }) => listResellers(reach, filter, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ value: row.loginKey }),
})
