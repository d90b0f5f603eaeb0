import { checkoutCalls } from '#src/api/checkouts.ts'
import { offerCalls } from '#src/api/offers.ts'
import { paymentCalls } from '#src/api/payments.ts'
import { quoteCalls } from '#src/api/quotes.ts'
import { webhooks } from '#src/api/webhooks.ts'
import { cartPages } from '#src/web/cart.tsx'
import { catalogPages } from '#src/web/catalog.tsx'
import { checkoutPages } from '#src/web/checkouts.tsx'
import { paymentPages } from '#src/web/payments.tsx'
import { quotePages } from '#src/web/quotes.tsx'
import { sandboxShopPages } from '#src/web/sandbox-shop.tsx'
import { partOf } from './part.ts'

/** Where things are bought and paid: loaded by whoever buys, and when the provider tells of it. */
export const shop = partOf({
  hooks: [webhooks],
  calls: [offerCalls, quoteCalls, checkoutCalls, paymentCalls],
  pages: [catalogPages, cartPages, quotePages, checkoutPages, paymentPages, sandboxShopPages],
})
