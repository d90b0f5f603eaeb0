import type { PricingRule, Unit } from '../catalog/offer.ts'
import type { Day } from '../day.ts'
import type { Id } from '../ids.ts'
import type { SubscriptionTerm } from '../subscriptions/subscription.ts'
import type { Offered } from './offered.ts'
import type { LicenseBasis } from './quote.ts'

/** A license with all that decides what more of it costs. */
export type Quotable = LicenseBasis & {
  readonly serial: string
  readonly productCode: string
  readonly productName: string
  readonly pricingRule: PricingRule
  readonly unit: Unit
  readonly editionName: string
  readonly editionRank: number
  readonly subscription: {
    readonly id: Id<'subscription'>
    readonly term: SubscriptionTerm
    readonly startsOn: Day
    readonly endsOn: Day
    readonly canceled: boolean
    /** The shop charges it by itself. */
    readonly ofShop: boolean
  } | null
}

/** What prices are reckoned with: the offers of the products in question, in one currency, on a day. */
export type PriceList = { readonly offers: readonly Offered[]; readonly currency: string; readonly today: Day }
