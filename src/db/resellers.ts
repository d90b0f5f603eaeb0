import { aliasedTable, and, asc, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { ResellerFilter } from '#src/domain/accounts/reseller.ts'
import { countCap } from './licenses.ts'
import { build, compile, compiledBy } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts, logins } from './schema/accounts.ts'
import { accountProducts, creditBalances } from './schema/catalog.ts'
import { licenseReach } from './schema/licenses.ts'

const parent = aliasedTable(accounts, 'parent')

const productCodes = sql<string[]>`(select json_group_array(${accountProducts.productCode}) from ${accountProducts}
  where ${accountProducts.accountId} = ${accounts.id} and ${accountProducts.given} = 1)`.mapWith(
  (codes: string): string[] => JSON.parse(codes),
)
const credits = sql<number>`(select coalesce(sum(${creditBalances.credits}), 0) from ${creditBalances}
  where ${creditBalances.accountId} = ${accounts.id})`
const licenseCount = sql<number>`(select count(*) from (select 1 from ${licenseReach}
  where ${licenseReach.accountN} = ${accounts.n} limit ${sql.raw(String(countCap + 1))}))`
const suspendedAbove =
  sql<boolean>`exists (select 1 from ${accountReach} up join ${accounts} above on above.n = up.ancestor_n
  where up.descendant_n = ${accounts.n} and up.ancestor_n <> ${accounts.n} and above.suspended_at is not null)`.mapWith(
    Boolean,
  )

const resellerColumns = {
  n: accounts.n,
  id: accounts.id,
  kind: accounts.kind,
  name: accounts.name,
  login: sql<string>`${logins.login}`,
  loginKey: sql<string>`${logins.loginKey}`,
  loginId: logins.id,
  email: accounts.email,
  parentName: sql<string | null>`iif(${parent.n} = ${accountInReach}, null, ${parent.name})`,
  productCodes,
  credits,
  licenses: licenseCount,
  lastSignInAt: logins.lastSignInAt,
  suspendedAt: accounts.suspendedAt,
  suspendedAbove,
  version: accounts.version,
  createdAt: accounts.createdAt,
}

/** A seller strictly below the reader. */
const isBelow = and(
  sql`${accounts.kind} in ('partner', 'reseller')`,
  sql`${accounts.n} <> ${accountInReach}`,
  sql`exists (select 1 from ${accountReach} where ${accountReach.ancestorN} = ${accountInReach} and ${accountReach.descendantN} = ${accounts.n})`,
)

const found = sql`(instr(${logins.loginKey}, ${sql.placeholder('q')}) or instr(${accounts.emailKey}, ${sql.placeholder('q')})
  or instr(lower(${accounts.name}), ${sql.placeholder('q')}) or instr(${accounts.name}, ${sql.placeholder('typed')}))`

const narrowed: Record<NonNullable<ResellerFilter['only']>, SQL> = {
  direct: sql`${parent.n} = ${accountInReach}`,
  suspended: sql`${accounts.suspendedAt} is not null`,
  low: sql`exists (select 1 from ${creditBalances} where ${creditBalances.accountId} = ${accounts.id}
    and ${creditBalances.credits} <= (select me.low_credits_at from ${accounts} me where me.n = ${accountInReach}))`,
}

/** The row beside which a page of sellers begins. */
export type ResellerCursor = { readonly value: string }
type ResellerPage = {
  readonly limit: number
  readonly after?: ResellerCursor | null
  readonly before?: ResellerCursor | null
}

type Shape = `${ResellerFilter['sort']}|${'q' | ''}|${string}|${'after' | 'before' | ''}`

/** Only sellers and staff have login names, so their index is the list of sellers in its order, with no customer in it. */
const listOf = compiledBy((shape: Shape) => {
  const [sort, q, only, from] = shape.split('|') as [ResellerFilter['sort'], string, string, string]
  const descending = sort.startsWith('-') !== (from === 'before')
  return build
    .select(resellerColumns)
    .from(logins)
    .crossJoin(accounts)
    .crossJoin(parent)
    .where(
      and(
        isNotNull(logins.loginKey),
        from ? sql`${logins.loginKey} ${sql.raw(descending ? '<' : '>')} ${sql.placeholder('besideValue')}` : undefined,
        eq(logins.isMaster, true),
        eq(accounts.id, logins.accountId),
        eq(parent.id, accounts.parentId),
        isBelow,
        q ? found : undefined,
        only ? narrowed[only as keyof typeof narrowed] : undefined,
      ),
    )
    .orderBy((descending ? desc : asc)(logins.loginKey))
    .limit(sql.placeholder('limit'))
})

/** A page of the sellers below, by login. */
export function listResellers(reach: Reach, { q, only, sort }: ResellerFilter, { limit, after, before }: ResellerPage) {
  return listOf(`${sort}|${q ? 'q' : ''}|${only ?? ''}|${before ? 'before' : after ? 'after' : ''}`, {
    ...within(reach),
    ...{ q: q.toLowerCase(), typed: q, limit },
    besideValue: (before ?? after)?.value,
  })
}

export type ResellerRow = ReturnType<ReturnType<typeof listResellers>['rows']>[number]

/** The master login as its own person: in use once somebody signed in with it, proved its e-mail or chose its password. */
const masterColumns = {
  loginEmail: logins.email,
  loginName: logins.name,
  loginInUse: sql<boolean>`(${logins.lastSignInAt} is not null or ${logins.confirmedAt} is not null
    or (${logins.passwordHash} is not null and not ${logins.mustChangePassword}))`.mapWith(Boolean),
}

const oneReseller = compile(
  build
    .select({ ...resellerColumns, ...masterColumns })
    .from(accounts)
    .innerJoin(logins, and(eq(logins.accountId, accounts.id), eq(logins.isMaster, true)))
    .innerJoin(parent, eq(parent.id, accounts.parentId))
    .where(and(eq(accounts.id, sql.placeholder('id')), isBelow)),
)

/** One seller strictly below, or nothing. */
export const findReseller = (reach: Reach, id: string) => oneReseller({ ...within(reach), id })

export type OneReseller = ReturnType<ReturnType<typeof findReseller>['rows']>[number]

const below = compile(
  build
    .select({ id: accounts.id, name: accounts.name })
    .from(accountReach)
    .innerJoin(accounts, eq(accounts.n, accountReach.descendantN))
    .where(
      and(
        eq(
          accountReach.ancestorN,
          sql`(select one.n from ${accounts} one where one.id = ${sql.placeholder('id')} and exists (
            select 1 from ${accountReach} mine where mine.ancestor_n = ${accountInReach} and mine.descendant_n = one.n))`,
        ),
        sql`${accounts.id} <> ${sql.placeholder('id')}`,
      ),
    )
    .orderBy(asc(accountReach.descendantN))
    .limit(sql.placeholder('limit')),
)

/** Accounts below a seller, oldest first: who cannot sign in when it is suspended. */
export const listBelow = (reach: Reach, id: string, limit: number) => below({ ...within(reach), id, limit })
