import { markProved } from '#src/db/actors.ts'
import { commit } from '#src/db/commit.ts'
import { findOwnLogin } from '#src/db/passwords.ts'
import type { Write } from '#src/db/query.ts'
import { forgiveAttempt } from '#src/db/sign-in.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { passwordWindows } from '#src/domain/sign-in/throttle.ts'
import { hasSecondFactor, typedCode } from '#src/domain/sign-in/two-factor.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { refusing } from '../refusing.ts'
import { appCodeWrites } from '../two-factor/code-writes.ts'
import { countTry } from './count-try.ts'

/**
 * Proves again, with the password or a code of the authenticator app, that the owner of the session is there. Counted
 * before it is verified, like a password change. Refuses `proof-required`, saying what became of the try.
 */
export async function proveAgain(deps: Deps, asking: Asking, typed: string): Promise<void> {
  const { credential, address, requestId } = asking
  const alike: Asking = { credential, address, requestId, may: 'oneself', admitted: null }
  const { rows } = await readAs(deps, alike, (reach) => [findOwnLogin(reach)])
  const [[login]] = rows
  if (!login) return refuse({ code: 'forbidden' })
  const now = deps.now()
  const proofs = { password: login.passwordHash !== null, code: hasSecondFactor(login, now) }
  const failed = (tried: 'wrong' | { retryAfter: number }) => refuse({ code: 'proof-required', with: proofs, tried })
  const tries = passwordWindows(login.id, now)
  try {
    await countTry(deps, tries)
    const writes = await proofOf(deps, login, proofs, typed)
    if (!writes) return failed('wrong')
    await refusing(() => commit(deps.db, [...writes, markProved(credential.id, now), ...tries.map(forgiveAttempt)]))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.refusal.code === 'too-many-requests') failed(error.refusal)
    if (error.refusal.code === 'wrong-code') failed('wrong')
    throw error
  }
}

type Login = Parameters<typeof appCodeWrites>[1] & { readonly passwordHash: string | null }

/** What a right proof uses up; `null` for a wrong one. */
async function proofOf(deps: Deps, login: Login, proofs: { code: boolean }, typed: string): Promise<Write[] | null> {
  const code = proofs.code ? typedCode(typed) : null
  if (code !== null) return appCodeWrites(deps, login, code)
  return (await deps.passwords.verify(typed, login.passwordHash)).right ? [] : null
}
