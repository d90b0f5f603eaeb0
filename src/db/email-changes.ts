import { and, asc, eq, gt, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Side } from '#src/domain/email-changes/email-change.ts'
import type { Id } from '#src/domain/ids.ts'
import { isOwn } from './own-account.ts'
import { build, compile, compiledBy, write } from './query.ts'
import { type Reach, within } from './reach.ts'
import { accounts, logins } from './schema/accounts.ts'
import { emailChanges } from './schema/people.ts'
import { links, sessions } from './schema/sign-in.ts'

const isOpen: SQL = sql`done_at is null and stopped_at is null`

const columns = {
  id: emailChanges.id,
  loginId: emailChanges.loginId,
  oldEmail: emailChanges.oldEmail,
  newEmail: emailChanges.newEmail,
  oldConfirmedAt: emailChanges.oldConfirmedAt,
  newConfirmedAt: emailChanges.newConfirmedAt,
  createdAt: emailChanges.createdAt,
  expiresAt: emailChanges.expiresAt,
}

const own = compile(
  build
    .select({
      login: {
        id: logins.id,
        name: logins.name,
        email: logins.email,
        emailKey: logins.emailKey,
        isMaster: logins.isMaster,
      },
      account: { id: accounts.id, kind: accounts.kind, emailKey: accounts.emailKey },
      change: columns,
    })
    .from(sessions)
    .innerJoin(logins, eq(logins.id, sessions.loginId))
    .innerJoin(accounts, eq(accounts.id, logins.accountId))
    .leftJoin(
      emailChanges,
      and(eq(emailChanges.loginId, logins.id), isOpen, sql`${emailChanges.expiresAt} > ${sql.placeholder('now')}`),
    )
    .where(and(eq(sessions.id, sql.placeholder('credential')), isNull(sessions.endedAt))),
)

/** The login of whoever asks, with the change of its e-mail that is under way; none without a login. */
export const findOwnEmail = (reach: Reach, now: Date) => own({ ...within(reach), now: now.getTime() })

const underWay = and(isOwn(logins.accountId), isOpen, sql`${emailChanges.expiresAt} > ${sql.placeholder('now')}`)

export type EmailChangePage = { readonly limit: number; readonly after?: { readonly value: string } | null }

/** The cross join keeps the logins first: few of them are of one account. */
const listOf = compiledBy((from: '' | 'after') =>
  build
    .select({ ...columns, loginName: logins.name })
    .from(logins)
    .crossJoin(emailChanges)
    .where(
      and(
        underWay,
        eq(emailChanges.loginId, logins.id),
        from ? gt(emailChanges.id, sql.placeholder('value')) : undefined,
      ),
    )
    .orderBy(asc(emailChanges.id))
    .limit(sql.placeholder('limit')),
)

/** The changes that logins of the reader's account have under way, in the order in which they were asked for. */
export const listEmailChanges = (reach: Reach, now: Date, { limit, after }: EmailChangePage) =>
  listOf(after ? 'after' : '', { ...within(reach), now: now.getTime(), limit, value: after?.value })

export type EmailChangeRow = ReturnType<ReturnType<typeof listEmailChanges>['rows']>[number]

const one = compile(
  build
    .select({ ...columns, loginName: logins.name, accountId: logins.accountId })
    .from(emailChanges)
    .innerJoin(logins, eq(logins.id, emailChanges.loginId))
    .where(and(underWay, eq(emailChanges.id, sql.placeholder('id')))),
)

/** One of them, or nothing. */
export const findEmailChange = (reach: Reach, id: string, now: Date) =>
  one({ ...within(reach), id, now: now.getTime() })

