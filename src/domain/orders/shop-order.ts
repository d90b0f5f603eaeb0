/** Who bought, as the shop was told. */
export type Buyer = {
  readonly firstName: string
  readonly lastName: string
  readonly company: string | null
  readonly email: string
  readonly phone: string | null
}

/** A line of an order as the shop tells it; what it stands for is for the catalog to say. */
export type ShopOrderItem = {
  readonly path: string
  readonly sku: string | null
  readonly display: string
  readonly quantity: number
  readonly subtotalMinor: number
  readonly providerSubscriptionId: string | null
}

/** A paid order as a payment provider tells it, in the words of the domain. */
export type ShopOrder = {
  readonly provider: string
  readonly providerOrderId: string
  readonly providerAccountId: string | null
  readonly reference: string
  /** False for the provider's test orders. */
  readonly live: boolean
  readonly orderedAt: Date
  readonly buyer: Buyer
  readonly country: string | null
  readonly city: string | null
  readonly postalCode: string | null
  readonly region: string | null
  readonly currency: string
  readonly totalMinor: number
  readonly taxMinor: number
  readonly invoiceUrl: string | null
  readonly items: readonly ShopOrderItem[]
  /** What a checkout of the portal gave along; `null` for what was bought in the shop itself. */
  readonly tags: { readonly quote: string; readonly checkout: string | null } | null
}

/** What a buyer is called: their company, or else "First Last", or else their e-mail. */
export const buyerName = ({ company, firstName, lastName, email }: Buyer): string =>
  company ?? (`${firstName} ${lastName}`.trim() || email)
