import { type EmailChangeRow, listEmailChanges } from '#src/db/email-changes.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

const place = { value: 'string' } as const

/** The changes of e-mails of one's own account that are under way, in the order in which they were asked for. */
export const emailChangeList = (now: Date): List<EmailChangeRow> => ({
  read: (reach, { limit, cursor }) => listEmailChanges(reach, now, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ value: row.id }),
})
