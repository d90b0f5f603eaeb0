import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { type Reach, within } from './reach.ts'
import { logins } from './schema/accounts.ts'
import { links, sessions } from './schema/sign-in.ts'

const ownLogin = compile(
  build
    .select({
      id: logins.id,
      accountId: logins.accountId,
      login: logins.login,
      name: logins.name,
      email: logins.email,
      passwordHash: logins.passwordHash,
      passwordChangedAt: logins.passwordChangedAt,
      totpSeed: logins.totpSeed,
      totpResetAt: logins.totpResetAt,
      totpLastStep: logins.totpLastStep,
      version: logins.version,
    })
    .from(sessions)
    .innerJoin(logins, eq(logins.id, sessions.loginId))
    .where(and(eq(sessions.id, sql.placeholder('credential')), isNull(sessions.endedAt))),
)

/** The login of whoever asks; none for an order-number session and for a script. */
export const findOwnLogin = (reach: Reach) => ownLogin(within(reach))

/** Sets a password that its owner chose; unless it is `from` that is replaced, nothing is. Stands before an `expectOne`. */
export const updatePassword = (id: Id<'login'>, from: string | null, passwordHash: string, at: Date) =>
  write(
    build
      .update(logins)
      .set({ passwordHash, passwordChangedAt: at, mustChangePassword: false, version: sql`${logins.version} + 1` })
      .where(and(eq(logins.id, id), isNull(logins.disabledAt), sql`${logins.passwordHash} is ${from}`)),
  )

/** Ends every session of a login but the one that is named, if any. */
export const endSessionsOf = (id: Id<'login'>, at: Date, but: string) =>
  write(
    build
      .update(sessions)
      .set({ endedAt: at })
      .where(and(eq(sessions.loginId, id), isNull(sessions.endedAt), ne(sessions.id, but as Id<'session'>))),
  )

/** Uses up what else was mailed to set the password of a login. */
export const usePasswordLinksOf = (accountId: Id<'account'>, id: Id<'login'>, at: Date) =>
  write(
    build
      .update(links)
      .set({ usedAt: at })
      .where(
        and(
          eq(links.accountId, accountId),
          eq(links.loginId, id),
          eq(links.purpose, 'set-password'),
          isNull(links.usedAt),
        ),
      ),
  )
