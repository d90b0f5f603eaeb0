import { type EventRow, listEvents } from '#src/db/events.ts'
import type { EventFilter } from '#src/domain/events/filter.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

const place = { value: 'number', n: 'number' } as const

/** The audit trail under a filter, newest first. */
export const eventList = (filter: EventFilter): List<EventRow> => ({
  read: (reach, { limit, cursor }) => listEvents(reach, filter, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ value: row.at.getTime(), n: row.n }),
})
