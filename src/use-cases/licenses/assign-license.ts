import { findActivationKey } from '#src/db/activation-keys.ts'
import { stillStands } from '#src/db/actors.ts'
import { listGivenProducts, listSoldOffers, offerIsSold, productIsGiven } from '#src/db/assignable.ts'
import { expect } from '#src/db/expect.ts'
import { keyIsAlive } from '#src/db/key-writes.ts'
import { findLicense } from '#src/db/licenses.ts'
import { type AssignmentDraft, assignmentFrom, isAssignable, needsOf } from '#src/domain/licenses/assignment.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ownKey } from '../activation-keys/own-key.ts'
import { type Asking, readAs } from '../admit.ts'
import { withinCredits } from '../credits/within-credits.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import { type AssignedLicense, issueAssigned } from './issue-assigned.ts'
import { makePermanent } from './make-permanent.ts'

export type LicenseAssignment = AssignmentDraft & {
  readonly keyId: string
  readonly product: string
  /** The trial on this key that becomes permanent; empty for a new license. */
  readonly trial: string
}

/**
 * Assigns a license, with years of support where wanted, to a key of the account and spends its credits; a trial spends
 * none (Decision 4). With `trial`, that license becomes permanent instead. Refuses `not-found`, `forbidden`,
 * `product-not-given`, `invalid-request`, `trial-too-long`, `offer-withdrawn`, `insufficient-credits` with the figures,
 * `trial-used` without telling whose, `version-mismatch`, `idempotency-key-reused`.
 */
export async function assignLicense(
  deps: Deps,
  asking: Asking,
  { keyId, product: code, trial: trialId, ...draft }: LicenseAssignment,
  once: Once | null,
): Promise<Answer<AssignedLicense>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findActivationKey(reach, keyId),
    listGivenProducts(reach),
    listSoldOffers(reach, code),
    findLicense(reach, trialId),
    earlier(asking, once),
  ])
  const key = ownKey(rows[0])
  const replay = replayOf<AssignedLicense>(once, rows[4])
  if (replay) return replay
  const product = rows[1].find((one) => one.code === code)
  if (!product || (key.productCode !== null && key.productCode !== code)) return refuse({ code: 'product-not-given' })
  if (product.withdrawnAt !== null) refuse({ code: 'offer-withdrawn' })
  if (!isAssignable(product)) refuse({ code: 'invalid-request', errors: [notAssigned] })
  const trial = trialId === '' ? null : (rows[3][0] ?? refuse({ code: 'not-found' }))
  const wanted = { ...draft, ...(trial ? { kind: 'permanent', email: trial.email, comment: '' } : {}) }
  const assignment = assignmentFrom(wanted, { product, offers: rows[2], sellerEmail: actor.account.email })
  const needs = needsOf(assignment)
  const context = { accountId: actor.account.id, by: byActor(actor, asking), key, product, assignment, needs }
  const { writes, license } = trial ? makePermanent(deps, context, trial) : issueAssigned(deps, context)
  const expectations = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('not-found', keyIsAlive(key.id, key.accountId)),
    expect('product-not-given', productIsGiven(key.accountId, code)),
    expect('offer-withdrawn', offerIsSold(assignment.license.offerCode)),
    ...(assignment.support ? [expect('offer-withdrawn', offerIsSold(assignment.support.offerCode))] : []),
  ]
  const spent = needs.map(({ offerCode: offer, quantity }) => ({ offer, quantity }))
  const answer = { status: trial ? 200 : 201, response: license }
  return withinCredits(deps, key.accountId, spent, () =>
    commitOnce(deps, asking, once, [...expectations, ...writes], answer),
  )
}

const notAssigned = {
  pointer: 'product',
  code: 'not-assigned',
  detail: 'This product is not assigned to keys: generate a subscription of it, or ask the vendor',
}
