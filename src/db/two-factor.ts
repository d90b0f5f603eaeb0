import { and, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Identifier } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts, logins } from './schema/accounts.ts'
import { recoveryCodes } from './schema/people.ts'
import { sessions } from './schema/sign-in.ts'

const codesLeft = sql<number>`(select count(*) from ${recoveryCodes} where ${recoveryCodes.loginId} = ${logins.id}
  and ${recoveryCodes.usedAt} is null)`

const own = compile(
  build
    .select({
      id: logins.id,
      name: logins.name,
      login: logins.login,
      email: logins.email,
      totpSeed: logins.totpSeed,
      totpSince: logins.totpSince,
      totpResetAt: logins.totpResetAt,
      totpLastStep: logins.totpLastStep,
      codesLeft,
      required: accounts.twoFactorRequired,
    })
    .from(sessions)
    .innerJoin(logins, eq(logins.id, sessions.loginId))
    .innerJoin(accounts, eq(accounts.id, logins.accountId))
    .where(and(eq(sessions.id, sql.placeholder('credential')), isNull(sessions.endedAt))),
)

/** The second factor of whoever asks; none for an order-number session and for a script. */
export const findOwnFactor = (reach: Reach) => own(within(reach))

/** Accepts a time step once: not again, and none before it. It also stops a reset. Stands before an `expectOne`. */
export const acceptStep = (id: Id<'login'>, seed: string, step: number) =>
  write(
    build
      .update(logins)
      .set({ totpLastStep: step, totpResetAt: null })
      .where(and(eq(logins.id, id), eq(logins.totpSeed, seed), lt(logins.totpLastStep, step))),
  )

/** Switches two-factor on where it is as it was read. Stands before an `expectOne`. */
export const insertFactor = (id: Id<'login'>, was: string | null, seed: string, step: number, at: Date) =>
  write(
    build
      .update(logins)
      .set({
        totpSeed: seed,
        totpSince: at,
        totpLastStep: step,
        totpResetAt: null,
        version: sql`${logins.version} + 1`,
      })
      .where(and(eq(logins.id, id), isNull(logins.disabledAt), sql`${logins.totpSeed} is ${was}`)),
  )

/** Switches it off where it is as it was read. Stands before an `expectOne`. */
export const deleteFactor = (id: Id<'login'>, seed: string) =>
  write(
    build
      .update(logins)
      .set({ totpSeed: null, totpSince: null, totpResetAt: null, version: sql`${logins.version} + 1` })
      .where(and(eq(logins.id, id), eq(logins.totpSeed, seed))),
  )

/** Lets it go off at an instant, unless its owner shows a code before. Stands before an `expectOne`. */
export const resetFactor = (id: Id<'login'>, accountId: Id<'account'>, isMaster: boolean, at: Date) =>
  write(
    build
      .update(logins)
      .set({ totpResetAt: at })
      .where(
        and(
          eq(logins.id, id),
          eq(logins.accountId, accountId),
          eq(logins.isMaster, isMaster),
          sql`${logins.totpSeed} is not null`,
          isNull(logins.totpResetAt),
        ),
      ),
  )

/** Whether each login of the account needs one. */
export const updateFactorRequired = (accountId: Id<'account'>, required: boolean) =>
  write(
    build
      .update(accounts)
      .set({ twoFactorRequired: required, version: sql`${accounts.version} + 1` })
      .where(eq(accounts.id, accountId)),
  )

export const deleteRecoveryCodes = (loginId: Id<'login'>) =>
  write(build.delete(recoveryCodes).where(eq(recoveryCodes.loginId, loginId)))

export const insertRecoveryCodes = (loginId: Id<'login'>, hashes: readonly string[], createdAt: Date) =>
  write(build.insert(recoveryCodes).values(hashes.map((hash) => ({ loginId, hash, createdAt }))))

/** Uses a recovery code up. Stands before an `expectOne`. */
export const useRecoveryCode = (loginId: Id<'login'>, hash: string, at: Date) =>
  write(
    build
      .update(recoveryCodes)
      .set({ usedAt: at })
      .where(and(eq(recoveryCodes.loginId, loginId), eq(recoveryCodes.hash, hash), isNull(recoveryCodes.usedAt))),
  )

/** Stops a reset: whoever has a recovery code has not lost everything. */
export const stopReset = (loginId: Id<'login'>) =>
  write(build.update(logins).set({ totpResetAt: null }).where(eq(logins.id, loginId)))

const ofAccount = compile(
  build
    .select({
      id: logins.id,
      accountId: logins.accountId,
      name: logins.name,
      email: logins.email,
      isMaster: logins.isMaster,
      totpSeed: logins.totpSeed,
      totpResetAt: logins.totpResetAt,
    })
    .from(sessions)
    .innerJoin(logins, eq(logins.accountId, sessions.accountId))
    .where(
      and(
        eq(sessions.id, sql.placeholder('credential')),
        isNull(sessions.endedAt),
        eq(logins.id, sql.placeholder('login')),
      ),
    ),
)

/** Master logins of accounts below the reader's own, of their kind and name. */
const mastersBelow = (which: SQL) =>
  build
    .select({
      id: logins.id,
      accountId: logins.accountId,
      accountName: accounts.name,
      accountKind: accounts.kind,
      accountEmail: accounts.email,
      name: logins.name,
      login: logins.login,
      email: logins.email,
      isMaster: logins.isMaster,
      lastSignInAt: logins.lastSignInAt,
      totpSeed: logins.totpSeed,
      totpSince: logins.totpSince,
      totpResetAt: logins.totpResetAt,
    })
    .from(logins)
    .innerJoin(accounts, eq(accounts.id, logins.accountId))
    .where(
      and(
        which,
        eq(logins.isMaster, true),
        isNull(logins.disabledAt),
        sql`${accounts.n} <> ${accountInReach}`,
        sql`exists (select 1 from ${accountReach} where ${accountReach.ancestorN} = ${accountInReach}
          and ${accountReach.descendantN} = ${accounts.n})`,
      ),
    )
    .limit(10)

const masterById = compile(mastersBelow(sql`${logins.id} = ${sql.placeholder('login')}`))
const masterByEmail = compile(mastersBelow(sql`${logins.emailKey} = ${sql.placeholder('key')}`))
const masterByName = compile(mastersBelow(sql`${logins.loginKey} = ${sql.placeholder('key')}`))

/** The second factor of the master login of an account below, by its id. */
export const findMasterBelow = (reach: Reach, id: string) => masterById({ ...within(reach), login: id })

/** Who signs in with an e-mail or a login name, where that is the master login of an account below. */
export const listMastersBelow = (reach: Reach, { kind, key }: Pick<Identifier, 'kind' | 'key'>) =>
  (kind === 'email' ? masterByEmail : masterByName)({ ...within(reach), key })

/** The second factor of a login of one's own account, by its id. */
export const findFactorIn = (reach: Reach, id: string) => ofAccount({ ...within(reach), login: id })
