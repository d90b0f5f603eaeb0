import { and, asc, desc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Role } from '#src/domain/accounts/permissions.ts'
import type { Id } from '#src/domain/ids.ts'
import { isOwn } from './own-account.ts'
import { build, compile, compiledBy, write } from './query.ts'
import { type Reach, within } from './reach.ts'
import { logins } from './schema/accounts.ts'
import { invitations } from './schema/people.ts'

const columns = {
  id: logins.id,
  name: logins.name,
  login: logins.login,
  email: logins.email,
  role: logins.role,
  isMaster: logins.isMaster,
  lastSignInAt: logins.lastSignInAt,
  totpSeed: logins.totpSeed,
  totpResetAt: logins.totpResetAt,
  version: logins.version,
  createdAt: logins.createdAt,
}

const own = isOwn(logins.accountId)

export type LoginPage = { readonly limit: number; readonly after?: { readonly value: string } | null }

const listOf = compiledBy((from: '' | 'after') =>
  build
    .select(columns)
    .from(logins)
    .where(and(own, isNull(logins.disabledAt), from ? gt(logins.id, sql.placeholder('value')) : undefined))
    .orderBy(asc(logins.id))
    .limit(sql.placeholder('limit')),
)

/** The logins of the reader's account, in the order in which they came. */
export const listLogins = (reach: Reach, { limit, after }: LoginPage) =>
  listOf(after ? 'after' : '', { ...within(reach), limit, value: after?.value })

export type LoginRow = ReturnType<ReturnType<typeof listLogins>['rows']>[number]

const one = compile(
  build
    .select(columns)
    .from(logins)
    .where(and(own, isNull(logins.disabledAt), eq(logins.id, sql.placeholder('id')))),
)

/** One login of the reader's account, or nothing. */
export const findLogin = (reach: Reach, id: string) => one({ ...within(reach), id })

const taken = compile(
  build
    .select({ id: logins.id, accountId: logins.accountId })
    .from(logins)
    .where(eq(logins.emailKey, sql.placeholder('key'))),
)

/** Whose login an e-mail is, of whatever account: only the letter may tell. */
export const findLoginOfEmail = (key: string) => taken({ key })

const itsVersion = (id: Id<'login'>, version: number) => and(eq(logins.id, id), eq(logins.version, version))

/** Gives a login another role; stands before an `expectOne`. The last one with full access violates a trigger. */
export const updateRole = (id: Id<'login'>, version: number, role: Role) =>
  write(
    build
      .update(logins)
      .set({ role, version: sql`${logins.version} + 1` })
      .where(itsVersion(id, version)),
  )

/** Removes a login, and by trigger its sessions; stands before an `expectOne`. */
export const deleteLogin = (id: Id<'login'>, version: number) =>
  write(build.delete(logins).where(itsVersion(id, version)))

/** Whether an account has room for one more login, invitations that are open counted, but not the one that is meant. */
export const hasRoomForLogin = (accountId: Id<'account'>, most: number, now: Date, meant: string): SQL =>
  sql`(select count(*) from ${logins} where ${logins.accountId} = ${accountId})
    + (select count(*) from ${invitations} where ${invitations.accountId} = ${accountId} and accepted_at is null
      and withdrawn_at is null and ${invitations.id} <> ${meant} and ${invitations.expiresAt} > ${now.getTime()}) < ${most}`

const open: SQL = sql`accepted_at is null and withdrawn_at is null`

const invited = {
  id: invitations.id,
  email: invitations.email,
  role: invitations.role,
  invitedByName: invitations.invitedByName,
  generation: invitations.generation,
  sentAt: invitations.sentAt,
  expiresAt: invitations.expiresAt,
  version: invitations.version,
}

const openOnes = compile(
  build
    .select(invited)
    .from(invitations)
    .where(and(isOwn(invitations.accountId), open))
    .orderBy(desc(invitations.createdAt))
    .limit(sql.placeholder('limit')),
)

/** Invitations of the reader's account that nobody has accepted or withdrawn, the expired ones too, newest first. */
export const listInvitations = (reach: Reach, limit: number) => openOnes({ ...within(reach), limit })

/** Whether the e-mail is a login, of whatever account: only the letter may tell. */
const isLogin = sql<0 | 1>`exists (select 1 from logins as known where known.email_key = invitations.email_key)`

const openOne = compile(
  build
    .select({ ...invited, isLogin })
    .from(invitations)
    .where(and(isOwn(invitations.accountId), open, eq(invitations.id, sql.placeholder('id')))),
)

/** One of them, or nothing. */
export const findInvitation = (reach: Reach, id: string) => openOne({ ...within(reach), id })
