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

/**
 * The trail's line of a change to somebody's second factor, and the letter to its owner, always sent; `account` is whose
 * login did it where that is not the owner's, `alsoTo` another address to tell.
 */
export function tellOwner(
  deps: Deps,
  by: By,
  owner: Owner,
  action: EventAction,
  what: TwoFactorLetter['what'],
  more: { readonly until?: Date; readonly account?: string; readonly alsoTo?: string } = {},
): { letterIds: Id<'letter'>[]; writes: Write[] } {
  const { id, accountId, name, email } = owner
  const at = deps.now().toISOString()
  const until = more.until ? { until: more.until.toISOString() } : {}
  const from = more.account ? `${by.name} of ${more.account}` : by.name
  const letters = [email, ...(more.alsoTo && more.alsoTo !== email ? [more.alsoTo] : [])].map((to) => {
    const letterId = deps.newId('letter')
    const params = { what, name, by: from, address: by.address, at, ...until }
    return {
      letterId,
      write: post(deps, { id: letterId, template: 'two-factor', accountId, to, once: letterId, params }),
    }
  })
  return {
    letterIds: letters.map(({ letterId }) => letterId),
    writes: [
      record(deps, by, { action, accountId, subject: { kind: 'login', id, name }, after: until }),
      ...letters.map(({ write }) => write),
    ],
  }
}
