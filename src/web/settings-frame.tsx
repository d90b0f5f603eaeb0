import type { Actor } from '#src/domain/accounts/actor.ts'
import { type Act, allows } from '#src/domain/accounts/acts.ts'
import type { HttpContext } from '#src/http/context.ts'
import { SettingsTabs, type Tab } from '#views/components/settings-tabs.tsx'
import type { Frame } from '#views/layouts/portal.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** The tabs of the settings from left to right, each for whoever has a login and may do the act. */
const tabs: readonly (Tab & { readonly act?: Act })[] = [
  { href: paths.settings, label: 'Personal' },
  { href: paths.company, label: 'Company', act: 'account.follow' },
  { href: paths.billingContact, label: 'Billing contact', act: 'account.follow' },
  { href: paths.warnings, label: 'Warnings', act: 'account.follow' },
  { href: paths.formats, label: 'Formats' },
  { href: paths.email, label: 'E-mail' },
  { href: paths.password, label: 'Password' },
  { href: paths.twoFactor, label: 'Two-factor' },
  { href: paths.ownSessions, label: 'Sessions' },
  { href: paths.logins, label: 'Logins', act: 'login.read' },
  { href: paths.apiKeys, label: 'API keys', act: 'api-key.read' },
]

/** The frame of a page of the settings: with the tabs that lead somewhere for whoever is asking. */
export function settingsFrameOf(c: HttpContext, actor: Actor): Frame {
  const shown = isOpen(actor) ? tabs.filter(({ act }) => !act || allows(actor, act)) : []
  return { ...frameOf(c, actor), above: <SettingsTabs tabs={shown} path={c.req.path} /> }
}

/** Not before a password or a second factor that is due, and for logins alone. */
const isOpen = (actor: Actor): boolean => actor.loginId !== null && !actor.mustChangePassword && !actor.mustAddFactor
