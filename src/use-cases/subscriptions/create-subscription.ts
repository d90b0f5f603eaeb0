import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { insertLicenses } from '#src/db/license-issue.ts'
import { channelsAreSold, findKeyFor, keyIsThere, listSoftware, softwareIsGiven } from '#src/db/software.ts'
import { insertSubscription } from '#src/db/subscriptions.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { dayOf } from '#src/domain/day.ts'
import { serialFrom } from '#src/domain/licenses/serial.ts'
import { type SubscriptionDraft, wantedFrom } from '#src/domain/subscriptions/draft.ts'
import { lastDayOfTerms } from '#src/domain/subscriptions/subscription.ts'
import { folded } from '#src/domain/text.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { type MadeSubscription, made } from './made-subscription.ts'

/**
 * Generates a subscription: a license for its channels, which renews itself by the term. It costs no credits; the vendor
 * bills it. Refuses `invalid-request` field by field, `product-not-given`, `offer-withdrawn`, `not-found` for a key that
 * was removed meanwhile, `idempotency-key-reused`.
 */
export async function createSubscription(
  deps: Deps,
  asking: Asking,
  draft: SubscriptionDraft,
  once: Once | null,
): Promise<Answer<MadeSubscription>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    listSoftware(reach),
    findKeyFor(reach, draft.product, draft.activationKey.trim()),
    earlier(asking, once),
  ])
  const [given, [key], answered] = rows
  const replay = replayOf<MadeSubscription>(once, answered)
  if (replay) return replay
  const wanted = wantedFrom(draft, given, key !== undefined)
  const { software, channels, email, term, comment } = wanted
  const now = deps.now()
  const startsOn = dayOf(now)
  const endsOn = lastDayOfTerms(startsOn, term, 1)
  const id = deps.newId('subscription')
  const licenseId = deps.newId('license')
  const serial = serialFrom(deps.random(10))
  const accountId = actor.account.id
  const by = byActor(actor, asking)
  const keyId = key?.id as NonNullable<typeof key>['id']
  const after = { product: software.name, channels, email, term, endsOn, ...(comment ? { comment } : {}) }
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('product-not-given', softwareIsGiven(accountId, software.code)),
    expect('offer-withdrawn', channelsAreSold(software.offerCode)),
    expect('not-found', keyIsThere(keyId)),
    ...insertLicenses([
      {
        ...{ id: licenseId, accountId, serial, kind: 'subscription', size: channels, endsOn, boughtOn: startsOn },
        ...{ productCode: software.code, editionCode: software.editionCode, activationKeyId: keyId },
        ...{ email, emailKey: emailKey(email), comment, commentKey: folded(comment), createdAt: now },
      },
    ]),
    insertSubscription({ id, licenseId, term, startsOn, termEndsOn: endsOn, createdAt: now }),
    record(deps, by, {
      action: 'license.created',
      accountId,
      subject: { kind: 'license', id: licenseId, name: serial },
      after: { product: software.name, edition: software.editionName, size: channels, subscription: id },
    }),
    record(deps, by, {
      action: 'subscription.created',
      accountId,
      subject: { kind: 'subscription', id, name: serial },
      after,
    }),
  ]
  const response = made(wanted, { id, licenseId, serial, startsOn, endsOn, code: key?.code ?? '', actor, now })
  return commitOnce(deps, asking, once, writes, { status: 201, response })
}
