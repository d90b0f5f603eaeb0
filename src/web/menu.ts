import { type Actor, hasServerProducts } from '#src/domain/accounts/actor.ts'
import { type Act, allows } from '#src/domain/accounts/acts.ts'
import { formatMoney } from '#src/domain/money.ts'
import type { MenuEntry } from '#views/layouts/portal.tsx'
import { paths } from '#views/paths.ts'
import { familiesIn } from './server-menu.ts'

/**
 * An entry for whoever may do the act; `sellers` leaves out customers, `logins` whoever signed in without one or, where it is false, with one, `servers`
 * whoever has no product for servers or, where it is false, whoever has one; `prepaid` whoever pays from no balance, which then
 * stands beside the label (R162). The vendor may have a name of its own for it.
 */
type Line = MenuEntry & {
  readonly act?: Act
  readonly sellers?: true
  readonly logins?: boolean
  readonly servers?: boolean
  readonly prepaid?: true
  readonly ofVendor?: string
}

/** The menu from top to bottom, above and below the products for servers. A page that stands in it adds its line here. */
const first: readonly Line[] = [
  { href: paths.home, label: 'Home' },
  { href: paths.products, label: 'Products', act: 'product.read' },
]
const lines: readonly Line[] = [
  { href: paths.digests, label: 'To do', act: 'digest.read' },
  { href: paths.activationKeys, label: 'Activation keys', act: 'activation-key.read', sellers: true },
  { href: paths.activationKeys, label: 'All activation keys', act: 'activation-key.read', servers: true },
  { href: paths.computers, label: 'Computers', act: 'computer.read', servers: false },
  { href: paths.computers, label: 'All servers', act: 'computer.read', servers: true },
  { href: paths.support, label: 'Support', act: 'support.read', sellers: true },
  { href: paths.subscriptions, label: 'Subscriptions', act: 'subscription.read' },
  { href: paths.resellers, label: 'Resellers', act: 'reseller.read', ofVendor: 'Partners' },
  { href: paths.credits, label: 'Credits', act: 'credit.read' },
  { href: paths.billing, label: 'Billing', act: 'billing.read', prepaid: true },
  { href: paths.invoices, label: 'Invoices', act: 'invoice.read', servers: true },
  { href: paths.orders, label: 'Orders', act: 'order.read' },
  { href: paths.payments, label: 'Payments', act: 'payment.read' },
  { href: paths.reports, label: 'Reports', act: 'report.read' },
  { href: paths.masterLogins, label: 'Master logins', act: 'two-factor.reset-master' },
  { href: paths.jobs, label: 'Jobs', act: 'job.read' },
  { href: paths.outbox, label: 'Outbox', act: 'letter.read' },
  { href: paths.events, label: 'Events', act: 'event.read' },
  { href: paths.documentation, label: 'Documentation' },
]

/** What is about whoever is signed in, beside "Sign out". */
const ownLines: readonly Line[] = [
  { href: paths.newPassword, label: 'Add a password', logins: false },
  { href: paths.ownSessions, label: 'Sessions', logins: false },
  { href: paths.settings, label: 'Settings', logins: true },
]

/** The entries of the menu that lead somewhere for whoever is asking. */
export function menuOf(actor: Actor): readonly MenuEntry[] {
  if (actor.mustChangePassword || actor.mustAddFactor) return []
  const families = hasServerProducts(actor) ? familiesIn(actor) : []
  return [...entriesOf(actor, first), ...families, ...entriesOf(actor, lines)]
}

/** The entries of the user's own menu. */
export const ownMenuOf = (actor: Actor): readonly MenuEntry[] =>
  actor.mustChangePassword || actor.mustAddFactor ? [] : entriesOf(actor, ownLines)

const entriesOf = (actor: Actor, all: readonly Line[]): MenuEntry[] => all.filter(isFor(actor)).map(namedFor(actor))

const namedFor =
  (actor: Actor) =>
  ({ href, label, ofVendor, prepaid }: Line): MenuEntry => ({
    ...(href ? { href } : {}),
    label: (actor.accountKind === 'vendor' && ofVendor) || (prepaid ? withBalance(label, actor) : label),
  })

const withBalance = (label: string, { balance }: Actor): string =>
  balance ? `${label}: ${formatMoney(balance)}` : label

const isFor =
  (actor: Actor) =>
  ({ act, sellers, logins, servers, prepaid }: Line): boolean =>
    (!act || allows(actor, act)) &&
    !(sellers && actor.accountKind === 'customer') &&
    !(prepaid && actor.serverProducts.length === 0 && !actor.balance) &&
    (logins === undefined || logins === (actor.loginId !== null)) &&
    (servers === undefined || servers === hasServerProducts(actor))
