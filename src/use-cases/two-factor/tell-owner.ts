import type { Write } from '#src/db/query.ts'
import type { EventAction } from '#src/domain/events/actions.ts'
import type { Id } from '#src/domain/ids.ts'
import type { TwoFactorLetter } from '#views/letters/two-factor.ts'
import type { Deps } from '../deps.ts'
import { type By, post, record } from '../record.ts'

type Owner = {
  readonly id: Id<'login'>
  readonly accountId: Id<'account'>
  readonly name: string
  readonly email: string
}

/** The trail's line of a change to somebody's second factor, and the letter to its owner: always sent. */
export function tellOwner(
  deps: Deps,
  by: By,
  owner: Owner,
  action: EventAction,
  what: TwoFactorLetter['what'],
  more: { readonly until?: Date } = {},
): { letterId: Id<'letter'>; writes: Write[] } {
  const { id, accountId, name, email } = owner
  const letterId = deps.newId('letter')
  const at = deps.now().toISOString()
  const until = more.until ? { until: more.until.toISOString() } : {}
  return {
    letterId,
    writes: [
      record(deps, by, { action, accountId, subject: { kind: 'login', id, name }, after: until }),
      post(deps, {
        ...{ id: letterId, template: 'two-factor', accountId, to: email, once: letterId },
        params: { what, name, by: by.name, address: by.address, at, ...until },
      }),
    ],
  }
}
