import { insertCreditEntry, offerIsSold, offerWasGiven } from '#src/db/credits.ts'
import { expect } from '#src/db/expect.ts'
import { insertSupportPeriods } from '#src/db/license-issue.ts'
import type { NamedLicense } from '#src/db/license-terms.ts'
import type { Write } from '#src/db/query.ts'
import type { EventAction } from '#src/domain/events/actions.ts'
import type { Id } from '#src/domain/ids.ts'
import { type GoodRenewal, totalsOf } from '#src/domain/support/renewal.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

type Paying = {
  readonly by: By
  readonly action: Extract<EventAction, 'support.extended' | 'support.started'>
  readonly years: number
}

/** The statements of one paid stretch of support: the credits of the license's owner, the days, the audit trail's line. */
export function payForSupport(
  deps: Deps,
  { by, action, years }: Paying,
  supportId: Id<'support'>,
  { license, startsOn, endsOn, offerCode, credits }: GoodRenewal<NamedLicense>,
): Write[] {
  const { accountId, id: licenseId, serial: name } = license
  const createdAt = deps.now()
  return [
    insertCreditEntry({
      ...{ id: deps.newId('creditEntry'), accountId, offerCode, amount: -credits, reason: 'spent', licenseId },
      ...{ actorId: by.id, createdAt },
    }),
    ...insertSupportPeriods([
      { id: deps.newId('supportPeriod'), supportId, startsOn, endsOn, source: 'credit', createdAt },
    ]),
    record(deps, by, {
      ...{ action, accountId, subject: { kind: 'support', id: supportId, name } },
      after: { startsOn, endsOn, years },
    }),
  ]
}

/** Each offer that is paid with must be sold, and its product given to whoever pays. */
export const offersStillStand = (paid: readonly GoodRenewal<NamedLicense>[]): Write[] =>
  totalsOf(paid).flatMap(({ accountId, offerCode }) => [
    expect('offer-withdrawn', offerIsSold(offerCode)),
    expect('product-not-given', offerWasGiven(accountId, offerCode)),
  ])

/** What each owner pays, for the refusal that says who has too little. */
export const needsOf = (paid: readonly GoodRenewal<NamedLicense>[]) =>
  totalsOf(paid).map(({ accountId, offerCode, credits }) => ({ accountId, offer: offerCode, quantity: credits }))
