import type { Actor } from '#src/domain/accounts/actor.ts'
import { type Act, allows } from '#src/domain/accounts/acts.ts'
import type { Tab } from '#views/components/settings-tabs.tsx'
import { paths } from '#views/paths.ts'

/** The tabs of Billing from left to right (R230 R234). */
const tabs: readonly (Tab & { readonly act: Act })[] = [
  { href: paths.billing, label: 'Balance and top up', act: 'billing.read' },
  { href: paths.costs, label: 'Costs', act: 'billing.read' },
  { href: paths.paymentMethods, label: 'Payment methods', act: 'billing.read' },
  { href: paths.autopayment, label: 'Autopayment', act: 'billing.read' },
  { href: paths.billingInformation, label: 'Billing information', act: 'account.follow' },
]

/** Those that lead somewhere for whoever is asking. */
export const billingTabsOf = (actor: Actor): readonly Tab[] => tabs.filter(({ act }) => allows(actor, act))
