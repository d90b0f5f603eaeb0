import type { SubscriptionRow } from '#src/db/subscriptions.ts'
import type { Day } from '#src/domain/day.ts'
import { subscriptionState } from '#src/domain/subscriptions/subscription.ts'
import type { Column } from '#src/http/csv.ts'

/** Subscriptions for people: words as headings. */
export const subscriptionColumns = (today: Day): readonly Column<SubscriptionRow>[] => [
  ['Serial number', (row) => row.serial],
  ['Software', (row) => row.productName],
  ['Channels', (row) => row.channels],
  ['Customer', (row) => row.email],
  ['Owner', (row) => row.ownerName],
  ['State', (row) => subscriptionState(row, today)],
  ['Term', (row) => row.term],
  ['Started', (row) => row.startsOn],
  ['Term ends on', (row) => row.endsOn],
  ['Activation key', (row) => row.activationKey],
  ['Comment', (row) => row.comment],
]
