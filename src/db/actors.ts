import { and, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Money } from '#src/domain/money.ts'
import type { ServerProduct } from '#src/domain/products/product.ts'
import { build, compile, write } from './query.ts'
import { accountReach, accounts, apiKeys, logins } from './schema/accounts.ts'
import { accountProducts, families, products } from './schema/catalog.ts'
import { sessions } from './schema/sign-in.ts'

/**
 * Whether the account of a number or one above it is suspended: then nobody below it is let in, and nothing is mailed there
 * by the clock.
 */
export const suspendedAt = (n: SQLWrapper): SQL<number> =>
  sql<number>`exists (select 1 from ${accountReach} up join ${accounts} above on above.n = up.ancestor_n
  where up.descendant_n = ${n} and above.suspended_at is not null)`

/** The same of the account that a query reads. */
export const isSuspended: SQL<number> = suspendedAt(accounts.n)

/** The products for servers that a customer's menu lists, with their families. */
const serverProducts =
  sql<string>`(select json_group_array(json_object('code', owned.code, 'name', owned.name, 'family', owned.family,
    'familyName', owned.family_name)) from (
  select p.code, p.name, f.code as family, f.name as family_name from ${accountProducts} given
    join ${products} p on p.code = given.product_code and p.unit = 'server' join ${families} f on f.code = p.family_code
  where given.account_id = ${accounts.id} and (given.given = 1 or given.active_computers > 0)
  order by f.position, p.position) owned)`.mapWith((json: string) => JSON.parse(json) as ServerProduct[]) as SQL<
    ServerProduct[]
  >

/** What an account that pays from a balance has in it. */
const balance = sql<string | null>`(select json_object('minor', coalesce(b.balance_minor, 0), 'currency', pays.currency)
  from billing_accounts pays left join balances b on b.account_id = pays.account_id and b.currency = pays.currency
  where pays.account_id = ${accounts.id})`.mapWith((json: string | null) =>
  json === null ? null : (JSON.parse(json) as Money),
) as SQL<Money | null>

const account = {
  id: accounts.id,
  kind: accounts.kind,
  name: accounts.name,
  email: accounts.email,
}

/** Who a session's cookie stands for, as of now. */
export const findSession = compile(
  build
    .select({
      account,
      serverProducts,
      balance,
      suspended: isSuspended,
      loginId: logins.id,
      loginName: logins.name,
      role: logins.role,
      isMaster: logins.isMaster,
      loginDisabledAt: logins.disabledAt,
      formatLocale: logins.formatLocale,
      timeZone: logins.timeZone,
      mustChangePassword: logins.mustChangePassword,
      hasPassword: sql<number>`${logins.passwordHash} is not null`,
      totpSeed: logins.totpSeed,
      totpResetAt: logins.totpResetAt,
      twoFactorRequired: accounts.twoFactorRequired,
      provedAt: sessions.provedAt,
      remember: sessions.remember,
      lastSeenAt: sessions.lastSeenAt,
      idleUntil: sessions.idleUntil,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .leftJoin(logins, eq(logins.id, sessions.loginId))
    .where(and(eq(sessions.id, sql.placeholder('credential')), isNull(sessions.endedAt))),
)

/** Who an API key stands for, as of now; found by the SHA-256 of the key. */
export const findApiKey = compile(
  build
    .select({
      account,
      suspended: isSuspended,
      id: apiKeys.id,
      name: apiKeys.name,
      access: apiKeys.access,
      role: apiKeys.role,
      isMaster: apiKeys.isMaster,
      allowedRanges: apiKeys.allowedRanges,
      expiresAt: apiKeys.expiresAt,
      lastUsedAt: apiKeys.lastUsedAt,
    })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .where(and(eq(apiKeys.hash, sql.placeholder('credential')), isNull(apiKeys.revokedAt))),
)

/** Aborts a write batch whose session was ended, or whose key was revoked, since it was read. */
export const stillStands = (credential: string): SQL =>
  sql`exists (select 1 from ${sessions} where ${sessions.id} = ${credential} and ${sessions.endedAt} is null)
    or exists (select 1 from ${apiKeys} where ${apiKeys.hash} = ${credential} and ${apiKeys.revokedAt} is null)`

/** Whoever uses a session has proved to be its owner again. */
export const markProved = (id: string, at: Date) =>
  write(
    build
      .update(sessions)
      .set({ provedAt: at })
      .where(eq(sessions.id, id as never)),
  )

/** The hourly mark of a session in use; it also moves the end of its idle time. */
export const touchSession = (id: string, at: Date, idleUntil: Date) =>
  write(
    build
      .update(sessions)
      .set({ lastSeenAt: at, idleUntil })
      .where(eq(sessions.id, id as never)),
  )

/** The hourly mark of an API key in use. */
export const touchApiKey = (hash: string, at: Date) =>
  write(build.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.hash, hash)))
