import { stillStands } from '#src/db/actors.ts'
import { commit } from '#src/db/commit.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findFactorIn, findMasterBelow, resetFactor } from '#src/db/two-factor.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { resetDelayMs } from '#src/domain/sign-in/two-factor.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { byActor } from '../record.ts'
import { refusing } from '../refusing.ts'
import { tellOwner } from './tell-owner.ts'

/**
 * Resets the second factor of a login of one's own account, for somebody who lost their phone and their recovery codes.
 * It goes off after a day; its owner is told at once, and a code shown before stops it. Refuses `not-found`,
 * `master-login`, `two-factor-off`.
 */
export async function resetSecondFactor(deps: Deps, asking: Asking, loginId: string): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findFactorIn(reach, loginId)])
  const [[login]] = rows
  if (!login) return refuse({ code: 'not-found' })
  if (login.isMaster) return refuse({ code: 'master-login' })
  if (login.totpSeed === null) return refuse({ code: 'two-factor-off' })
  if (login.totpResetAt) return
  const until = new Date(deps.now().getTime() + resetDelayMs)
  const told = tellOwner(deps, byActor(actor, asking), login, 'two-factor.reset', 'reset', { until })
  await letGo(deps, asking, login, until, told)
}

/**
 * Resets the second factor of the master login of an account below, which nobody in that account could; as late, and the
 * account's own address is told too. Refuses `not-found`, `two-factor-off`.
 */
export async function resetMasterFactor(deps: Deps, asking: Asking, loginId: string): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findMasterBelow(reach, loginId)])
  const [[login]] = rows
  if (!login) return refuse({ code: 'not-found' })
  if (login.totpSeed === null) return refuse({ code: 'two-factor-off' })
  if (login.totpResetAt) return
  const until = new Date(deps.now().getTime() + resetDelayMs)
  const more = { until, account: actor.account.name, alsoTo: login.accountEmail }
  const told = tellOwner(deps, byActor(actor, asking), login, 'two-factor.reset', 'reset', more)
  await letGo(deps, asking, login, until, told)
}

type Login = { readonly id: Id<'login'>; readonly accountId: Id<'account'>; readonly isMaster: boolean }

async function letGo(deps: Deps, asking: Asking, login: Login, until: Date, told: ReturnType<typeof tellOwner>) {
  await refusing(() =>
    commit(deps.db, [
      expect('signed-out', stillStands(asking.credential.id)),
      resetFactor(login.id, login.accountId, login.isMaster, until),
      expectOne('two-factor-off'),
      ...told.writes,
    ]),
  )
  deps.afterwards(sendLetters(deps, told.letterIds))
}
