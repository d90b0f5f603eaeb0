import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts, logins } from './schema/accounts.ts'
import { registrations } from './schema/people.ts'

export const insertRegistration = (row: typeof registrations.$inferInsert) =>
  write(build.insert(registrations).values(row))

/** The registration that a mailed token opens. */
export const findRegistration = compile(
  build
    .select()
    .from(registrations)
    .where(eq(registrations.tokenHash, sql.placeholder('hash'))),
)

/** The shop's customer of the e-mail of a registration, and whether their account has a master login. */
export const findOwnerOf = compile(
  build
    .select({
      id: accounts.id,
      name: accounts.name,
      suspendedAt: accounts.suspendedAt,
      hasMaster:
        sql<boolean>`exists (select 1 from ${logins} where ${logins.accountId} = accounts.id and ${logins.isMaster} = 1)`.mapWith(
          Boolean,
        ),
    })
    .from(accounts)
    .where(
      and(
        sql`${accounts.kind} = 'customer'`,
        sql`accounts.email_key = (select r.email_key from registrations as r where r.token_hash = ${sql.placeholder('hash')})`,
        sql`accounts.parent_id = (select v.id from accounts as v where v.kind = 'vendor')`,
      ),
    ),
)

/** Uses a registration, once; stands before an `expectOne`. */
export const useRegistration = (id: Id<'registration'>, at: Date) =>
  write(
    build
      .update(registrations)
      .set({ usedAt: at })
      .where(and(eq(registrations.id, id), isNull(registrations.usedAt))),
  )

const own = compile(
  build
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, country: accounts.country })
    .from(accounts)
    .where(sql`${accounts.n} = ${accountInReach}`),
)

/** The account that asks, for a password of its own. */
export const findOwnAccount = (reach: Reach) => own(within(reach))
