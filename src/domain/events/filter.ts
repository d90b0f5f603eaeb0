import type { Act } from '../accounts/acts.ts'
import type { Day } from '../day.ts'
import type { EventAction, SubjectKind } from './actions.ts'

/** Which lines of the audit trail a list shows. `kinds` are the kinds of thing the reader may see. */
export type EventFilter = {
  readonly action: EventAction | null
  readonly subject: string | null
  readonly from: Day | null
  readonly to: Day | null
  readonly kinds: readonly SubjectKind[]
}

/** Who may see a thing may see what happened to it (Decision 11). */
export const actToSee: Record<SubjectKind, Act> = {
  account: 'account.read',
  'activation-key': 'license.read',
  license: 'license.read',
  order: 'order.read',
  session: 'account.read',
  support: 'license.read',
}
