import { and, eq, sql } from 'drizzle-orm'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { build, write } from './query.ts'
import { logins } from './schema/accounts.ts'

/** Adds a login; one of the same name violates `logins.login_key`, one of the same e-mail `logins.email_key`. */
export const insertLogin = (login: typeof logins.$inferInsert) => write(build.insert(logins).values(login))

/** Moves an account's master login to another e-mail, which nobody has proved to be theirs yet. */
export const updateMasterEmail = (accountId: Id<'account'>, email: string) =>
  write(
    build
      .update(logins)
      .set({ email, emailKey: emailKey(email), confirmedAt: null, version: sql`${logins.version} + 1` })
      .where(and(eq(logins.accountId, accountId), eq(logins.isMaster, true))),
  )
