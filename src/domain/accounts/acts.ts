import type { AccountKind } from './account.ts'
import { type Permission, permissionHeldBy, type Role } from './permissions.ts'

type Rule = {
  /** The permission a login's role must hold. */
  readonly permission: Permission
  /** The one that a customer's login must hold instead: customers pay in money for what sellers do with credits. */
  readonly ofCustomers?: Permission
  /** The kinds of account that have this act at all. */
  readonly accounts: readonly AccountKind[]
  /** Whether a customer who signed in with an order number may do it (Decision 11). */
  readonly orderNumber: boolean
  /** Whether it changes something: a read-only API key may not. */
  readonly changes: boolean
  /** Whether the account's master login alone has it, whatever the role of others (Decision 11). */
  readonly master?: true
}

const everyone: readonly AccountKind[] = ['vendor', 'partner', 'reseller', 'customer']
const sellers: readonly AccountKind[] = ['vendor', 'partner', 'reseller']
const vendorAlone: readonly AccountKind[] = ['vendor']

/** What the master login alone does: it holds every permission, and no role of others includes these (Decision 11). */
const ofMaster = ({ changes }: Pick<Rule, 'changes'>) =>
  ({ permission: 'account.edit', accounts: everyone, orderNumber: false, changes, master: true }) as const

