import { billingCalls } from '#src/api/billing.ts'
import { invoiceCalls } from '#src/api/invoices.ts'
import { paymentMethodCalls } from '#src/api/payment-methods.ts'
import { autopaymentPages } from '#src/web/autopayment.tsx'
import { billingPages } from '#src/web/billing.tsx'
import { costPages } from '#src/web/costs.tsx'
import { invoicePages } from '#src/web/invoices.tsx'
import { paymentMethodPages } from '#src/web/payment-methods.tsx'
import { partOf } from './part.ts'

/** Prepaid balances and invoices. */
export const billing = partOf({
  calls: [billingCalls, paymentMethodCalls, invoiceCalls],
  pages: [billingPages, costPages, paymentMethodPages, autopaymentPages, invoicePages],
})
