import type { accounts, apiKeys, logins } from '#src/db/schema/accounts.ts'
import type { balanceEntries, billingAccounts, billingPlans, charges, paymentMethods } from '#src/db/schema/billing.ts'
import type { accountProducts, creditEntries } from '#src/db/schema/catalog.ts'
import type { activations, computerGroups, computers, removals } from '#src/db/schema/computers.ts'
import type { activationKeys, formerCodes, licenses, supportPeriods, supports } from '#src/db/schema/licenses.ts'
import type { contacts, orderItems, orders, providerEvents } from '#src/db/schema/orders.ts'
import type { payments } from '#src/db/schema/payments.ts'
import type { emailChanges, invitations } from '#src/db/schema/people.ts'
import type { checkouts, quoteLines, quotes } from '#src/db/schema/quotes.ts'
import type { events, outbox } from '#src/db/schema/records.ts'
import type { reportRecipients, reports } from '#src/db/schema/reports.ts'
import type { subscriptions } from '#src/db/schema/sellers.ts'

type New<T extends { $inferInsert: object }> = T['$inferInsert'][]

/** The rows of the world, gathered story by story before anything is written. */
export type World = {
  /** Everything that ends, checks in or was made lately is told from here. */
  readonly now: Date
  readonly accounts: New<typeof accounts>
  readonly logins: New<typeof logins>
  readonly apiKeys: New<typeof apiKeys>
  readonly invitations: New<typeof invitations>
  readonly emailChanges: New<typeof emailChanges>
  readonly accountProducts: New<typeof accountProducts>
  readonly creditEntries: New<typeof creditEntries>
  readonly activationKeys: New<typeof activationKeys>
  readonly formerCodes: New<typeof formerCodes>
  readonly contacts: New<typeof contacts>
  readonly orders: New<typeof orders>
  readonly orderItems: New<typeof orderItems>
  readonly licenses: New<typeof licenses>
  readonly supports: New<typeof supports>
  readonly supportPeriods: New<typeof supportPeriods>
  readonly computerGroups: New<typeof computerGroups>
  readonly computers: New<typeof computers>
  readonly removals: New<typeof removals>
  readonly activations: New<typeof activations>
  readonly subscriptions: New<typeof subscriptions>
  readonly providerEvents: New<typeof providerEvents>
  readonly payments: New<typeof payments>
  readonly quotes: New<typeof quotes>
  readonly quoteLines: New<typeof quoteLines>
  readonly checkouts: New<typeof checkouts>
  readonly billingAccounts: New<typeof billingAccounts>
  readonly billingPlans: New<typeof billingPlans>
  readonly charges: New<typeof charges>
  readonly balanceEntries: New<typeof balanceEntries>
  readonly paymentMethods: New<typeof paymentMethods>
  readonly reports: New<typeof reports>
  readonly reportRecipients: New<typeof reportRecipients>
  readonly letters: New<typeof outbox>
  readonly events: Omit<typeof events.$inferInsert, 'id'>[]
}

export const emptyWorld = (now: Date): World => ({
  now,
  accounts: [],
  logins: [],
  apiKeys: [],
  invitations: [],
  emailChanges: [],
  accountProducts: [],
  creditEntries: [],
  activationKeys: [],
  formerCodes: [],
  contacts: [],
  orders: [],
  orderItems: [],
  licenses: [],
  supports: [],
  supportPeriods: [],
  computerGroups: [],
  computers: [],
  removals: [],
  activations: [],
  subscriptions: [],
  providerEvents: [],
  payments: [],
  quotes: [],
  quoteLines: [],
  checkouts: [],
  billingAccounts: [],
  billingPlans: [],
  charges: [],
  balanceEntries: [],
  paymentMethods: [],
  reports: [],
  reportRecipients: [],
  letters: [],
  events: [],
})
