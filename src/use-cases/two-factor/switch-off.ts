import { stillStands } from '#src/db/actors.ts'
import { commit } from '#src/db/commit.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { deleteFactor, deleteRecoveryCodes, findOwnFactor } from '#src/db/two-factor.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { byActor } from '../record.ts'
import { refusing } from '../refusing.ts'
import { tellOwner } from './tell-owner.ts'

/**
 * Switches off the second factor of whoever asks; their recovery codes go with it. Refuses `forbidden` to whoever has no
 * login, `second-factor-required` where the account wants one of every login, `two-factor-off`.
 */
export async function switchOff(deps: Deps, asking: Asking): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findOwnFactor(reach)])
  const [[login]] = rows
  if (!login) return refuse({ code: 'forbidden' })
  if (login.totpSeed === null) return refuse({ code: 'two-factor-off' })
  if (login.required) return refuse({ code: 'second-factor-required' })
  const owner = { ...login, accountId: actor.account.id }
  const told = tellOwner(deps, byActor(actor, asking), owner, 'two-factor.switched-off', 'off')
  await refusing(() =>
    commit(deps.db, [
      expect('signed-out', stillStands(asking.credential.id)),
      deleteFactor(login.id, login.totpSeed as string),
      expectOne('two-factor-off'),
      deleteRecoveryCodes(login.id),
      ...told.writes,
    ]),
  )
  deps.afterwards(sendLetters(deps, told.letterIds))
}
