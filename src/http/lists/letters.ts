import { type LetterRow, listLetters } from '#src/db/outbox-lists.ts'
import type { LetterFilter } from '#src/domain/outbox.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

/** Letters of the outbox under a filter. */
export const letterList = (filter: LetterFilter): List<LetterRow> => ({
  read: (reach, { limit, cursor }) => listLetters(reach, filter, { limit, ...placeAfter(cursor, { id: 'string' }) }),
  cursorAfter: ({ id }) => cursorAfter({ id }),
})
