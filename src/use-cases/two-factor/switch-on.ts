import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { endSessionsOf } from '#src/db/passwords.ts'
import { forgiveAttempt } from '#src/db/sign-in.ts'
import { findOwnFactor, insertFactor } from '#src/db/two-factor.ts'
import { isId } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { codeWindows } from '#src/domain/sign-in/throttle.ts'
import { hasSecondFactor, typedCode } from '#src/domain/sign-in/two-factor.ts'
import { stepOfCode, totpSecretOf } from '#src/gateways/totp.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import { countTry } from '../sign-in/count-try.ts'
import { newCodeWrites } from './recovery-codes.ts'
import { tellOwner } from './tell-owner.ts'

export type SwitchOn = {
  /** What the secret that was shown is derived from. */
  readonly seed: string
  readonly code: string
  /** Names the recovery codes that the next page shows. */
  readonly setId: string
}

/**
 * Switches two-factor on once a code shows that the app has the secret; makes recovery codes and ends the login's other
 * sessions, which never showed a code. Refuses `forbidden` to whoever has no login, `two-factor-on`, `wrong-code`,
 * `too-many-requests`.
 */
export async function switchOn(deps: Deps, asking: Asking, wanted: SwitchOn, once: Once | null): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findOwnFactor(reach), earlier(asking, once)])
  const [[login], answered] = rows
  if (!login) return refuse({ code: 'forbidden' })
  if (replayOf(once, answered)) return
  const now = deps.now()
  if (hasSecondFactor(login, now)) return refuse({ code: 'two-factor-on' })
  const { seed } = wanted
  const code = typedCode(wanted.code)
  if (!code || !isId('request', seed)) return refuse({ code: 'wrong-code' })
  const tries = codeWindows(login.id, now)
  await countTry(deps, tries)
  const step = await stepOfCode(await totpSecretOf(deps.secrets, login.id, seed), code, now)
  if (step === null) return refuse({ code: 'wrong-code' })
  const owner = { ...login, accountId: actor.account.id }
  const told = tellOwner(deps, byActor(actor, asking), owner, 'two-factor.switched-on', 'on')
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      insertFactor(login.id, login.totpSeed, seed, step, now),
      expectOne('two-factor-on'),
      ...(await newCodeWrites(deps, login.id, wanted.setId)),
      endSessionsOf(login.id, now, asking.credential.id),
      ...tries.map(forgiveAttempt),
      ...told.writes,
    ],
    { status: 200, response: {} },
  )
  deps.afterwards(sendLetters(deps, told.letterIds))
}