/** A change by the hash of the token of either side, with the login and the account that it moves. */
export const findEmailChangeByToken = compile(
  build
    .select({
      ...columns,
      newEmailKey: emailChanges.newEmailKey,
      oldHash: emailChanges.oldHash,
      doneAt: emailChanges.doneAt,
      stoppedAt: emailChanges.stoppedAt,
      login: {
        name: logins.name,
        emailKey: logins.emailKey,
        isMaster: logins.isMaster,
        disabledAt: logins.disabledAt,
      },
      account: { id: accounts.id, name: accounts.name, emailKey: accounts.emailKey },
    })
    .from(emailChanges)
    .innerJoin(logins, eq(logins.id, emailChanges.loginId))
    .innerJoin(accounts, eq(accounts.id, logins.accountId))
    .where(or(eq(emailChanges.oldHash, sql.placeholder('hash')), eq(emailChanges.newHash, sql.placeholder('hash')))),
)

/** Asks for a change; a second one of a login that is open violates `email_changes.login_id`. */
export const insertEmailChange = (row: typeof emailChanges.$inferInsert) =>
  write(build.insert(emailChanges).values(row))

/** Makes room for another change of the login: of the one before, no link opens anything any more. */
export const stopEmailChangesOf = (loginId: Id<'login'>, at: Date) =>
  write(
    build
      .update(emailChanges)
      .set({ stoppedAt: at })
      .where(and(eq(emailChanges.loginId, loginId), isOpen)),
  )

const isUnderWay = (id: Id<'emailChange'>, at: Date) =>
  and(eq(emailChanges.id, id), isOpen, gt(emailChanges.expiresAt, at))

/** Stops one; stands before an `expectOne`. */
export const stopEmailChange = (id: Id<'emailChange'>, at: Date) =>
  write(build.update(emailChanges).set({ stoppedAt: at }).where(isUnderWay(id, at)))

const confirmed = { old: emailChanges.oldConfirmedAt, new: emailChanges.newConfirmedAt } as const

/** Confirms a side while the other one has not; stands before an `expectOne`. */
export const confirmFirst = (id: Id<'emailChange'>, side: Side, at: Date) =>
  write(
    build
      .update(emailChanges)
      .set(side === 'old' ? { oldConfirmedAt: at } : { newConfirmedAt: at })
      .where(and(isUnderWay(id, at), isNull(confirmed.old), isNull(confirmed.new))),
  )

/** Confirms a side after the other one has, which makes the change; stands before an `expectOne`. */
export const confirmLast = (id: Id<'emailChange'>, side: Side, at: Date) =>
  write(
    build
      .update(emailChanges)
      .set(side === 'old' ? { oldConfirmedAt: at, doneAt: at } : { newConfirmedAt: at, doneAt: at })
      .where(and(isUnderWay(id, at), isNull(confirmed[side]), isNotNull(confirmed[side === 'old' ? 'new' : 'old']))),
  )

type Move = { readonly from: string; readonly email: string; readonly emailKey: string }

/** Moves a login that has the e-mail which it moves from; one that is a login already violates `logins.email_key`. */
export const updateLoginEmail = (id: Id<'login'>, { from, email, emailKey }: Move, at: Date) =>
  write(
    build
      .update(logins)
      .set({ email, emailKey, confirmedAt: at, version: sql`${logins.version} + 1` })
      .where(and(eq(logins.id, id), eq(logins.emailKey, from), isNull(logins.disabledAt))),
  )

/** Moves the account along, where it still has the e-mail of the login. */
export const updateAccountEmail = (id: Id<'account'>, { from, email, emailKey }: Move) =>
  write(
    build
      .update(accounts)
      .set({ email, emailKey, version: sql`${accounts.version} + 1` })
      .where(and(eq(accounts.id, id), eq(accounts.emailKey, from))),
  )

/** Uses up what was mailed to the login's old address and would still open something. */
export const useLinksOf = (loginId: Id<'login'>, at: Date) =>
  write(
    build
      .update(links)
      .set({ usedAt: at })
      .where(and(eq(links.loginId, loginId), isNull(links.usedAt))),
  )

/** The same of what was mailed to an account as a customer of the shop, without its login. */
export const useLinksOfCustomer = (accountId: Id<'account'>, at: Date) =>
  write(
    build
      .update(links)
      .set({ usedAt: at })
      .where(and(eq(links.accountId, accountId), isNull(links.loginId), isNull(links.usedAt))),
  )
