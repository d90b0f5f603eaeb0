import { checkoutCalls } from '#src/api/checkouts.ts'
import { paymentCalls } from '#src/api/payments.ts'
import { quoteCalls } from '#src/api/quotes.ts'
import { webhooks } from '#src/api/webhooks.ts'
import { checkoutPages } from '#src/web/checkouts.tsx'
import { paymentPages } from '#src/web/payments.tsx'
import { quotePages } from '#src/web/quotes.tsx'
import { sandboxShopPages } from '#src/web/sandbox-shop.tsx'
import { partOf } from './part.ts'

/** Where things are bought and paid: loaded by whoever buys, and when the provider tells of it. */
export const shop = partOf({
  hooks: [webhooks],
  calls: [quoteCalls, checkoutCalls, paymentCalls],
  pages: [quotePages, checkoutPages, paymentPages, sandboxShopPages],
})
