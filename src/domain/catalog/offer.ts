export const units = ['user', 'workstation', 'channel', 'server'] as const
export type Unit = (typeof units)[number]

/** Rule A prices what is added; rule B prices what is added for the days left (Decision 9). */
export const pricingRules = ['perpetual', 'time-based'] as const
export type PricingRule = (typeof pricingRules)[number]

export const offerKinds = ['license', 'support'] as const
export type OfferKind = (typeof offerKinds)[number]

/** A license's size: a number of its product's unit, or without a limit. */
export type Size = number | 'unlimited'

export const sizeOf = (stored: number | null): Size => stored ?? 'unlimited'

/** An offer's code: `remote-access/pro/10`, and for years of support `remote-access/pro/10/support`. */
export const offerCode = (product: string, edition: string, size: Size, kind: OfferKind = 'license'): string =>
  `${product}/${edition}/${size}${kind === 'support' ? '/support' : ''}`

/** `10 users`, `1 user`, `unlimited users`. */
export const sizeInWords = (size: Size, unit: Unit): string => `${size} ${unit}${size === 1 ? '' : 's'}`
