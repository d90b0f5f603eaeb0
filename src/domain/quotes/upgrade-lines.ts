import { sizeInWords, sizeOf } from '../catalog/offer.ts'
import { formatMoney } from '../money.ts'
import { basisOf, type Terms, type Worth, worthOf, worthToBuy } from './offered.ts'
import type { Priced } from './priced.ts'
import type { PriceList, Quotable } from './quotable.ts'
import type { QuoteLine } from './quote.ts'
import { amountFor, leftUntil, type Span, wordsOf } from './span.ts'

type Change = { readonly license: Quotable; readonly from: Terms; readonly to: Terms }

/**
 * What terms cost more than those that are there (Decision 9). By the unit, what is added costs the price of the new
 * total; where edition or size are sold as a whole, the full price of what is there is taken off, whatever was paid last
 * (R302). Never below zero. `listMinor − creditMinor` is due.
 */
function difference(was: Worth, will: Worth): { listMinor: number; creditMinor: number } {
  const sameUnits = will.offer.code === was.offer.code
  const paid = sameUnits ? was.units * will.unitMinor : was.minor
  return { listMinor: will.minor, creditMinor: Math.min(paid, will.minor) }
}

/** The same for some days of a year, with one rounding for what is due. */
function forSpan({ listMinor, creditMinor }: ReturnType<typeof difference>, span: Span) {
  const list = amountFor(listMinor, span)
  const due = amountFor(listMinor - creditMinor, span)
  return { listMinor: list, creditMinor: list - due, dueMinor: due }
}

/** Rule A: a perpetual license is upgraded by what is added (R76). */
export function perpetualUpgrade({ license, from, to }: Change, list: PriceList): Priced {
  const was = worthOf(list.offers, 'license', from)
  const will = worthToBuy(list.offers, 'license', to)
  const { listMinor, creditMinor } = difference(was, will)
  const line = {
    ...upgradeLine(license, from, to, will),
    ...{ reckoning: howMuchMore(was, will, license, list, ''), startsOn: null, endsOn: null },
    ...{ listMinor, creditMinor, dueMinor: listMinor - creditMinor },
  }
  return { lines: [line], prices: [...basisOf(was), ...basisOf(will)], lastDay: null }
}

/** Rule B: what is added costs its share of the year that is paid, for the days that are left of it (R77). */
export function timeBasedUpgrade(
  { license, from, to }: Change,
  endsOn: Quotable['supportEndsOn'] & string,
  list: PriceList,
): Priced {
  const was = worthOf(list.offers, 'license', from)
  const will = worthToBuy(list.offers, 'license', to)
  const span = leftUntil(endsOn, list.today)
  const line = {
    ...upgradeLine(license, from, to, will),
    ...{ reckoning: howMuchMore(was, will, license, list, ` × ${wordsOf(span)} left`), startsOn: list.today, endsOn },
    ...forSpan(difference(was, will), span),
  }
  return { lines: [line], prices: [...basisOf(was), ...basisOf(will)], lastDay: endsOn }
}

/** Support that is paid goes on for what the license becomes: its difference for the days that are left. */
export function supportUpgrade({ license, from, to }: Change, list: PriceList): Priced {
  const { supportEndsOn: endsOn } = license
  if (endsOn === null || endsOn < list.today) return { lines: [], prices: [], lastDay: null }
  const was = worthOf(list.offers, 'support', from)
  const will = worthToBuy(list.offers, 'support', to)
  const span = leftUntil(endsOn, list.today)
  const amounts = forSpan(difference(was, will), span)
  const line: QuoteLine = {
    ...{ text: `Support for the upgrade, until ${endsOn}`, change: { kind: 'support-upgrade', license: license.id } },
    ...{ reckoning: howMuchMore(was, will, license, list, ` × ${wordsOf(span)} left`), startsOn: list.today, endsOn },
    ...{ quantity: 1, offerCode: will.offer.code, ...amounts },
  }
  const prices = [...basisOf(was), ...basisOf(will)]
  return amounts.dueMinor === 0 ? { lines: [], prices: [], lastDay: null } : { lines: [line], prices, lastDay: endsOn }
}

function upgradeLine(license: Quotable, from: Terms, to: Terms, { offer }: Worth) {
  const isEdition = to.edition !== from.edition
  const was = [
    ...(isEdition ? [license.editionName] : []),
    ...(to.size === from.size ? [] : [String(sizeOf(from.size))]),
  ]
  const text = `${offer.productName} ${offer.editionName}, ${sizeInWords(sizeOf(to.size), offer.unit)} instead of ${was.join(', ')} (${license.serial})`
  const { edition, size } = to
  return {
    ...{ text, quantity: 1, offerCode: offer.code },
    change: {
      ...{ kind: 'license-upgrade' as const, license: license.id },
      ...{ from: { edition: from.edition, size: from.size }, to: { edition, size } },
    },
  }
}

/** `3 more workstations × EUR 100.00 × 146 of 365 days left`, `EUR 269.00 − EUR 169.00 for what is there`. */
function howMuchMore(was: Worth, will: Worth, { unit }: Quotable, { currency }: PriceList, days: string): string {
  const money = (minor: number) => formatMoney({ minor, currency })
  const isYearly = days !== ''
  if (will.offer.code === was.offer.code) {
    const more = will.units - was.units
    return `${more} more ${sizeInWords(more, unit).replace(/^\d+ /, '')} × ${money(will.unitMinor)}${isYearly ? ' a year' : ''}${days}`
  }
  const difference = `${money(will.minor)} − ${money(Math.min(was.minor, will.minor))} for what is there`
  return isYearly ? `(${difference}) a year${days}` : difference
}
