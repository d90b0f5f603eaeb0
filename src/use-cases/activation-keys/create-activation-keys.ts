import { insertActivationKeys } from '#src/db/activation-keys.ts'
import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { type KeyDraft, keysFrom } from '#src/domain/activation-keys/wanted.ts'
import type { Id } from '#src/domain/ids.ts'
import { keyCodeFrom } from '#src/domain/licenses/serial.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/** A key as it was made; plain data, as it is kept to be answered again. */
export type MadeKey = {
  readonly id: Id<'activationKey'>
  readonly name: string
  readonly code: string
  readonly note: string
  /** Milliseconds. */
  readonly createdAt: number
}

/**
 * Makes one key of a chosen or random code, or many random ones (R93–R98, Decision 5). Refuses `invalid-request`,
 * `idempotency-key-reused`, and `activation-key-taken` without telling whose it is.
 */
export async function createActivationKeys(
  deps: Deps,
  asking: Asking,
  draft: KeyDraft,
  once: Once | null,
): Promise<Answer<readonly MadeKey[]>> {
  const { actor, rows } = await readAs(deps, asking, () => [earlier(asking, once)])
  const replay = replayOf<readonly MadeKey[]>(once, rows[0])
  if (replay) return replay
  const now = deps.now()
  const keys = keysFrom(draft).map(({ code, ...key }) => ({
    ...key,
    id: deps.newId('activationKey'),
    code: code ?? keyCodeFrom(deps.random(16)),
    createdAt: now.getTime(),
  }))
  const accountId = actor.account.id
  const by = byActor(actor, asking)
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    insertActivationKeys(keys.map((key) => ({ ...key, accountId, createdAt: now }))),
    ...keys.map(({ id, name, note }) =>
      record(deps, by, {
        action: 'activation-key.created',
        accountId,
        subject: { kind: 'activation-key', id, name },
        after: { name, ...(note ? { note } : {}) },
      }),
    ),
  ]
  return commitOnce(deps, asking, once, writes, { status: 201, response: keys })
}
