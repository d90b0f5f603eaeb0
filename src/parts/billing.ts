import { billingCalls } from '#src/api/billing.ts'
import { paymentMethodCalls } from '#src/api/payment-methods.ts'
import { autopaymentPages } from '#src/web/autopayment.tsx'
import { billingPages } from '#src/web/billing.tsx'
import { costPages } from '#src/web/costs.tsx'
import { paymentMethodPages } from '#src/web/payment-methods.tsx'
import { partOf } from './part.ts'

/** Prepaid balances and invoices. */
export const billing = partOf({
  calls: [billingCalls, paymentMethodCalls],
  pages: [billingPages, costPages, paymentMethodPages, autopaymentPages],
})
