import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { insertSupports } from '#src/db/license-issue.ts'
import { hasNoSupport, licenseIsStill, listNamedLicenses, listOffersOf } from '#src/db/license-terms.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { yearsError } from '#src/domain/support/extension.ts'
import { isGood, renewalOf } from '#src/domain/support/renewal.ts'
import { type Asking, readAs } from '../admit.ts'
import { withinOwnersCredits } from '../credits/within-owners-credits.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import type { Extended } from './extend-support.ts'
import { needsOf, offersStillStand, payForSupport } from './pay-support.ts'

/**
 * Gives a license that has none years of support from today, paid by its owner with a credit of the support offer for
 * each year (R108). Refuses `not-found`, `invalid-request`, `support-there`, `license-bought`, `product-not-given`,
 * `offer-withdrawn`, `insufficient-credits` with the figures, `version-mismatch`, `idempotency-key-reused`.
 */
export async function addSupport(
  deps: Deps,
  asking: Asking,
  { id, years }: { readonly id: string; readonly years: number },
  once: Once | null,
): Promise<Extended> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    listNamedLicenses(reach, [id]),
    listOffersOf(reach, [id]),
    earlier(asking, once),
  ])
  const [[license], offers, answered] = rows
  if (license?.id !== id) return refuse({ code: 'not-found' })
  const replay = replayOf<Extended>(once, answered)
  if (replay) return replay.response
  if (years < 1 || years > 3) refuse({ code: 'invalid-request', errors: [yearsError] })
  if (license.supportId !== null) refuse({ code: 'support-there' })
  const paid = renewalOf(license, { years, offers, today: dayOf(deps.now()) })
  if (!isGood(paid)) return refuse(paid.refusal)
  const { startsOn, endsOn } = paid
  const supportId = deps.newId('support')
  const act = { by: byActor(actor, asking), action: 'support.started', years } as const
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('support-there', hasNoSupport(license.id)),
    expect('version-mismatch', licenseIsStill(license)),
    ...offersStillStand([paid]),
    ...insertSupports([{ id: supportId, licenseId: license.id, startsOn, endsOn, createdAt: deps.now() }]),
    ...payForSupport(deps, act, supportId, paid),
  ]
  const response = { id: supportId, startsOn, endsOn }
  await withinOwnersCredits(deps, needsOf([paid]), () =>
    commitOnce(deps, asking, once, writes, { status: 201, response }),
  )
  return response
}
