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

/** A session at the provider: its id, the address of its page, and until when it takes a payment. */
export type OpenedSession = { readonly id: string; readonly url: string; readonly expiresAt: Date }

/** The provider's script that opens a session over the page. */
export type Popup = { readonly scriptUrl: string; readonly storefront: string }

/** The provider did not do what it was asked: it is away, or refuses what the portal sends. */
export class ShopUnavailable extends Error {
  override readonly name = 'ShopUnavailable'
}

/** Where payments are made: FastSpring, the sandbox shop of development, or nowhere. Nothing is granted on its word. */
export type CheckoutGateway = {
  /** The provider's name in rows; `null` where payments are not taken. */
  readonly provider: 'fastspring' | 'sandbox' | null
  /** Where sessions can be opened over the page. */
  readonly popup: Popup | null
  /** Origins that a page with a checkout on it must let in, beside its own. */
  readonly origins: readonly string[]
  /** Opens a session with locked prices. Throws `ShopUnavailable`. */
  open(wanted: WantedSession, at: Date): Promise<OpenedSession>
  /** The address where an open session is paid. */
  pageOf(sessionId: string): string
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
  popup: null,
  origins: [],
  open: async () => closed(),
  pageOf: closed,
  unprocessed: async () => null,
  markProcessed: async () => {},
}
