import { findApiKey, findSession, touchApiKey, touchSession } from '#src/db/actors.ts'
import { commit } from '#src/db/commit.ts'
import { type Read, read } from '#src/db/query.ts'
import { type Reach, reachOf } from '#src/db/reach.ts'
import type { Actor, Credential } from '#src/domain/accounts/actor.ts'
import { type Act, allows } from '#src/domain/accounts/acts.ts'
import { isWithin } from '#src/domain/address.ts'
import { refuse } from '#src/domain/refusal.ts'
import { plainFormats } from '#src/domain/settings/formats.ts'
import { proofMs, sessionLife } from '#src/domain/sign-in/session.ts'
import { hasSecondFactor } from '#src/domain/sign-in/two-factor.ts'
import type { Deps } from './deps.ts'

/** What somebody asks for: the credential of the request and what its route line lets pass. */
export type Asking = {
  readonly credential: Credential
  /**
   * An act of the permissions table; or whatever anybody signed in may do; or, of that, what concerns nobody but oneself
   * and is open before a made password was changed.
   */
  readonly may: Act | 'anything' | 'oneself'
  /** Where the request came from, for the audit trail. */
  readonly address: string
  readonly requestId: string
  /** Whether the act could lock the owner out: then a proof that is older than a quarter of an hour is not enough. */
  readonly sensitive?: true
  /** Set once the database has let it pass; a route that answers without is a defect. */
  admitted: Actor | null
}

type Answers<R extends readonly Read<unknown>[]> = { [K in keyof R]: R[K] extends Read<infer T> ? T : never }

const hour = 3_600_000

/**
 * Reads as somebody: who they are and all they asked for, in one batch; decides on that first row before anything else
 * is looked at. Refuses `signed-out`, `account-suspended`, `password-change-required`, `second-factor-required`, `address-not-allowed`, `forbidden`,
 * `proof-required`.
 */
export async function readAs<const R extends readonly Read<unknown>[]>(
  deps: Deps,
  asking: Asking,
  reads: (reach: Reach) => R,
): Promise<{ actor: Actor; rows: Answers<R> }> {
  const { credential } = asking
  const wanted = reads(reachOf(credential))
  const { actor, rows } =
    credential.kind === 'session'
      ? await readSession(deps, credential, wanted)
      : await readApiKey(deps, credential, asking.address, wanted)
  if (!isLet(actor, asking.may)) refuse({ code: 'forbidden' })
  if (asking.sensitive) demandProof(actor, deps.now())
  asking.admitted = actor
  return { actor, rows }
}

/** Whoever signed in with a password that somebody else made does nothing before it is changed. */
function isLet(actor: Actor, may: Asking['may']): boolean {
  if (may === 'oneself') return true
  if (actor.mustChangePassword) refuse({ code: 'password-change-required' })
  if (actor.mustAddFactor) refuse({ code: 'second-factor-required' })
  return may === 'anything' || allows(actor, may)
}

/**
 * Refuses `proof-required` where the last proof is too old. A script proves itself with each call; whoever has no login has
 * no sensitive acts.
 */
export function demandProof({ proof }: Actor, now: Date): void {
  if (!proof || now.getTime() - proof.at.getTime() <= proofMs) return
  refuse({ code: 'proof-required', with: { password: proof.password, code: proof.code }, tried: null })
}

async function readSession<const R extends readonly Read<unknown>[]>(deps: Deps, credential: Credential, reads: R) {
  const [[found], ...rows] = await read(deps.db, [findSession({ credential: credential.id }), ...reads])
  const now = deps.now()
  if (!found || found.loginDisabledAt || found.idleUntil <= now || found.expiresAt <= now)
    refuse({ code: 'signed-out' })
  if (found.suspended) refuse({ code: 'account-suspended' })
  if (now.getTime() - found.lastSeenAt.getTime() > hour) {
    const idleUntil = new Date(now.getTime() + sessionLife(found.remember).idleMs)
    deps.afterwards(commit(deps.db, [touchSession(credential.id, now, idleUntil)]))
  }
  const code = found.loginId !== null && hasSecondFactor(found, now)
  const actor: Actor = {
    credential,
    account: found.account,
    accountKind: found.account.kind,
    loginId: found.loginId,
    name: found.loginName ?? found.account.name,
    role: found.role,
    isMaster: found.isMaster ?? false,
    mustChangePassword: found.mustChangePassword ?? false,
    mustAddFactor: found.loginId !== null && found.twoFactorRequired && !code,
    proof: found.loginId ? { at: found.provedAt, password: found.hasPassword === 1, code } : null,
    formats: { locale: found.formatLocale ?? '', timeZone: found.timeZone ?? '' },
    serverProducts: found.serverProducts,
    balance: found.balance,
    access: 'write',
  }
  return { actor, rows: rows as unknown as Answers<R> }
}

async function readApiKey<const R extends readonly Read<unknown>[]>(
  deps: Deps,
  credential: Credential,
  address: string,
  reads: R,
) {
  const [[found], ...rows] = await read(deps.db, [findApiKey({ credential: credential.id }), ...reads])
  const now = deps.now()
  if (!found || (found.expiresAt && found.expiresAt <= now)) refuse({ code: 'signed-out' })
  if (!isWithin(address, found.allowedRanges)) refuse({ code: 'address-not-allowed' })
  if (found.suspended) refuse({ code: 'account-suspended' })
  if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > hour) {
    deps.afterwards(commit(deps.db, [touchApiKey(credential.id, now)]))
  }
  const actor: Actor = {
    credential,
    account: found.account,
    accountKind: found.account.kind,
    loginId: null,
    name: found.name,
    role: found.role,
    isMaster: found.isMaster,
    mustChangePassword: false,
    mustAddFactor: false,
    proof: null,
    formats: plainFormats,
    serverProducts: [],
    balance: null,
    access: found.access,
  }
  return { actor, rows: rows as unknown as Answers<R> }
}
