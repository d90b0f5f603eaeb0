import { expectOne } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { acceptStep, stopReset, useRecoveryCode } from '#src/db/two-factor.ts'
import type { Id } from '#src/domain/ids.ts'
import { recoveryKey } from '#src/domain/sign-in/two-factor.ts'
import { recoveryHash, stepOfCode, totpSecretOf } from '#src/gateways/totp.ts'
import type { Deps } from '../deps.ts'
import { post, record } from '../record.ts'

type Login = { readonly id: Id<'login'>; readonly totpSeed: string | null; readonly totpLastStep: number }

/**
 * The statements that use up a code of the authenticator app, so that of many who send it at once one passes; the others
 * are refused `wrong-code`. `null` for a code that is wrong or was used (`threats.md`, A12).
 */
export async function appCodeWrites(deps: Deps, login: Login, code: string): Promise<Write[] | null> {
  const { id, totpSeed, totpLastStep } = login
  if (totpSeed === null) return null
  const step = await stepOfCode(await totpSecretOf(deps.secrets, id, totpSeed), code, deps.now())
  if (step === null || step <= totpLastStep) return null
  return [acceptStep(id, totpSeed, step), expectOne('wrong-code')]
}

type Owner = {
  readonly id: Id<'login'>
  readonly accountId: Id<'account'>
  readonly name: string
  readonly email: string
  readonly by: { readonly address: string; readonly requestId: string }
}

/** The statements that use up a recovery code, stop a reset, tell the trail and its owner; a wrong one is refused `wrong-code`. */
export async function recoveryCodeWrites(deps: Deps, owner: Owner, typed: string): Promise<Write[] | null> {
  const { id, accountId, name, email, by } = owner
  const code = recoveryKey(typed)
  if (code.length !== 10) return null
  const at = deps.now()
  return [
    useRecoveryCode(id, await recoveryHash(deps.secrets, id, code), at),
    expectOne('wrong-code'),
    stopReset(id),
    record(
      deps,
      { kind: 'login', id, name, address: by.address, requestId: by.requestId },
      { action: 'recovery-code.used', accountId, subject: { kind: 'login', id, name } },
    ),
    post(deps, {
      ...{ template: 'two-factor', accountId, to: email, once: by.requestId },
      params: { what: 'recovery-code', name, address: by.address, at: at.toISOString() },
    }),
  ]
}
