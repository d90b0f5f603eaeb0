import { type GroupRow, listComputerGroups } from '#src/db/computer-groups.ts'
import { type ComputerRow, listComputers } from '#src/db/computers.ts'
import type { ComputerFilter } from '#src/domain/computers/filter.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

/** What a cursor of computers holds. */
export const computerPlace = { way: 'number', value: 'string', n: 'number' } as const

export const computerPosition = ({ way, value, n }: ComputerRow) => ({ way, value, n })

/** Computers under a filter. */
export const computerList = (filter: ComputerFilter, now: Date): List<ComputerRow> => ({
  read: (reach, { limit, cursor }) =>
    listComputers(reach, filter, now, { limit, ...placeAfter(cursor, computerPlace) }),
  cursorAfter: (row) => cursorAfter(computerPosition(row)),
})

/** What a cursor of groups holds. */
export const groupPlace = { value: 'string' } as const

/** The account's groups by name. */
export const computerGroupList = (): List<GroupRow> => ({
  read: (reach, { limit, cursor }) => listComputerGroups(reach, { limit, ...placeAfter(cursor, groupPlace) }),
  cursorAfter: (row) => cursorAfter({ value: row.nameKey }),
})
