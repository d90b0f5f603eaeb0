import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import { linkPurposes } from '#src/domain/sign-in/links.ts'
import { accounts, logins } from './accounts.ts'
import { instant, json, oneOf } from './columns.ts'

/** Who is signed in. The cookie names this row; what the row says now is what counts. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').$type<Id<'session'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    /** Null for a session opened with an order number or a mailed link: it has the customer's rights alone. */
    loginId: text('login_id')
      .$type<Id<'login'>>()
      .references(() => logins.id),
    remember: integer('remember', { mode: 'boolean' }).notNull(),
    device: text('device').notNull(),
    address: text('address').notNull(),
    /** Where the address is, as the edge says: `Lyon, FR`; `''` unknown. */
    place: text('place').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    idleUntil: instant('idle_until').notNull(),
    expiresAt: instant('expires_at').notNull(),
    provedAt: instant('proved_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('sessions_account').on(t.accountId, t.createdAt),
    index('sessions_login').on(t.loginId),
    index('sessions_expires').on(t.expiresAt),
  ],
)

/** How often a subject (an identifier, an address) tried in a window; counted before anything is verified. */
export const signInAttempts = sqliteTable(
  'sign_in_attempts',
  {
    subject: text('subject').notNull(),
    window: integer('window').notNull(),
    count: integer('count').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.subject, t.window] }), index('sign_in_attempts_expires').on(t.expiresAt)],
)

/** Ids of single-use tokens that were used, kept until they would have expired anyway. */
export const spentTokens = sqliteTable(
  'spent_tokens',
  { id: text('id').primaryKey(), expiresAt: instant('expires_at').notNull() },
  (t) => [index('spent_tokens_expires').on(t.expiresAt)],
)

/** Mailed one-time links. The token is HMAC(key, kind and id); only its hash is kept (Decision 15). */
export const links = sqliteTable(
  'links',
  {
    id: text('id').$type<Id<'link'>>().primaryKey(),
    purpose: text('purpose', { enum: linkPurposes }).notNull(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    loginId: text('login_id')
      .$type<Id<'login'>>()
      .references(() => logins.id),
    email: text('email').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    details: json('details'),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('link_purpose', t.purpose, linkPurposes),
    index('links_account').on(t.accountId),
    index('links_login').on(t.loginId),
    index('links_expires').on(t.expiresAt),
  ],
)
