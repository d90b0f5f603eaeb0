import type { Actor } from '#src/domain/accounts/actor.ts'
import { type Act, allows } from '#src/domain/accounts/acts.ts'
import type { MenuEntry } from '#views/layouts/portal.tsx'
import { paths } from '#views/paths.ts'

/**
 * An entry for whoever may do the act; `sellers` leaves out customers, `logins` whoever signed in without one. The vendor
 * may have a name of its own for it.
 */
type Line = MenuEntry & {
  readonly act?: Act
  readonly sellers?: true
  readonly logins?: true
  readonly ofVendor?: string
}

/** The menu from top to bottom. A page that stands in it adds its line here. */
const lines: readonly Line[] = [
  { href: paths.home, label: 'Home' },
  { href: paths.activationKeys, label: 'Activation keys', act: 'activation-key.read', sellers: true },
  { href: paths.support, label: 'Support', act: 'support.read', sellers: true },
  { href: paths.subscriptions, label: 'Subscriptions', act: 'subscription.read' },
  { href: paths.resellers, label: 'Resellers', act: 'reseller.read', ofVendor: 'Partners' },
  { href: paths.credits, label: 'Credits', act: 'credit.read' },
  { href: paths.orders, label: 'Orders', act: 'order.read' },
  { href: paths.events, label: 'Events', act: 'event.read' },
  { href: paths.password, label: 'Password', logins: true },
  { href: paths.documentation, label: 'Documentation' },
]

/** The entries of the menu that lead somewhere for whoever is asking. */
export const menuOf = (actor: Actor): MenuEntry[] =>
  actor.mustChangePassword ? [] : lines.filter(isFor(actor)).map(namedFor(actor))

const namedFor =
  (actor: Actor) =>
  ({ href, label, ofVendor }: Line): MenuEntry => ({
    href,
    label: (actor.accountKind === 'vendor' && ofVendor) || label,
  })

const isFor =
  (actor: Actor) =>
  ({ act, sellers, logins }: Line): boolean =>
    (!act || allows(actor, act)) &&
    !(sellers && actor.accountKind === 'customer') &&
    !(logins && actor.loginId === null)
