import { expectOne } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { acceptStep } from '#src/db/two-factor.ts'
import type { Id } from '#src/domain/ids.ts'
import { stepOfCode, totpSecretOf } from '#src/gateways/totp.ts'
import type { Deps } from '../deps.ts'

type Login = { readonly id: Id<'login'>; readonly totpSeed: string | null; readonly totpLastStep: number }

/**
 * The statements that use up a code of the authenticator app, so that of many who send it at once one passes; the others
 * are refused `wrong-code`. `null` for a code that is wrong or was used (`threats.md`, A12).
 */
export async function appCodeWrites(deps: Deps, login: Login, code: string): Promise<Write[] | null> {
  const { id, totpSeed, totpLastStep } = login
  if (totpSeed === null) return null
  const step = stepOfCode(await totpSecretOf(deps.secrets, id, totpSeed), code, deps.now())
  if (step === null || step <= totpLastStep) return null
  return [acceptStep(id, totpSeed, step), expectOne('wrong-code')]
}
