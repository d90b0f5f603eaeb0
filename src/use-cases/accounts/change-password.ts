import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findOwnLogin } from '#src/db/passwords.ts'
import { forgiveAttempt } from '#src/db/sign-in.ts'
import { refuse } from '#src/domain/refusal.ts'
import { passwordWindows } from '#src/domain/sign-in/throttle.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import { countTry } from '../sign-in/count-try.ts'
import { acceptPassword, passwordWrites } from './replace-password.ts'

export type PasswordChange = {
  readonly current: string
  readonly password: string
  /** Makes the same change sent twice one act. */
  readonly once: string | null
}

/**
 * Changes the password of whoever asks and ends their other sessions. The current one is verified once, after the try
 * was counted; a login that never had a password needs none. Refuses `forbidden` to whoever has no login,
 * `invalid-request`, `wrong-password`, `too-many-requests`.
 */
export async function changePassword(deps: Deps, asking: Asking, { current, password, once: key }: PasswordChange) {
  const once = key ? { key, hash: await keyedHash(deps, current, password) } : null
  const { actor, rows } = await readAs(deps, asking, (reach) => [findOwnLogin(reach), earlier(asking, once)])
  const [[login], answered] = rows
  if (!login) return refuse({ code: 'forbidden' })
  if (replayOf(once, answered)) return
  acceptPassword(deps, password, login)
  const tries = login.passwordHash === null ? [] : passwordWindows(login.id, deps.now())
  if (login.passwordHash !== null) {
    await countTry(deps, tries)
    if (!(await deps.passwords.verify(current, login.passwordHash)).right) refuse({ code: 'wrong-password' })
  }
  const owner = { ...login, accountId: actor.account.id, name: actor.name }
  const { writes, letterId } = await passwordWrites(deps, byActor(actor, asking), owner, password, asking.credential.id)
  const [update, ...rest] = writes
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      update,
      expectOne('wrong-password'),
      ...tries.map(forgiveAttempt),
      ...rest,
    ],
    { status: 200, response: {} },
  )
  deps.afterwards(sendLetters(deps, [letterId]))
}

/** What tells two changes apart without telling anything of them: nobody tries passwords on it without the key. */
const keyedHash = async ({ secrets }: Deps, current: string, password: string) =>
  fingerprintOf(await secrets.tokenFor('password-change', JSON.stringify([current, password])))
