import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { licenseIsStill, listNamedLicenses, listOffersOf, type NamedLicense } from '#src/db/license-terms.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { yearsError } from '#src/domain/support/extension.ts'
import { type GoodRenewal, isGood, mostRenewals, renewalOf } from '#src/domain/support/renewal.ts'
import { type Asking, readAs } from '../admit.ts'
import { withinOwnersCredits } from '../credits/within-owners-credits.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import { needsOf, offersStillStand, payForSupport } from './pay-support.ts'

export type SupportExtension = {
  /** Of supports, at most a hundred. */
  readonly ids: readonly string[]
  readonly years: number
  /** The ends that were shown, where somebody looked first: support that was extended since is not extended again. */
  readonly seen?: Readonly<Record<string, Day>>
}

/** Days that were added to a support. */
export type Extended = { readonly id: Id<'support'>; readonly startsOn: Day; readonly endsOn: Day }

/**
 * Extends support by years, one or many in one act, all or nothing: what is valid from the day after its end, what has
 * expired from today (Decision 12). The account that owns each license pays a credit of its support offer for each year.
 * Of two at once the second is told. Refuses `not-found`, `invalid-request`, `license-bought`, `product-not-given`,
 * `offer-withdrawn`, `insufficient-credits` with the figures, `version-mismatch`, `idempotency-key-reused`.
 */
export async function extendSupport(
  deps: Deps,
  asking: Asking,
  { ids, years, seen = {} }: SupportExtension,
  once: Once | null,
): Promise<readonly Extended[]> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    listNamedLicenses(reach, ids),
    listOffersOf(reach, ids),
    earlier(asking, once),
  ])
  const [licenses, offers, answered] = rows
  const replay = replayOf<readonly Extended[]>(once, answered)
  if (replay) return replay.response
  if (years < 1 || years > 3) refuse({ code: 'invalid-request', errors: [yearsError] })
  const wanted = supportsAmong(licenses, ids)
  if (wanted.some(({ supportId, supportEndsOn }) => (seen[supportId] ?? supportEndsOn) !== supportEndsOn)) {
    refuse({ code: 'version-mismatch' })
  }
  const today = dayOf(deps.now())
  const renewals = wanted.map((license) => goodOf(renewalOf(license, { years, offers, today })))
  const act = { by: byActor(actor, asking), action: 'support.extended', years } as const
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...wanted.map((license) => expect('version-mismatch', licenseIsStill(license))),
    ...offersStillStand(renewals),
    ...renewals.flatMap((renewal) => payForSupport(deps, act, renewal.license.supportId, renewal)),
  ]
  const response = renewals.map(({ license, startsOn, endsOn }) => ({ id: license.supportId, startsOn, endsOn }))
  await withinOwnersCredits(deps, needsOf(renewals), () =>
    commitOnce(deps, asking, once, writes, { status: 201, response }),
  )
  return response
}

type WithSupport = NamedLicense & { readonly supportId: Id<'support'>; readonly supportEndsOn: Day }

/** The licenses of all supports that are named, or nothing of it: one that is not there is not found. */
function supportsAmong(licenses: readonly NamedLicense[], ids: readonly string[]): WithSupport[] {
  const wanted = new Set(ids)
  const found = licenses.filter((one): one is WithSupport => one.supportId !== null && wanted.has(one.supportId))
  if (found.length < wanted.size || wanted.size === 0) refuse({ code: 'not-found' })
  if (wanted.size <= mostRenewals) return found
  const detail = `Choose at most ${mostRenewals} at once`
  return refuse({ code: 'invalid-request', errors: [{ pointer: 'support', code: 'too-big', detail }] })
}

const goodOf = <L>(renewal: ReturnType<typeof renewalOf<L & NamedLicense>>): GoodRenewal<L & NamedLicense> =>
  isGood(renewal) ? renewal : refuse(renewal.refusal)