/** Every act of Portico under one of the fourteen permissions (Decision 11). Routes name an act, never a permission. */
export const acts = {
  'account.follow': { permission: 'account.view', accounts: everyone, orderNumber: false, changes: false },
  'account.edit': { permission: 'account.edit', accounts: everyone, orderNumber: false, changes: true },
  'account.read': { permission: 'account.view', accounts: everyone, orderNumber: true, changes: false },
  'activation-key.create': {
    permission: 'activation-keys.create',
    accounts: everyone,
    orderNumber: false,
    changes: true,
  },
  'activation-key.read': { permission: 'licenses.view', accounts: everyone, orderNumber: true, changes: false },
  'activation-key.remove': {
    permission: 'activation-keys.create',
    accounts: everyone,
    orderNumber: false,
    changes: true,
  },
  'api-key.edit': ofMaster({ changes: true }),
  'api-key.read': ofMaster({ changes: false }),
  /** What an account has prepaid, what it is charged, and why. */
  'billing.read': {
    permission: 'billing.view',
    accounts: ['partner', 'reseller', 'customer'],
    orderNumber: false,
    changes: false,
  },
  'billing.top-up': {
    permission: 'billing.edit',
    accounts: ['partner', 'reseller', 'customer'],
    orderNumber: false,
    changes: true,
  },
  'checkout.create': { permission: 'billing.edit', accounts: everyone, orderNumber: true, changes: true },
  'computer.release': { permission: 'servers.edit', accounts: everyone, orderNumber: true, changes: true },
  'computer.edit': { permission: 'servers.edit', accounts: everyone, orderNumber: false, changes: true },
  'computer.read': { permission: 'licenses.view', accounts: everyone, orderNumber: true, changes: false },
  'computer.rename': { permission: 'servers.edit', accounts: everyone, orderNumber: true, changes: true },
  'computer.activate': { permission: 'servers.edit', accounts: everyone, orderNumber: true, changes: true },
  /** What an upgrade or support would cost: in credits for sellers, in money for customers. */
  'cost.read': {
    permission: 'licenses.order',
    ofCustomers: 'prices.view',
    accounts: everyone,
    orderNumber: true,
    changes: false,
  },
  'credit.give': { permission: 'billing.edit', accounts: sellers, orderNumber: false, changes: true },
  'credit.read': { permission: 'billing.view', accounts: sellers, orderNumber: false, changes: false },
  'digest.read': { permission: 'licenses.view', accounts: sellers, orderNumber: false, changes: false },
  'event.read': { permission: 'products.view', accounts: everyone, orderNumber: true, changes: false },
  /** Documents of the billing; whom they name may be completed. */
  'invoice.edit': {
    permission: 'billing.edit',
    accounts: ['partner', 'reseller', 'customer'],
    orderNumber: false,
    changes: true,
  },
  'invoice.read': {
    permission: 'invoices.view',
    accounts: ['partner', 'reseller', 'customer'],
    orderNumber: false,
    changes: false,
  },
  /** The timetable's runs, and letters on their way: the vendor's back office. */
  'job.read': { permission: 'account.view', accounts: vendorAlone, orderNumber: false, changes: false },
  'job.run': { permission: 'account.edit', accounts: vendorAlone, orderNumber: false, changes: true },
  'letter.read': { permission: 'account.view', accounts: vendorAlone, orderNumber: false, changes: false },
  'letter.resend': { permission: 'account.edit', accounts: vendorAlone, orderNumber: false, changes: true },
  'license.read': { permission: 'licenses.view', accounts: everyone, orderNumber: true, changes: false },
  'license.assign': { permission: 'licenses.order', accounts: sellers, orderNumber: false, changes: true },
  'license.comment': { permission: 'licenses.order', accounts: everyone, orderNumber: true, changes: true },
  'license.delete': { permission: 'licenses.order', accounts: sellers, orderNumber: false, changes: true },
  'license.upgrade': { permission: 'licenses.order', accounts: sellers, orderNumber: false, changes: true },
  'login.edit': ofMaster({ changes: true }),
  'login.read': ofMaster({ changes: false }),
  'order.read': { permission: 'invoices.view', accounts: everyone, orderNumber: true, changes: false },
  'product.read': { permission: 'products.view', accounts: everyone, orderNumber: true, changes: false },
  'payment-method.edit': {
    permission: 'cards.edit',
    accounts: ['partner', 'reseller', 'customer'],
    orderNumber: false,
    changes: true,
  },
  'payment.read': { permission: 'billing.view', accounts: vendorAlone, orderNumber: false, changes: false },
  'payment.settle': { permission: 'billing.edit', accounts: vendorAlone, orderNumber: false, changes: true },
  'quote.create': { permission: 'prices.view', accounts: everyone, orderNumber: true, changes: true },
  'quote.read': { permission: 'prices.view', accounts: everyone, orderNumber: true, changes: false },
  'report.edit': { permission: 'reporting', accounts: everyone, orderNumber: false, changes: true },
  'report.read': { permission: 'reporting', accounts: everyone, orderNumber: false, changes: false },
  'reseller.create': { permission: 'billing.edit', accounts: sellers, orderNumber: false, changes: true },
  'reseller.edit': { permission: 'billing.edit', accounts: sellers, orderNumber: false, changes: true },
  'reseller.read': { permission: 'billing.view', accounts: sellers, orderNumber: false, changes: false },
  /** A customer who pays ends what they pay and takes that back; sellers do it for their customers. */
  'subscription.cancel': {
    permission: 'licenses.order',
    ofCustomers: 'billing.edit',
    accounts: everyone,
    orderNumber: true,
    changes: true,
  },
  'subscription.create': { permission: 'licenses.order', accounts: sellers, orderNumber: false, changes: true },
  'subscription.edit': { permission: 'licenses.order', accounts: sellers, orderNumber: false, changes: true },
  'subscription.read': { permission: 'licenses.view', accounts: everyone, orderNumber: true, changes: false },
  'support.extend': { permission: 'licenses.order', accounts: sellers, orderNumber: false, changes: true },
  'two-factor.oversee': ofMaster({ changes: true }),
  /** The second factor of the master login of an account below, which nobody in that account could reset. */
  'two-factor.reset-master': { ...ofMaster({ changes: true }), accounts: vendorAlone },
  'support.read': { permission: 'licenses.view', accounts: everyone, orderNumber: true, changes: false },
} as const satisfies Record<string, Rule>
export type Act = keyof typeof acts

/** What an actor must tell for `allows` to decide. */
export type Rights = {
  readonly accountKind: AccountKind
  /** `null` for an order-number session: the customer's rights of the seeds and none of the account's. */
  readonly role: Role | null
  readonly access: 'read' | 'write'
  /** Whether it is the account's master login, or a script that acts as it. */
  readonly isMaster?: boolean
}

/** Whether someone may do an act. Menus and buttons ask the same question that refuses the request. */
export function allows(rights: Rights, act: Act, holds = permissionHeldBy): boolean {
  const rule: Rule = acts[act]
  if (rule.changes && rights.access === 'read') return false
  if (!rule.accounts.includes(rights.accountKind)) return false
  if (rule.master && !rights.isMaster) return false
  const { permission, ofCustomers = permission } = rule
  return rights.role === null
    ? rule.orderNumber
    : holds(rights.role, rights.accountKind === 'customer' ? ofCustomers : permission)
}
