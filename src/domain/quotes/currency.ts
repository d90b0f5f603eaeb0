import type { Tier } from './offered.ts'

type Priced = { readonly prices: readonly (Tier & { readonly currency: string })[] }

/** What the vendor's prices are first written in; whoever bought before goes on in what they paid in. */
export const firstCurrency = 'EUR'

/**
 * The currency of a quote: the one the account paid in last where there are prices in it, else the first. A quote is in
 * one currency and nothing is ever converted.
 */
export const currencyFor = (paidIn: string | null, offers: readonly Priced[]): string =>
  paidIn !== null && offers.some(({ prices }) => prices.some(({ currency }) => currency === paidIn))
    ? paidIn
    : firstCurrency

/** Offers with their prices in one currency alone. */
export const offersIn = <O extends Priced>(offers: readonly O[], currency: string) =>
  offers.map(({ prices, ...offer }) => ({ ...offer, tiers: prices.filter((one) => one.currency === currency) }))
