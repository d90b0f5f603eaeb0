import { insertActivationKey } from '#src/db/license-issue.ts'
import type { Write } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import { keyCodeFrom } from '#src/domain/licenses/serial.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'
import type { PaidQuote } from './read-paid-quote.ts'

type Key = { readonly id: Id<'activationKey'>; readonly code: string; readonly writes: readonly Write[] }

/** The key that what an account buys joins: its default one, or the one that these statements make (Decision 5). */
export function keyOfPayer(deps: Deps, by: By, { id: accountId, key: own }: PaidQuote['payer']): Key {
  if (own) return { ...own, writes: [] }
  const key = { id: deps.newId('activationKey'), code: keyCodeFrom(deps.random(16)) }
  return {
    ...key,
    writes: [
      insertActivationKey({ ...key, accountId, name: 'Default', isDefault: true, createdAt: deps.now() }),
      record(deps, by, {
        action: 'activation-key.created',
        accountId,
        subject: { kind: 'activation-key', id: key.id, name: 'Default' },
        after: { name: 'Default', default: true },
      }),
    ],
  }
}
