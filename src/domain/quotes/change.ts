import type { Day } from '../day.ts'
import type { Id } from '../ids.ts'
import type { SubscriptionTerm } from '../subscriptions/subscription.ts'

type Terms = { readonly edition: string; readonly size: number | null }

/** How paid support comes about: where there was none, after it had expired, after its end, or up to a chosen day. */
export const supportActs = ['bought', 'renewed', 'extended', 'aligned'] as const
export type SupportAct = (typeof supportActs)[number]

/** What a line of a quote does once it is paid, for a machine. */
export type QuoteChange =
  /** New licenses, with years of support from the day they are issued. */
  | ({
      readonly kind: 'license-new'
      readonly product: string
      readonly licenses: number
      readonly supportYears: number
    } & Terms)
  /** A new subscription, whose first term begins on the day it is issued. */
  | {
      readonly kind: 'subscription-new'
      readonly product: string
      readonly edition: string
      readonly channels: number
      readonly term: SubscriptionTerm
    }
  /** More users or workstations, a higher edition. */
  | { readonly kind: 'license-upgrade'; readonly license: Id<'license'>; readonly from: Terms; readonly to: Terms }
  /** What the support of an upgraded license costs more for the days that are paid already: it changes nothing by itself. */
  | { readonly kind: 'support-upgrade'; readonly license: Id<'license'> }
  /** More channels of a subscription. */
  | { readonly kind: 'channels'; readonly license: Id<'license'>; readonly from: number; readonly to: number }
  /** Another term of a subscription that no provider renews. */
  | {
      readonly kind: 'subscription-term'
      readonly license: Id<'license'>
      readonly startsOn: Day
      readonly endsOn: Day
    }
  /** Days of support. */
  | {
      readonly kind: 'support'
      readonly license: Id<'license'>
      readonly act: SupportAct
      readonly startsOn: Day
      readonly endsOn: Day
    }
  /** More server licenses of an account. */
  | { readonly kind: 'server-licenses'; readonly product: string; readonly quantity: number }
  /** An amount that is paid into the balance. */
  | { readonly kind: 'top-up' }
