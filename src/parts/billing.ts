import { billingCalls } from '#src/api/billing.ts'
import { billingPages } from '#src/web/billing.tsx'
import { partOf } from './part.ts'

/** Prepaid balances and invoices. */
export const billing = partOf({ calls: [billingCalls], pages: [billingPages] })
