import { mostLicenses } from '../orders/entitlement.ts'
import { refuse } from '../refusal.ts'
import type { LicenseItem, QuoteItem } from './item.ts'
import { linesOfLicense } from './license-lines.ts'
import { linesOfOffer } from './offer-lines.ts'
import { atItem, type Priced, together, wrong } from './priced.ts'
import type { PriceList, Quotable } from './quotable.ts'
import type { LicenseBasis } from './quote.ts'
import { lineOfTopUp } from './top-up-line.ts'

/** The most items of one quote. */
export const mostItems = 100

const alone = 'Top up in a quote of its own'

/** A quote as it was reckoned: its lines, what they stand on, and what is due. */
export type Reckoned = Priced & { readonly licenses: readonly LicenseBasis[]; readonly totalMinor: number }

/**
 * Reckons what items come to, on one day and in one currency. Nothing is kept: the same for a live total and for a quote.
 * `licenses` are those of the account that the items name. Refuses `not-found` where one is not there, `invalid-request`
 * with each field by its item (`items/0/size`), and what `linesOfLicense`, `linesOfOffer` and `lineOfTopUp` refuse.
 */
export function reckonQuote(items: readonly QuoteItem[], licenses: readonly Quotable[], list: PriceList): Reckoned {
  const named = new Set<string>()
  const licenseOf = ({ license }: LicenseItem): Quotable => {
    if (named.has(license)) wrong('license', 'It stands in an item before: ask for everything in one')
    named.add(license)
    return licenses.find((one) => one.id === license) ?? refuse({ code: 'not-found' })
  }
  const linesOf = (item: QuoteItem): Priced => {
    if ('topUp' in item) return items.length > 1 ? wrong('topUp', alone) : lineOfTopUp(item, list.currency)
    return 'license' in item ? linesOfLicense(licenseOf(item), item, list) : linesOfOffer(item, list)
  }
  let issued = 0
  const withRoom = (priced: Priced): Priced => {
    issued += issuedBy(priced)
    if (issued > mostLicenses) wrong('quantity', tooMany(issued))
    return priced
  }
  const priced = together(items.map((item, i) => atItem(i, () => withRoom(linesOf(item)))))
  const totalMinor = priced.lines.reduce((sum, line) => sum + line.dueMinor, 0)
  return { ...priced, licenses: licenses.filter(({ id }) => named.has(id)).map(basisOf), totalMinor }
}

const issuedBy = ({ lines }: Priced): number =>
  lines.reduce((sum, { change }) => sum + (change.kind === 'license-new' ? change.licenses : 0), 0)

const tooMany = (issued: number): string =>
  `A quote issues at most ${mostLicenses} licenses, and with this it would be ${issued}: buy the rest with another`

const basisOf = ({ id, accountId, kind, editionCode, size, endsOn, supportEndsOn }: Quotable): LicenseBasis => ({
  ...{ id, accountId, kind, editionCode, size, endsOn, supportEndsOn },
})
