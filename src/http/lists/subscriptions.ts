import { listSubscriptions, type SubscriptionRow } from '#src/db/subscriptions.ts'
import type { Day } from '#src/domain/day.ts'
import type { SubscriptionFilter } from '#src/domain/subscriptions/filter.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

const place = { value: 'string', n: 'number' } as const

/** Subscriptions under a filter, by the day they began. */
export const subscriptionList = (filter: SubscriptionFilter, today: Day): List<SubscriptionRow> => ({
  read: (reach, { limit, cursor }) => listSubscriptions(reach, filter, today, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ value: row.boughtOn, n: row.n }),
})
