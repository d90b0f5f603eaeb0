import type { Day } from '#src/domain/day.ts'
import type { SubscriptionTerm } from '#src/domain/subscriptions/subscription.ts'

/** Who pays, as far as the portal knows; the shop asks for what is missing. */
export type Payer = {
  readonly email: string
  readonly name: string
  readonly country: string | null
  /** The provider's own account of this customer, where one is known. */
  readonly providerAccountId: string | null
}

/** A line to be paid, with its price as quoted: the buyer cannot change it. */
export type WantedLine = {
  /** The provider's product that stands for it; `null`: the one that stands for lines of quotes. */
  readonly path: string | null
  readonly text: string
  readonly dueMinor: number
}

/** What comes back with the order, so that it is known for what it paid. */
export type CheckoutTags = { readonly quote: string; readonly checkout: string; readonly account: string }

/** What a session at the provider is to hold. */
export type WantedSession = {
  readonly tags: CheckoutTags
  readonly payer: Payer
  readonly currency: string
  readonly lines: readonly WantedLine[]
  /** No payment is wanted after this. */
  readonly validUntil: Date
}

/** What a payment method is to be charged with, the buyer not being there. */
export type WantedCharge = Pick<WantedSession, 'payer' | 'currency' | 'lines'> & {
  /** Charged once, however often it is asked for under the same key. */
  readonly key: string
  readonly token: string
  readonly tags: { readonly quote: string; readonly account: string }
}

/** `accepted`: its signed word will say that it is paid; `declined` with the provider's reason. */
export type Charged = { readonly outcome: 'accepted' } | { readonly outcome: 'declined'; readonly why: string }

/** A session at the provider: its id, the address of its page, and until when it takes a payment. */
export type OpenedSession = { readonly id: string; readonly url: string; readonly expiresAt: Date }

/** The provider's script that opens a session over the page. */
export type Popup = { readonly scriptUrl: string; readonly storefront: string }

/** What a provider is asked of a subscription that it charges: to end with its term, or to go on. */
export type ShopAct = 'cancel' | 'resume'

/** A subscription at the provider with what the portal knows of it, and what is wanted of it. */
export type WantedChange = {
  readonly id: string
  readonly act: ShopAct
  readonly quantity: number
  readonly term: SubscriptionTerm
  readonly startsOn: Day
  readonly endsOn: Day
}

/** The provider did not do what it was asked: it is away, or refuses what the portal sends. */
export class ShopUnavailable extends Error {
  override readonly name = 'ShopUnavailable'
}

/** Where payments are made: FastSpring, the sandbox shop of development, or nowhere. Nothing is granted on its word. */
export type CheckoutGateway = {
  /** The provider's name in rows; `null` where payments are not taken. */
  readonly provider: 'fastspring' | 'sandbox' | null
  /** Whether test orders are its business: of a store in test, and of the sandbox shop. Elsewhere nothing was paid by them. */
  readonly takesTests: boolean
  /** Where sessions can be opened over the page. */
  readonly popup: Popup | null
  /** Origins that a page with a checkout on it must let in, beside its own. */
  readonly origins: readonly string[]
  /** Opens a session with locked prices. Throws `ShopUnavailable`. */
  open(wanted: WantedSession, at: Date): Promise<OpenedSession>
  /** Charges a payment method; `null` where the provider charges nobody without them. Throws `ShopUnavailable`. */
  readonly charge: ((wanted: WantedCharge, at: Date) => Promise<Charged>) | null
  /** Where an account adds and changes its payment methods, at the provider; `null` where it cannot. Throws `ShopUnavailable`. */
  walletOf(account: { readonly id: string; readonly providerAccountId: string | null }): Promise<string | null>
  /** The address where an open session is paid. */
  pageOf(sessionId: string): string
  /** Asks for a change of a subscription; its webhook tells what came of it. Throws `ShopUnavailable`. */
  changeSubscription(wanted: WantedChange, at: Date): Promise<void>
  /** A post of events that the provider holds as not processed, as its webhooks are; `null` where it keeps none. */
  unprocessed(): Promise<{ readonly body: Uint8Array; readonly more: boolean } | null>
  /** Tells the provider that events are processed. */
  markProcessed(eventIds: readonly string[]): Promise<void>
}

const closed = (): never => {
  throw new ShopUnavailable('No payment provider is configured')
}

/** A portal that takes no payments: production before a provider is configured. */
export const noCheckout: CheckoutGateway = {
  provider: null,
  takesTests: false,
  popup: null,
  origins: [],
  open: async () => closed(),
  charge: null,
  walletOf: async () => null,
  pageOf: closed,
  changeSubscription: async () => closed(),
  unprocessed: async () => null,
  markProcessed: async () => {},
}
