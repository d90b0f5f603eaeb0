import { type AccountKind, accountKinds } from '../accounts/account.ts'
import { type Act, allows } from '../accounts/acts.ts'
import { type Role, roles } from '../accounts/permissions.ts'
import type { Day } from '../day.ts'
import { type EventAction, type SubjectKind, subjectKinds } from './actions.ts'

/** Which lines of the audit trail a list shows, among those of the kinds of thing that the reader may see. */
export type EventFilter = {
  /** Who did it: the id of a login, an account, a key, or of the shop or a job. */
  readonly actor: string | null
  readonly action: EventAction | null
  readonly subject: string | null
  readonly from: Day | null
  readonly to: Day | null
}

/** Who may see a thing may see what happened to it (Decision 11); and everybody what they did to their own login and sessions. */
export const actToSee: Record<SubjectKind, Act> = {
  account: 'account.follow',
  'activation-key': 'license.read',
  'api-key': 'api-key.read',
  balance: 'billing.read',
  computer: 'computer.read',
  'computer-group': 'computer.read',
  credit: 'credit.read',
  invoice: 'invoice.read',
  job: 'job.read',
  letter: 'letter.read',
  license: 'license.read',
  login: 'login.read',
  order: 'order.read',
  payment: 'payment.read',
  'payment-method': 'billing.read',
  quote: 'quote.read',
  report: 'report.read',
  session: 'login.read',
  subscription: 'license.read',
  support: 'license.read',
}

/** The kinds of thing that somebody may see. */
export const kindsSeen = (accountKind: AccountKind, role: Role | null, isMaster = false): SubjectKind[] =>
  subjectKinds.filter((kind) => allows({ accountKind, role, access: 'read', isMaster }, actToSee[kind]))

/**
 * The kinds for everybody there is, by `account kind/role/master` (no role: an order number; 1: the master). The database knows who asks, so
 * a query picks the entry itself, and the list is still one round trip.
 */
export const kindsByReader: Readonly<Record<string, readonly SubjectKind[]>> = Object.fromEntries(
  accountKinds.flatMap((kind) =>
    [...roles, null].flatMap((role) =>
      [0, 1].map((master) => [`${kind}/${role ?? ''}/${master}`, kindsSeen(kind, role, master === 1)]),
    ),
  ),
)
