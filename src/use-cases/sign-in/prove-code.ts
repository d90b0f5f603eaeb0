import type { ResultSet } from '@libsql/client'
import { commit, Violation } from '#src/db/commit.ts'
import { countAttempt, findLoginById, forgiveAttempt, markSignedIn, spendToken } from '#src/db/sign-in.ts'
import { refuse } from '#src/domain/refusal.ts'
import { codeWindows } from '#src/domain/sign-in/throttle.ts'
import { typedCode } from '#src/domain/sign-in/two-factor.ts'
import type { Deps } from '../deps.ts'
import { refusing } from '../refusing.ts'
import { appCodeWrites, recoveryCodeWrites } from '../two-factor/code-writes.ts'
import type { CodeStep } from './code-step.ts'
import { type OpenedSession, type Origin, openSession } from './open-session.ts'

/**
 * The last step of sign-in where two-factor is on: a code of the app or a recovery code. The try is counted in the batch
 * that reads what it is held against; of many who send one code at once one enters. Refuses `wrong-code`,
 * `too-many-requests`, `sign-in-expired`.
 */
export async function proveCode(
  deps: Deps,
  step: CodeStep,
  typed: string,
  from: Omit<Origin, 'known'>,
): Promise<OpenedSession> {
  const now = deps.now()
  const [window] = codeWindows(step.factorOf, now, `:${step.deviceId ?? step.how}`) as [
    ReturnType<typeof codeWindows>[number],
  ]
  const query = findLoginById({ id: step.factorOf })
  const [counted, logins] = await commit(deps.db, [countAttempt(window), query])
  if (counted?.rows.length !== 1) {
    refuse({ code: 'too-many-requests', retryAfter: Math.ceil((window.endsAt.getTime() - now.getTime()) / 1000) })
  }
  const [login] = query.rows(logins as ResultSet)
  if (!login || login.disabledAt || login.version !== step.version) return refuse({ code: 'sign-in-expired' })
  const code = typedCode(typed)
  const used = code
    ? await appCodeWrites(deps, login, code)
    : await recoveryCodeWrites(deps, { ...login, by: from }, typed)
  if (!used) return refuse({ code: 'wrong-code' })
  const { opened, writes } = await openSession(
    deps,
    step.who,
    step.remember,
    { ...from, known: step.deviceId !== null },
    step.how,
  )
  const signedIn = step.who.loginId ? [markSignedIn(step.who.loginId, now, null)] : []
  await onceOnly(() =>
    refusing(() =>
      commit(deps.db, [spendToken(step.id, step.expiresAt), ...used, ...writes, ...signedIn, forgiveAttempt(window)]),
    ),
  )
  return opened
}

async function onceOnly<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (error instanceof Violation && error.constraint === 'spent_tokens.id') refuse({ code: 'sign-in-expired' })
    throw error
  }
}
