import { type CatalogOffer, creditsOf, offerAs } from '../catalog/catalog-offer.ts'
import { type Exchange, type Held, together } from '../credits/exchange.ts'
import type { Day } from '../day.ts'
import { type FieldError, type Refusal, refuse } from '../refusal.ts'
import { startedYearsLeft } from '../support/extension.ts'
import type { LicenseKind } from './license.ts'

/** What of a license decides its upgrade. */
export type Upgradable = {
  readonly productCode: string
  readonly editionCode: string
  readonly editionRank: number
  readonly size: number | null
  readonly kind: LicenseKind
  readonly orderReference: string | null
  readonly supportEndsOn: Day | null
  /** Whether its owner was given the product. */
  readonly given: boolean
}

export type Upgrade = { readonly edition: string; readonly size: number | null; readonly exchanges: Exchange[] }

/**
 * Why a license is not upgraded with credits, or `null`: one bought in the shop is upgraded there; a trial is made
 * permanent and a subscription has channels instead.
 */
export function whyNotUpgraded({
  kind,
  orderReference,
  given,
}: Pick<Upgradable, 'kind' | 'orderReference' | 'given'>): Refusal | null {
  if (orderReference !== null) return { code: 'license-bought' }
  if (kind !== 'permanent') return { code: 'not-an-upgrade' }
  return given ? null : { code: 'product-not-given' }
}

/** Whether lists offer to upgrade it: whether anything higher is sold is told on the way. */
export const isUpgradable = ({ kind, orderReference }: Pick<Upgradable, 'kind' | 'orderReference'>): boolean =>
  kind === 'permanent' && orderReference === null

const holds = (size: number | null): number => size ?? Number.POSITIVE_INFINITY

/** Whether an offer takes nothing away from a license and adds something: a size, or a higher edition. */
export const isHigher = (
  license: Pick<Upgradable, 'editionRank' | 'size'>,
  { rank, ...offer }: CatalogOffer,
  size = offer.size,
): boolean =>
  rank >= license.editionRank &&
  holds(size) >= holds(license.size) &&
  (rank > license.editionRank || holds(size) > holds(license.size))

/**
 * What an upgrade costs (Decision 4): one credit of the new offer is spent and one of the old returned; so it is, for
 * each started year of support that is left, with the offers of their support. By the unit a license counts as many
 * credits as it has units. Nothing is returned that was not paid with credits for this license: what was granted free
 * stays free of return, and credits are conserved. Refuses `license-bought`, `not-an-upgrade`, `product-not-given`,
 * `offer-withdrawn`.
 */
export function upgradeOf(
  license: Upgradable,
  wanted: { readonly edition: string; readonly size: number | null },
  { offers, paid, today }: { offers: readonly CatalogOffer[]; paid: Held; today: Day },
): Upgrade {
  const why = whyNotUpgraded(license)
  if (why) return refuse(why)
  const { edition, size } = wanted
  const product = license.productCode
  const offer = offerAs(offers, { kind: 'license', product, edition, size })
  if (!offer?.sold) return refuse({ code: 'offer-withdrawn' })
  if (!isHigher(license, offer, size)) return refuse({ code: 'not-an-upgrade' })
  const years = startedYearsLeft(license.supportEndsOn, today)
  const support = offerAs(offers, { kind: 'support', product, edition, size })
  if (years > 0 && !support?.sold) return refuse({ code: 'offer-withdrawn' })
  const old = { product, edition: license.editionCode, size: license.size }
  const spending = [
    { offerCode: offer.code, spent: creditsOf(offer, size), returned: 0 },
    ...(support && years > 0
      ? [{ offerCode: support.code, spent: years * creditsOf(support, size), returned: 0 }]
      : []),
  ]
  const returning = [
    returnOf(offerAs(offers, { kind: 'license', ...old }), 1, license.size, paid),
    returnOf(offerAs(offers, { kind: 'support', ...old }), years, license.size, paid),
  ].filter((one) => one !== null)
  return { edition, size, exchanges: together([...spending, ...returning]) }
}

function returnOf(old: CatalogOffer | undefined, times: number, size: number | null, paid: Held): Exchange | null {
  if (!old) return null
  const returned = Math.min(times * creditsOf(old, size), paid[old.code] ?? 0)
  return returned > 0 ? { offerCode: old.code, spent: 0, returned } : null
}

/** The most units that a license is for. */
export const largestSize = 1_000_000

const sizeError = (detail: string): FieldError => ({ pointer: 'size', code: 'invalid', detail })

/** Reads a typed size, `null` for unlimited. Refuses `invalid-request` with what can be chosen instead. */
export function upgradeSizeFrom(typed: string, offers: readonly CatalogOffer[]): number | null {
  const text = typed.trim()
  if (text === 'unlimited') return null
  const size = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (size >= 1 && size <= largestSize) return size
  const licenses = offers.filter(({ kind, sold }) => kind === 'license' && sold)
  const sizes = [...new Set(licenses.map((offer) => offer.size ?? 'unlimited'))]
  const detail = licenses.some(({ perUnit }) => perUnit)
    ? 'Write a whole number from 1 to 1,000,000'
    : `Choose one of ${sizes.join(', ')}`
  return refuse({ code: 'invalid-request', errors: [sizeError(detail)] })
}
