import { type LoginRow, listLogins } from '#src/db/sub-logins.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

const place = { value: 'string' } as const

/** The logins of one's own account, in the order in which they came. */
export const loginList = (): List<LoginRow> => ({
  read: (reach, { limit, cursor }) => listLogins(reach, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ value: row.id }),
})
