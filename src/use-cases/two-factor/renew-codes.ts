import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { findOwnFactor } from '#src/db/two-factor.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import { newCodeWrites } from './recovery-codes.ts'
import { tellOwner } from './tell-owner.ts'

/** Puts new recovery codes in the place of the old ones. Refuses `forbidden`, `two-factor-off`. */
export async function renewCodes(deps: Deps, asking: Asking, setId: string, once: Once | null): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findOwnFactor(reach), earlier(asking, once)])
  const [[login], answered] = rows
  if (!login) return refuse({ code: 'forbidden' })
  if (replayOf(once, answered)) return
  if (login.totpSeed === null) return refuse({ code: 'two-factor-off' })
  const owner = { ...login, accountId: actor.account.id }
  const told = tellOwner(deps, byActor(actor, asking), owner, 'recovery-codes.renewed', 'new-codes')
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      ...(await newCodeWrites(deps, login.id, setId)),
      ...told.writes,
    ],
    { status: 200, response: {} },
  )
  deps.afterwards(sendLetters(deps, told.letterIds))
}
