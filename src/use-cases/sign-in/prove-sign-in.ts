import type { ResultSet } from '@libsql/client'
import { commit, Violation } from '#src/db/commit.ts'
import type { Write } from '#src/db/query.ts'
import {
  countAttempt,
  counted,
  findCustomerByOrder,
  findLoginByEmail,
  findLoginByName,
  forgiveAttempt,
  markSignedIn,
  spendToken,
} from '#src/db/sign-in.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { refuse } from '#src/domain/refusal.ts'
import { limits } from '#src/domain/sign-in/session.ts'
import { attemptWindows, networkOf, overallWindow } from '#src/domain/sign-in/throttle.ts'
import { hasSecondFactor, type SecondFactor } from '#src/domain/sign-in/two-factor.ts'
import type { Deps } from '../deps.ts'
import { codeToken } from './code-step.ts'
import { keysOf, type OpenedSession, type Origin, openSession, type Proved } from './open-session.ts'
import { raiseAlarm } from './raise-alarm.ts'
import type { Step } from './start-sign-in.ts'

type Proof = {
  readonly step: Step
  readonly proof: string
  readonly remember: boolean
  /** The id of the browser's device token, when it is one of this identifier. */
  readonly deviceId: string | null
}

/** What a right proof comes to: a session, or, where two-factor is on, the step that asks for its code. */
export type Admission = { readonly opened: OpenedSession } | { readonly code: string }

type Factor = SecondFactor & { readonly id: Id<'login'>; readonly version: number }

/**
 * The second step of sign-in: an order number or a password. One batch counts the attempt, spends the step and reads
 * the credential; only then is anything verified, and only within the limits. Every failure is `sign-in-failed`, in the
 * same words and the same time; a step used twice is `sign-in-expired`. A flood from one address is held off before the
 * database, unless its browser is known.
 */
export async function proveSignIn(deps: Deps, given: Proof, from: Omit<Origin, 'known'>): Promise<Admission> {
  const { identifier } = given.step
  const now = deps.now()
  if (!given.deviceId && !(await deps.fences.signIn(networkOf(from.address)))) refuse({ code: 'sign-in-failed' })
  const windows = attemptWindows(identifier.key, given.deviceId, from.address, now)
  const overall = overallWindow(now)
  const byEmail = identifier.kind === 'email'
  const login = (byEmail ? findLoginByEmail : findLoginByName)({ key: identifier.key })
  const customer = findCustomerByOrder({ email: byEmail ? identifier.key : '', reference: referenceKey(given.proof) })
  const [, all, ...sets] = await spendingStep(() =>
    commit(deps.db, [
      spendToken(given.step.id, given.step.expiresAt),
      countAttempt(overall),
      ...windows.map((one, i) => countAttempt(one, i === 0 ? undefined : counted)),
      login,
      customer,
    ]),
  )
  const [logins, customers] = sets.splice(-2)
  if (Number(all?.rows[0]?.count) === limits.alarmPerHour) deps.afterwards(raiseAlarm(deps, limits.alarmPerHour))
  if (sets.at(-1)?.rows.length !== 1) refuse({ code: 'sign-in-failed' })

  const forgiven = [...windows, overall].map(forgiveAttempt)
  const [buyer] = customer.rows(customers as ResultSet)
  if (buyer) {
    const { accountId, name, email, guardian } = buyer
    const who = { accountId, name, email, loginId: null, keys: [identifier.key] }
    return finish(deps, who, guardian, 'order number', given, from, forgiven)
  }
  const [found] = login.rows(logins as ResultSet)
  const verdict = await deps.passwords.verify(given.proof, found?.passwordHash ?? null)
  if (!found || found.disabledAt || !verdict.right) refuse({ code: 'sign-in-failed' })
  const fresh = verdict.outdated ? await deps.passwords.hash(given.proof, deps.random(16)) : null
  const who = {
    accountId: found.accountId,
    name: found.name,
    email: found.email,
    loginId: found.id,
    keys: keysOf(found),
  }
  const waits = hasSecondFactor(found, now)
  const more = waits && !fresh ? forgiven : [...forgiven, markSignedIn(found.id, waits ? null : now, fresh)]
  return finish(deps, who, found, 'password', given, from, more)
}

async function finish(
  deps: Deps,
  who: Proved,
  factor: Factor | null,
  how: 'order number' | 'password',
  given: Proof,
  from: Omit<Origin, 'known'>,
  more: readonly Write[],
): Promise<Admission> {
  const { remember, step, deviceId } = given
  if (factor && hasSecondFactor(factor, deps.now())) {
    const pending = { who, how, remember, deviceId, next: step.next }
    await commit(deps.db, more)
    return { code: await codeToken(deps, { ...pending, factorOf: factor.id, version: factor.version }) }
  }
  const { opened, writes } = await openSession(deps, who, remember, { ...from, known: deviceId !== null }, how)
  await commit(deps.db, [...writes, ...more])
  return { opened }
}

async function spendingStep(send: () => Promise<ResultSet[]>): Promise<ResultSet[]> {
  try {
    return await send()
  } catch (error) {
    if (error instanceof Violation && error.constraint === 'spent_tokens.id') refuse({ code: 'sign-in-expired' })
    throw error
  }
}
