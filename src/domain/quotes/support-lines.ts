import { sizeInWords, sizeOf } from '../catalog/offer.ts'
import { addMonths, type Day } from '../day.ts'
import { formatMoney } from '../money.ts'
import { nextPeriod } from '../support/extension.ts'
import type { SupportAct } from './change.ts'
import { basisOf, type Terms, type Worth, worthToBuy } from './offered.ts'
import { inFull, type Priced, wrong } from './priced.ts'
import type { PriceList, Quotable } from './quotable.ts'
import { amountFor, between, wordsOf } from './span.ts'

/** How many years ahead supports may be brought to one end. */
const mostYearsAhead = 3

type Supporting = { readonly license: Quotable; readonly terms: Terms; readonly endsOn: Day | null }

/** Whole years of support: from the day after its end, or from today where there is none (Decision 12). */
export function supportForYears({ license, terms, endsOn }: Supporting, years: number, list: PriceList): Priced {
  const worth = worthToBuy(list.offers, 'support', terms)
  const period = nextPeriod(endsOn, years, list.today)
  const act = actOf(endsOn, list.today)
  const price = formatMoney({ minor: worth.minor, currency: list.currency })
  const reckoning = `${years === 1 ? 'A year' : `${years} years`} × ${price}`
  return supportLine(license, worth, { ...period, act, reckoning, listMinor: worth.minor * years }, list)
}

/** Support up to a chosen day, by the day, so that several end together (R308). Refuses a day that adds nothing. */
export function supportUntil({ license, terms, endsOn }: Supporting, until: Day, list: PriceList): Priced {
  const worth = worthToBuy(list.offers, 'support', terms)
  const { startsOn } = nextPeriod(endsOn, 1, list.today)
  if (until < startsOn) wrong('supportUntil', `Its support lasts until ${endsOn ?? list.today}: choose a later day`)
  if (until > addMonths(list.today, 12 * mostYearsAhead))
    wrong('supportUntil', `Choose a day within ${mostYearsAhead} years`)
  const span = between(startsOn, until)
  const price = formatMoney({ minor: worth.minor, currency: list.currency })
  const days = { startsOn, endsOn: until, act: 'aligned' as const }
  const amounts = { reckoning: `${price} a year × ${wordsOf(span)}`, listMinor: amountFor(worth.minor, span) }
  return supportLine(license, worth, { ...days, ...amounts }, list)
}

const actOf = (endsOn: Day | null, today: Day): SupportAct =>
  endsOn === null ? 'bought' : endsOn < today ? 'renewed' : 'extended'

type Paid = { startsOn: Day; endsOn: Day; act: SupportAct; reckoning: string; listMinor: number }

function supportLine(license: Quotable, worth: Worth, { act, ...paid }: Paid, { today }: PriceList): Priced {
  const { offer, units } = worth
  const { startsOn, endsOn } = paid
  const size = sizeOf(offer.perUnit ? units : offer.size)
  const what = `${offer.productName} ${offer.editionName}, ${sizeInWords(size, offer.unit)}`
  const line = inFull({
    ...{ ...paid, text: `Support for ${what} from ${startsOn} to ${endsOn} (${license.serial})` },
    ...{ change: { kind: 'support', license: license.id, act, startsOn, endsOn }, quantity: 1, offerCode: offer.code },
  })
  return { lines: [line], prices: basisOf(worth), lastDay: validUntil(license, today) }
}

const validUntil = ({ supportEndsOn }: Quotable, today: Day): Day | null =>
  supportEndsOn !== null && supportEndsOn >= today ? supportEndsOn : null
