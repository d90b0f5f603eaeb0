import type { Actor } from '#src/domain/accounts/actor.ts'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import type { Wanted } from '#src/domain/subscriptions/draft.ts'

type Given = {
  readonly id: Id<'subscription'>
  readonly licenseId: Id<'license'>
  readonly serial: string
  readonly startsOn: Day
  readonly endsOn: Day
  readonly code: string
  readonly actor: Actor
  readonly now: Date
}

/** A subscription as it was generated; plain data, as it is kept to be answered again. */
export const made = (wanted: Wanted, { id, licenseId, serial, startsOn, endsOn, code, actor, now }: Given) => ({
  ...{ id, licenseId, serial, startsOn, endsOn },
  accountId: actor.account.id,
  ownerName: actor.account.name,
  productCode: wanted.software.code,
  productName: wanted.software.name,
  channels: wanted.channels,
  email: wanted.email,
  comment: wanted.comment,
  activationKey: code,
  term: wanted.term,
  canceledAt: null,
  unpaidAt: null,
  providerSubscriptionId: null,
  orderReference: null,
  version: 1,
  /** Milliseconds. */
  createdAt: now.getTime(),
})

export type MadeSubscription = ReturnType<typeof made>
