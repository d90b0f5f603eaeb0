import type { Day } from '../day.ts'
import { refuse } from '../refusal.ts'
import type { LicenseItem } from './item.ts'
import type { Terms } from './offered.ts'
import { type Priced, together, wrong } from './priced.ts'
import type { PriceList, Quotable } from './quotable.ts'
import { linesOfSubscription } from './subscription-lines.ts'
import { supportForYears, supportUntil } from './support-lines.ts'
import { perpetualUpgrade, supportUpgrade, timeBasedUpgrade } from './upgrade-lines.ts'

/**
 * What an item costs that names a license: more users or workstations, a higher edition, support, further terms. Refuses
 * `invalid-request` field by field, `not-an-upgrade`, `offer-withdrawn`, `not-sold-for-money`, `subscription-of-shop`.
 */
export function linesOfLicense(license: Quotable, item: LicenseItem, list: PriceList): Priced {
  if (license.kind === 'trial') wrong('license', 'A trial is not upgraded: buy a license of the product instead')
  if (license.kind === 'subscription') return linesOfSubscription(license, item, list)
  if (license.endsOn !== null) wrong('license', 'It was refunded and has ended: buy a new license instead')
  if (item.terms !== undefined) wrong('terms', 'Only a subscription has terms')
  const from = { product: license.productCode, edition: license.editionCode, size: license.size }
  const to = wantedTerms(license, item, list)
  const isUpgrade = to.edition !== from.edition || to.size !== from.size
  if (!isUpgrade && !item.supportYears && !item.supportUntil) {
    wrong(
      item.size === undefined && item.edition !== undefined ? 'edition' : 'size',
      'It has that already: choose more, or years of support',
    )
  }
  if (license.pricingRule === 'time-based') return timeBased({ license, from, to }, isUpgrade, item, list)
  const upgrade = isUpgrade
    ? [perpetualUpgrade({ license, from, to }, list), supportUpgrade({ license, from, to }, list)]
    : []
  return together([...upgrade, ...supportOf({ license, terms: to, endsOn: license.supportEndsOn }, item, list)])
}

type Change = { readonly license: Quotable; readonly from: Terms; readonly to: Terms }

/** What is paid by the year is renewed from today where it has ended, before anything is added to it (Decision 9). */
function timeBased({ license, from, to }: Change, isUpgrade: boolean, item: LicenseItem, list: PriceList): Priced {
  const { supportEndsOn: endsOn } = license
  if (!isUpgrade) return together(supportOf({ license, terms: to, endsOn }, item, list))
  if (endsOn !== null && endsOn >= list.today) {
    const upgrade = timeBasedUpgrade({ license, from, to }, endsOn, list)
    return together([upgrade, ...supportOf({ license, terms: to, endsOn }, item, list)])
  }
  const first = item.supportUntil ? item : { ...item, supportYears: item.supportYears || 1 }
  const [renewal] = supportOf({ license, terms: from, endsOn }, first, list)
  const until = renewal?.lines[0]?.endsOn
  if (!renewal || !until) return refuse({ code: 'not-sold-for-money' })
  return together([renewal, timeBasedUpgrade({ license, from, to }, until, list)])
}

type Supporting = { readonly license: Quotable; readonly terms: Terms; readonly endsOn: Day | null }

function supportOf(supporting: Supporting, { supportYears, supportUntil: until }: LicenseItem, list: PriceList) {
  if (supportYears && until) wrong('supportUntil', 'Ask for years or for a day, not for both')
  if (until) return [supportUntil(supporting, until, list)]
  return supportYears ? [supportForYears(supporting, supportYears, list)] : []
}

const holds = (size: number | null): number => size ?? Number.POSITIVE_INFINITY

/** Edition and size that are asked for; what is left out stays. Nothing gets less. */
function wantedTerms(license: Quotable, { size: typed, edition }: LicenseItem, { offers }: PriceList): Terms {
  const { productCode: product, editionCode, unit } = license
  const size = typed === undefined ? license.size : typed === 'unlimited' ? null : typed
  const wanted = edition ?? editionCode
  const sold = offers.filter((one) => one.productCode === product && one.kind === 'license' && one.sold)
  const rank = sold.find((one) => one.editionCode === wanted)?.rank
  if (wanted !== editionCode && rank === undefined) {
    wrong('edition', `Choose one of ${[...new Set(sold.map((one) => one.editionCode))].join(', ')}`)
  }
  if ((rank ?? license.editionRank) < license.editionRank)
    wrong('edition', `It is the ${license.editionName} edition already: choose the same or a higher one`)
  if (holds(size) < holds(license.size))
    wrong('size', `It is for ${license.size ?? 'unlimited'} ${unit}s already: choose as many or more`)
  const isThere = wanted === editionCode && size === license.size
  const fits =
    isThere || sold.some((one) => one.editionCode === wanted && (one.perUnit ? size !== null : one.size === size))
  if (!fits) wrong('size', sizesOf(sold.filter((one) => one.editionCode === wanted)))
  return { product, edition: wanted, size }
}

function sizesOf(sold: PriceList['offers']): string {
  if (sold.some(({ perUnit }) => perUnit)) return 'Write a whole number'
  return sold.length === 0
    ? 'Nothing above it is sold'
    : `Choose one of ${sold.map((one) => one.size ?? 'unlimited').join(', ')}`
}
