import type { SubscriptionRow } from '#src/db/subscriptions.ts'
import type { Day } from '#src/domain/day.ts'
import { renewalOf, renewsOn, subscriptionState } from '#src/domain/subscriptions/subscription.ts'
import type { Column } from '#src/http/csv.ts'
import type { MadeSubscription } from '#src/use-cases/subscriptions/made-subscription.ts'

type Shown = Omit<SubscriptionRow, 'createdAt' | 'n' | 'boughtOn' | 'activationKey'> & {
  readonly createdAt: Date | number
  readonly activationKey: string | null
}

/** A subscription as the API shows it, wherever it does. */
export const subscriptionShape = (row: Shown | MadeSubscription, today: Day) => {
  const state = subscriptionState(row, today)
  return {
    id: row.id,
    license: row.licenseId,
    serial: row.serial,
    product: row.productCode,
    channels: row.channels,
    term: row.term,
    state,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    renewal: renewalOf(row),
    renewsOn: renewsOn(row),
    email: row.email,
    comment: row.comment,
    activationKey: row.activationKey,
    account: { id: row.accountId, name: row.ownerName },
    createdAt: new Date(row.createdAt).toISOString(),
  }
}

/** The same for a CSV, flat. */
export const subscriptionColumns = (today: Day): readonly Column<SubscriptionRow>[] => [
  ['id', (row) => row.id],
  ['license', (row) => row.licenseId],
  ['serial', (row) => row.serial],
  ['product', (row) => row.productCode],
  ['channels', (row) => row.channels],
  ['term', (row) => row.term],
  ['renewal', (row) => renewalOf(row)],
  ['state', (row) => subscriptionState(row, today)],
  ['startsOn', (row) => row.startsOn],
  ['endsOn', (row) => row.endsOn],
  ['email', (row) => row.email],
  ['comment', (row) => row.comment],
  ['activationKey', (row) => row.activationKey],
  ['accountId', (row) => row.accountId],
  ['accountName', (row) => row.ownerName],
  ['createdAt', (row) => row.createdAt.toISOString()],
]
