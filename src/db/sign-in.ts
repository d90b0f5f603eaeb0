import { and, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import type { AttemptWindow } from '#src/domain/sign-in/throttle.ts'
import { build, compile, type Write, write } from './query.ts'
import { accounts, logins } from './schema/accounts.ts'
import { orders } from './schema/orders.ts'
import { links, sessions, signInAttempts, spentTokens } from './schema/sign-in.ts'

/**
 * Counts one try in a window that has room for it, and in the windows before it too; answers a row only then. A full
 * window counts no further: a try that is not looked at uses nothing up.
 */
export const countAttempt = ({ subject, window, endsAt, most }: AttemptWindow, onlyIf: SQL = sql`true`) =>
  write(
    build
      .insert(signInAttempts)
      .select(sql`select ${subject}, ${window}, 1, ${endsAt.getTime()} where ${onlyIf}`)
      .onConflictDoUpdate({
        target: [signInAttempts.subject, signInAttempts.window],
        set: { count: sql`${signInAttempts.count} + 1` },
        setWhere: lt(signInAttempts.count, most),
      })
      .returning({ count: signInAttempts.count }),
  )

/** Stands directly after a `countAttempt`: whether it counted. */
export const counted: SQL = sql`changes() = 1`

/** Takes back an attempt that turned out right: only failures count. */
export const forgiveAttempt = ({ subject, window }: AttemptWindow) =>
  write(
    build
      .update(signInAttempts)
      .set({ count: sql`max(${signInAttempts.count} - 1, 0)` })
      .where(and(eq(signInAttempts.subject, subject), eq(signInAttempts.window, window))),
  )

/** Spends a single-use token; a second time violates `spent_tokens.id`. */
export const spendToken = (id: string, expiresAt: Date) => write(build.insert(spentTokens).values({ id, expiresAt }))

const login = {
  id: logins.id,
  accountId: logins.accountId,
  email: logins.email,
  emailKey: logins.emailKey,
  loginKey: logins.loginKey,
  name: logins.name,
  passwordHash: logins.passwordHash,
  disabledAt: logins.disabledAt,
  mustChangePassword: logins.mustChangePassword,
  totpSeed: logins.totpSeed,
  totpResetAt: logins.totpResetAt,
  totpLastStep: logins.totpLastStep,
  version: logins.version,
}

/** The login whose second factor guards an account that is opened without a login: its master, where it has one. */
const master = alias(logins, 'master')
const guardian = {
  id: master.id,
  totpSeed: master.totpSeed,
  totpResetAt: master.totpResetAt,
  version: master.version,
}
const isGuardian = and(eq(master.accountId, accounts.id), eq(master.isMaster, true), isNull(master.disabledAt))

export const findLoginByEmail = compile(
  build
    .select(login)
    .from(logins)
    .where(eq(logins.emailKey, sql.placeholder('key'))),
)

export const findLoginById = compile(
  build
    .select(login)
    .from(logins)
    .where(eq(logins.id, sql.placeholder('id'))),
)

export const findLoginByName = compile(
  build
    .select(login)
    .from(logins)
    .where(eq(logins.loginKey, sql.placeholder('key'))),
)

/** The shop customer whose e-mail and one of whose order numbers these are (Decision 2). */
export const findCustomerByOrder = compile(
  build
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email, orderId: orders.id, guardian })
    .from(orders)
    .innerJoin(accounts, eq(accounts.id, orders.accountId))
    .leftJoin(master, isGuardian)
    .where(
      and(
        eq(orders.referenceKey, sql.placeholder('reference')),
        eq(accounts.emailKey, sql.placeholder('email')),
        eq(accounts.kind, 'customer'),
      ),
    )
    .limit(1),
)

/** The shop customer of an e-mail; only one who bought something can sign in without a login. */
export const findCustomerByEmail = compile(
  build
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(
      and(
        eq(accounts.emailKey, sql.placeholder('email')),
        eq(accounts.kind, 'customer'),
        sql`exists (select 1 from ${orders} where ${orders.accountId} = ${accounts.id})`,
      ),
    )
    .limit(1),
)

export const insertSession = (session: typeof sessions.$inferInsert) => write(build.insert(sessions).values(session))

export const endSession = (id: string, at: Date): Write =>
  write(
    build
      .update(sessions)
      .set({ endedAt: at })
      .where(and(eq(sessions.id, id as Id<'session'>), isNull(sessions.endedAt))),
  )

/** Notes a sign-in, and a password that was hashed anew at it. */
export const markSignedIn = (loginId: Id<'login'>, at: Date | null, passwordHash: string | null) =>
  write(
    build
      .update(logins)
      .set({ ...(at ? { lastSignInAt: at } : {}), ...(passwordHash ? { passwordHash } : {}) })
      .where(eq(logins.id, loginId)),
  )

export const insertLink = (link: typeof links.$inferInsert) => write(build.insert(links).values(link))

/** A link by the hash of its token, used or not, with the account and the login it is for. */
export const findLink = compile(
  build
    .select({
      id: links.id,
      purpose: links.purpose,
      accountId: links.accountId,
      loginId: links.loginId,
      email: links.email,
      details: links.details,
      expiresAt: links.expiresAt,
      usedAt: links.usedAt,
      accountName: accounts.name,
      login: {
        id: logins.id,
        login: logins.login,
        name: logins.name,
        email: logins.email,
        emailKey: logins.emailKey,
        loginKey: logins.loginKey,
        passwordHash: logins.passwordHash,
        disabledAt: logins.disabledAt,
        totpSeed: logins.totpSeed,
        totpResetAt: logins.totpResetAt,
        version: logins.version,
      },
      guardian,
    })
    .from(links)
    .innerJoin(accounts, eq(accounts.id, links.accountId))
    .leftJoin(logins, eq(logins.id, links.loginId))
    .leftJoin(master, isGuardian)
    .where(eq(links.tokenHash, sql.placeholder('hash'))),
)

/** Uses a link up; stands before an `expectOne`. */
export const useLink = (id: Id<'link'>, at: Date) =>
  write(
    build
      .update(links)
      .set({ usedAt: at })
      .where(and(eq(links.id, id), isNull(links.usedAt), sql`${links.expiresAt} > ${at.getTime()}`)),
  )
