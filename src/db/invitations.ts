import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { isSuspended } from './actors.ts'
import { build, compile, write } from './query.ts'
import { accounts } from './schema/accounts.ts'
import { invitations } from './schema/people.ts'

const open: SQL = sql`accepted_at is null and withdrawn_at is null`
const nextVersion = sql`${invitations.version} + 1`

/** Invites; a second open invitation of an e-mail to an account violates `invitations.account_id, invitations.email_key`. */
export const insertInvitation = (row: typeof invitations.$inferInsert) => write(build.insert(invitations).values(row))

/** Makes room for a new invitation of somebody whose last one has expired. */
export const withdrawExpired = (accountId: Id<'account'>, emailKey: string, now: Date) =>
  write(
    build
      .update(invitations)
      .set({ withdrawnAt: now, version: nextVersion })
      .where(
        and(
          eq(invitations.accountId, accountId),
          eq(invitations.emailKey, emailKey),
          open,
          lte(invitations.expiresAt, now),
        ),
      ),
  )

const itsVersion = (id: Id<'invitation'>, version: number) =>
  and(eq(invitations.id, id), eq(invitations.version, version), open)

type Sending = {
  readonly generation: number
  readonly tokenHash: string
  readonly sentAt: Date
  readonly expiresAt: Date
}

/** Marks that it is mailed anew, with another token; stands before an `expectOne`. */
export const sendInvitationAgain = (id: Id<'invitation'>, version: number, sending: Sending) =>
  write(
    build
      .update(invitations)
      .set({ ...sending, version: nextVersion })
      .where(itsVersion(id, version)),
  )

export const withdrawInvitationRow = (id: Id<'invitation'>, version: number, at: Date) =>
  write(build.update(invitations).set({ withdrawnAt: at, version: nextVersion }).where(itsVersion(id, version)))

/** Uses an invitation up, once, by the token that was mailed last; stands before an `expectOne`. */
export const acceptInvitationRow = (id: Id<'invitation'>, tokenHash: string, at: Date) =>
  write(
    build
      .update(invitations)
      .set({ acceptedAt: at, version: nextVersion })
      .where(
        and(
          eq(invitations.id, id),
          eq(invitations.tokenHash, tokenHash),
          open,
          sql`${invitations.expiresAt} > ${at.getTime()}`,
        ),
      ),
  )

/** An invitation by the hash of the token that was mailed last, with the account it is to. */
export const findInvitationByToken = compile(
  build
    .select({
      id: invitations.id,
      accountId: invitations.accountId,
      accountName: accounts.name,
      email: invitations.email,
      emailKey: invitations.emailKey,
      role: invitations.role,
      invitedByName: invitations.invitedByName,
      expiresAt: invitations.expiresAt,
      acceptedAt: invitations.acceptedAt,
      withdrawnAt: invitations.withdrawnAt,
      suspended: isSuspended,
    })
    .from(invitations)
    .innerJoin(accounts, eq(accounts.id, invitations.accountId))
    .where(eq(invitations.tokenHash, sql.placeholder('hash'))),
)
