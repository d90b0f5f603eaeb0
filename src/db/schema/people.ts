import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { roles } from '#src/domain/accounts/permissions.ts'
import type { Id } from '#src/domain/ids.ts'
import { accounts, logins } from './accounts.ts'
import { instant, oneOf } from './columns.ts'

/**
 * Who asked for an account or, as a customer of the shop, for a password, and has not yet shown that the e-mail is
 * theirs. Nothing else is made before. The mailed token is HMAC(key, kind and id); only its hash is kept.
 */
export const registrations = sqliteTable(
  'registrations',
  {
    id: text('id').$type<Id<'registration'>>().primaryKey(),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    company: text('company').notNull().default(''),
    country: text('country').notNull().default(''),
    tokenHash: text('token_hash').notNull().unique(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('registrations_expires').on(t.expiresAt)],
)

/**
 * A login's move to another e-mail. Each of the two addresses gets a link of its own, and the move is made once both were
 * followed; the old address, and the login itself, can stop it before.
 */
export const emailChanges = sqliteTable(
  'email_changes',
  {
    id: text('id').$type<Id<'emailChange'>>().primaryKey(),
    loginId: text('login_id')
      .$type<Id<'login'>>()
      .notNull()
      .references(() => logins.id, { onDelete: 'cascade' }),
    oldEmail: text('old_email').notNull(),
    oldHash: text('old_hash').notNull().unique(),
    oldConfirmedAt: instant('old_confirmed_at'),
    newEmail: text('new_email').notNull(),
    newEmailKey: text('new_email_key').notNull(),
    newHash: text('new_hash').notNull().unique(),
    newConfirmedAt: instant('new_confirmed_at'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    doneAt: instant('done_at'),
    stoppedAt: instant('stopped_at'),
  },
  (t) => [
    check(
      'email_change_done',
      sql`${t.doneAt} is null or (${t.oldConfirmedAt} is not null and ${t.newConfirmedAt} is not null and ${t.stoppedAt} is null)`,
    ),
    uniqueIndex('email_change_one_open').on(t.loginId).where(sql`done_at is null and stopped_at is null`),
    index('email_changes_login').on(t.loginId),
    index('email_changes_expires').on(t.expiresAt),
  ],
)

/**
 * Somebody who was invited to an account by e-mail, with the role they would have. It becomes a login when the mailed
 * link is followed. `generation` counts the letters: a link that was sent before the last one opens nothing.
 */
export const invitations = sqliteTable(
  'invitations',
  {
    id: text('id').$type<Id<'invitation'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    role: text('role', { enum: roles }).notNull(),
    invitedBy: text('invited_by').$type<Id<'login'>>(),
    invitedByName: text('invited_by_name').notNull(),
    generation: integer('generation').notNull().default(1),
    tokenHash: text('token_hash').notNull().unique(),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    withdrawnAt: instant('withdrawn_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    oneOf('invitation_role', t.role, roles),
    uniqueIndex('invitation_one_open')
      .on(t.accountId, t.emailKey)
      .where(sql`accepted_at is null and withdrawn_at is null`),
    index('invitations_account').on(t.accountId, t.createdAt),
    index('invitations_expires').on(t.expiresAt),
  ],
)

/** Recovery codes, each of which stands once for a code of the authenticator app. Only a keyed hash is kept. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    loginId: text('login_id')
      .$type<Id<'login'>>()
      .notNull()
      .references(() => logins.id, { onDelete: 'cascade' }),
    hash: text('hash').notNull(),
    createdAt: instant('created_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [primaryKey({ columns: [t.loginId, t.hash] })],
)
