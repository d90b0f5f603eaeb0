import { stillStands } from '#src/db/actors.ts'
import { insertCreditEntry, offerIsSold, offerWasGiven } from '#src/db/credits.ts'
import { expect } from '#src/db/expect.ts'
import {
  licenseIsStill,
  listNamedLicenses,
  listOffersOf,
  listPaid,
  type NamedLicense,
  returnSomeCredits,
  updateLicenseTerms,
} from '#src/db/license-terms.ts'
import type { CatalogOffer } from '#src/domain/catalog/catalog-offer.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { paidFor } from '#src/domain/credits/exchange.ts'
import { dayOf } from '#src/domain/day.ts'
import { type Upgrade, upgradeOf, upgradeSizeFrom } from '#src/domain/licenses/upgrade.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import { withinCredits } from '../credits/within-credits.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/** What a license becomes; what is left out stays. `size` as typed: a number, or `unlimited`. */
export type WantedUpgrade = {
  readonly id: string
  readonly size?: string | undefined
  readonly edition?: string | undefined
}

/**
 * Gives a license more users or a higher edition and pays it with credits of the account that owns it (`upgradeOf` says
 * how many). Returns the license as it then is. Of several at once one is done. Refuses `not-found`, `license-bought`,
 * `not-an-upgrade`, `product-not-given`, `offer-withdrawn`, `invalid-request`, `insufficient-credits` with the figures,
 * `version-mismatch`, `idempotency-key-reused`.
 */
export async function upgradeLicense(
  deps: Deps,
  asking: Asking,
  wanted: WantedUpgrade,
  once: Once | null,
): Promise<NamedLicense> {
  const { actor, license, offers, plan, replay } = await planOf(deps, asking, wanted, once)
  if (replay) return license
  const { id, accountId, serial: name } = license
  const by = byActor(actor, asking)
  const moved = { licenseId: id, actorId: by.id }
  const upgraded = { ...license, ...termsOf(plan, offers), version: license.version + 1 }
  const spending = plan.exchanges.filter(({ spent }) => spent > 0)
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('version-mismatch', licenseIsStill(license)),
    ...spending.map(({ offerCode }) => expect('offer-withdrawn', offerIsSold(offerCode))),
    ...spending.map(({ offerCode }) => expect('product-not-given', offerWasGiven(accountId, offerCode))),
    ...plan.exchanges
      .filter(({ returned }) => returned > 0)
      .map(({ offerCode, returned: quantity }) =>
        returnSomeCredits({ ...moved, id: deps.newId('creditEntry'), offerCode, quantity, at: deps.now() }),
      ),
    ...spending.map(({ offerCode, spent }) =>
      insertCreditEntry({
        ...{ ...moved, id: deps.newId('creditEntry'), accountId, offerCode, amount: -spent, reason: 'spent' },
        createdAt: deps.now(),
      }),
    ),
    updateLicenseTerms(id, plan.edition, plan.size),
    record(deps, by, {
      ...{ action: 'license.upgraded', accountId, subject: { kind: 'license', id, name } },
      before: { edition: license.editionName, size: sizeOf(license.size) },
      after: { edition: upgraded.editionName, size: sizeOf(upgraded.size) },
    }),
  ]
  const needs = spending.map(({ offerCode, spent }) => ({ offer: offerCode, quantity: spent }))
  try {
    await withinCredits(deps, accountId, needs, () =>
      commitOnce(deps, asking, once, writes, { status: 201, response: { id } }),
    )
    return upgraded
  } catch (error) {
    if (!(error instanceof Refused && error.refusal.code === 'version-mismatch')) throw error
    await planOf(deps, asking, wanted, null)
    throw error
  }
}

async function planOf(deps: Deps, asking: Asking, { id, ...wanted }: WantedUpgrade, once: Once | null) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    listNamedLicenses(reach, [id]),
    listOffersOf(reach, [id]),
    listPaid(reach, [id]),
    earlier(asking, once),
  ])
  const [[license], offers, paid, answered] = rows
  if (license?.id !== id) return refuse({ code: 'not-found' })
  const today = dayOf(deps.now())
  if (replayOf(once, answered)) return { actor, license, offers, plan: nothing(license), replay: true }
  const size = wanted.size === undefined ? license.size : upgradeSizeFrom(wanted.size, offers)
  const edition = wanted.edition ?? license.editionCode
  const plan = upgradeOf(license, { edition, size }, { offers, paid: paidFor(paid, license.id), today })
  return { actor, license, offers, plan, replay: false }
}

const nothing = ({ editionCode: edition, size }: NamedLicense): Upgrade => ({ edition, size, exchanges: [] })

/** Edition and size of a license after its upgrade. */
function termsOf({ edition, size }: Upgrade, offers: readonly CatalogOffer[]) {
  const { editionName = edition, rank = 0 } = offers.find((one) => one.editionCode === edition) ?? {}
  return { editionCode: edition, editionName, editionRank: rank, size }
}
