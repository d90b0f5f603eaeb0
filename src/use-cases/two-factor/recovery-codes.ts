import type { Write } from '#src/db/query.ts'
import { deleteRecoveryCodes, insertRecoveryCodes } from '#src/db/two-factor.ts'
import type { Id } from '#src/domain/ids.ts'
import { recoveryCodeCount, recoveryCodeFrom, recoveryKey } from '#src/domain/sign-in/two-factor.ts'
import { recoveryBytes, recoveryHash } from '#src/gateways/totp.ts'
import type { Deps } from '../deps.ts'

/** The recovery codes of a set: computed again for the page that shows them once, and kept nowhere (Decision 15). */
export const codesOf = (deps: Deps, setId: string): Promise<string[]> =>
  Promise.all(
    Array.from({ length: recoveryCodeCount }, async (_, n) =>
      recoveryCodeFrom(await recoveryBytes(deps.secrets, setId, n)),
    ),
  )

/** The statements that put a new set in the place of the codes there were. */
export async function newCodeWrites(deps: Deps, loginId: Id<'login'>, setId: string): Promise<Write[]> {
  const codes = await codesOf(deps, setId)
  const hashes = await Promise.all(codes.map((code) => recoveryHash(deps.secrets, loginId, recoveryKey(code))))
  return [deleteRecoveryCodes(loginId), insertRecoveryCodes(loginId, hashes, deps.now())]
}
