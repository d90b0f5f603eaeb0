import { accountOperations } from './account.ts'
import { activationKeyOperations } from './activation-keys.ts'
import { activationOperations } from './activations.ts'
import { apiKeyOperations } from './api-keys.ts'
import { billingOperations } from './billing.ts'
import { checkoutOperations } from './checkouts.ts'
import { computerActOperations } from './computer-acts.ts'
import { computerGroupOperations } from './computer-groups.ts'
import { computerOperations } from './computers.ts'
import { creditOperations } from './credits.ts'
import { emailChangeOperations } from './email-changes.ts'
import { eventOperations } from './events.ts'
import { invoiceOperations } from './invoices.ts'
import { jobOperations } from './jobs.ts'
import { licenseFileOperations } from './license-files.ts'
import { licenseOperations } from './licenses.ts'
import { loginOperations } from './logins.ts'
import { offerOperations } from './offers.ts'
import type { Operation } from './operation.ts'
import { orderOperations } from './orders.ts'
import { outboxOperations } from './outbox.ts'
import { paymentOperations } from './payments.ts'
import { productOperations } from './products.ts'
import { quoteOperations } from './quotes.ts'
import { reportOperations } from './reports.ts'
import { resellerOperations } from './resellers.ts'
import { rootOperations } from './root.ts'
import { subscriptionOperations } from './subscriptions.ts'
import { supportOperations } from './support.ts'
import { warningOperations } from './warnings.ts'

/** Every call of the API, in the order of the reference page. A noun that gets calls adds its file here. */
export const operations: readonly Operation[] = [
  ...rootOperations,
  ...licenseOperations,
  ...productOperations,
  ...activationKeyOperations,
  ...activationOperations,
  ...computerOperations,
  ...computerActOperations,
  ...computerGroupOperations,
  ...licenseFileOperations,
  ...supportOperations,
  ...subscriptionOperations,
  ...orderOperations,
  ...offerOperations,
  ...quoteOperations,
  ...checkoutOperations,
  ...paymentOperations,
  ...billingOperations,
  ...invoiceOperations,
  ...resellerOperations,
  ...creditOperations,
  ...accountOperations,
  ...apiKeyOperations,
  ...loginOperations,
  ...emailChangeOperations,
  ...reportOperations,
  ...warningOperations,
  ...eventOperations,
  ...jobOperations,
  ...outboxOperations,
]
