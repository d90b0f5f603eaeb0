import type { offers, prices, shopItems } from '#src/db/schema/catalog.ts'
import { type OfferKind, offerCode, type Size, type Unit } from '#src/domain/catalog/offer.ts'

/** Unit prices in EUR minor units: from this quantity on, this much. */
type Tiers = readonly (readonly [minQuantity: number, eurMinor: number])[]

type Line = {
  readonly product: string
  readonly edition: string
  /** A size of its own, or the unit it is priced by. */
  readonly size: Size | Unit
  readonly sku: string
  readonly per: 'once' | 'month' | 'year'
  readonly eur: Tiers
  /** A year of its support, where there is such a thing. */
  readonly support?: number
}

const userSizes: readonly Size[] = [3, 5, 10, 25, 'unlimited']
const remoteAccess = {
  essentials: [9900, 12900, 19900, 34900, 49900],
  pro: [12900, 16900, 26900, 46900, 69900],
  enterprise: [17900, 23900, 37900, 66900, 99900],
}

const remoteAccessLines: readonly Line[] = Object.entries(remoteAccess).flatMap(([edition, minors]) =>
  minors.map((minor, i): Line => {
    const size = userSizes[i] ?? 'unlimited'
    const sku = `R-${edition.slice(0, 3).toUpperCase()}-${size === 'unlimited' ? 'UNL' : size}`
    return { product: 'remote-access', edition, size, sku, per: 'once', eur: [[1, minor]], support: minor / 5 }
  }),
)

const unitLine = (product: string, unit: Unit, sku: string, per: 'month' | 'year', eur: Tiers, support?: number) => ({
  ...{ product, edition: 'standard', size: unit, sku, per, eur },
  ...(support ? { support } : {}),
})

const monthly = (...minors: readonly number[]): Tiers =>
  minors.map((minor, i) => [[1, 1000, 5000, 10_000][i] ?? 1, minor] as const)

const lines: readonly Line[] = [
  ...remoteAccessLines,
  {
    ...{ product: 'advanced-security', edition: 'essentials', size: 'unlimited', sku: 'K-ESS', per: 'once' },
    ...{ eur: [[1, 5900]], support: 1180 },
  },
  {
    ...{ product: 'advanced-security', edition: 'ultimate', size: 'unlimited', sku: 'K-ULT', per: 'once' },
    ...{ eur: [[1, 13900]], support: 2780 },
  },
  unitLine('remote-work', 'workstation', 'W-STD', 'year', [[1, 10_000]], 10_000),
  unitLine('remote-support', 'channel', 'S-STD', 'year', [
    [1, 24_000],
    [5, 21_600],
    [20, 19_200],
  ]),
  unitLine('live-patching', 'server', 'L-STD', 'month', monthly(395, 345, 295, 245)),
  unitLine('extended-support', 'server', 'X-STD', 'month', monthly(450, 400, 350, 300)),
  unitLine('extended-support-sla', 'server', 'X-SLA', 'month', monthly(900, 800, 700, 600)),
]

const isUnit = (size: Size | Unit): size is Unit => typeof size === 'string' && size !== 'unlimited'

const codeOf = ({ product, edition, size }: Line, kind: OfferKind): string =>
  isUnit(size) ? unitOfferCode(product, edition, size, kind) : offerCode(product, edition, size, kind)

/** The code of an offer that is priced by the unit: `remote-work/standard/workstation`. */
const unitOfferCode = (product: string, edition: string, unit: Unit, kind: OfferKind = 'license'): string =>
  `${product}/${edition}/${unit}${kind === 'support' ? '/support' : ''}`

const kindsOf = (line: Line): OfferKind[] => (line.support ? ['license', 'support'] : ['license'])

export const offerRows: (typeof offers.$inferInsert)[] = lines.flatMap((line) =>
  kindsOf(line).map((kind) => ({
    code: codeOf(line, kind),
    kind,
    productCode: line.product,
    editionCode: line.edition,
    size: typeof line.size === 'number' ? line.size : null,
    perUnit: isUnit(line.size),
    sku: kind === 'support' ? `${line.sku}-S1` : line.sku,
  })),
)

const currencies = [
  ['EUR', 1],
  ['USD', 1.1],
] as const

export const priceRows: (typeof prices.$inferInsert)[] = lines.flatMap((line) =>
  kindsOf(line).flatMap((kind) =>
    currencies.flatMap(([currency, rate]) =>
      (kind === 'support' ? ([[1, line.support ?? 0]] as Tiers) : line.eur).map(([minQuantity, minor]) => ({
        offerCode: codeOf(line, kind),
        currency,
        minQuantity,
        unitMinor: Math.round(minor * rate),
        per: kind === 'support' ? ('year' as const) : line.per,
      })),
    ),
  ),
)

/** How the shop's path says what a line is: `remote-access-pro-10-users`, `remote-work-workstation`. */
const pathOf = ({ product, edition, size }: Line): string => {
  if (isUnit(size)) return `${product}-${size}`
  return product === 'advanced-security' ? `${product}-${edition}` : `${product}-${edition}-${size}-users`
}

type ShopItem = typeof shopItems.$inferInsert

function shopItemsOf(line: Line): ShopItem[] {
  const license = codeOf(line, 'license')
  const path = pathOf(line)
  const quantityIs = isUnit(line.size) ? ('size' as const) : ('licenses' as const)
  if (!line.support) return [{ path, offerCode: license, quantityIs }]
  const year: ShopItem = {
    path: `${path}-support-1-year`,
    offerCode: codeOf(line, 'support'),
    quantityIs,
    supportYears: 1,
  }
  // Rule B: the license is paid by the year, so that a year of support always comes with it.
  if (isUnit(line.size)) return [{ path, offerCode: license, quantityIs, supportYears: 1 }, year]
  return [
    { path, offerCode: license, quantityIs },
    { path: `${path}-with-support`, offerCode: license, quantityIs, supportYears: 1 },
    year,
  ]
}

/** What the shop sells; prepaid servers are not sold there. */
export const shopItemRows: ShopItem[] = lines.filter(({ per }) => per !== 'month').flatMap(shopItemsOf)
