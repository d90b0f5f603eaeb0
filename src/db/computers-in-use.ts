import { and, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { releasableColumns } from './activations.ts'
import { keyOfCode } from './machines.ts'
import { build, compile, compiledBy } from './query.ts'
import { products } from './schema/catalog.ts'
import { activations, computers } from './schema/computers.ts'
import { licenses } from './schema/licenses.ts'

/** What is full: a key, what an account owns of a server product, or the licenses of a key. */
export type FullScope = 'key' | 'account' | 'licenses'

/** More are not told in one answer; and no more than these are looked at. */
const told = 20
const lookedAt = 1000

const scopes: Record<FullScope, SQL> = {
  key: sql`key_id = ${sql.placeholder('key')}`,
  account: sql`account_id = ${sql.placeholder('account')} and product_code = ${sql.placeholder('product')}`,
  licenses: sql`license_id in (select id from licenses where activation_key_id = ${sql.placeholder('key')}
    and product_code = ${sql.placeholder('product')} and computer_id is not null limit ${sql.raw(String(lookedAt))})`,
}

const inUse = compiledBy((scope: FullScope) =>
  build
    .select({ id: computers.id, name: computers.name, lastCheckInAt: sql<number | null>`a.last_check_in_at` })
    .from(
      sql`(select computer_id, last_check_in_at, activated_at from activations
        where ${scopes[scope]} and released_at is null limit ${sql.raw(String(lookedAt))}) a`,
    )
    .innerJoin(computers, sql`${computers.id} = a.computer_id`)
    .orderBy(sql`coalesce(a.last_check_in_at, a.activated_at)`)
    .limit(told),
)

type Place = { readonly key: string; readonly account: string; readonly product: string }

/** Computers that take up the places, at most twenty: who was seen longest ago first. */
export const listComputersInUse = (scope: FullScope, place: Place) => inUse(scope, place)

const ofKeysAccount = (account: SQLWrapper): SQL =>
  sql`${account} = (select account_id from activation_keys where id = ${keyOfCode})`

const counts = compile(
  build
    .select({
      key: sql<number>`(select active_computers from activation_keys where id = ${sql.placeholder('key')})`,
      keyLimit: sql<number | null>`(select computer_limit from activation_keys where id = ${sql.placeholder('key')})`,
      account: sql<number>`(select active_computers from account_products where account_id = ${sql.placeholder('account')} and product_code = ${sql.placeholder('product')})`,
      accountLimit: sql<
        number | null
      >`(select server_licenses from account_products where account_id = ${sql.placeholder('account')} and product_code = ${sql.placeholder('product')})`,
      licenses: sql<number>`(select count(*) from (select 1 from licenses where activation_key_id = ${sql.placeholder('key')}
        and product_code = ${sql.placeholder('product')} and computer_id is not null limit ${sql.raw(String(lookedAt))}))`,
    })
    .from(sql`(select 1)`),
)

/** How many places there are and how many are taken, of whatever may be full. */
export const findCounts = (place: Place) => counts(place)

const replaceable = compile(
  build
    .select(releasableColumns)
    .from(activations)
    .innerJoin(computers, eq(computers.id, activations.computerId))
    .innerJoin(products, eq(products.code, activations.productCode))
    .leftJoin(licenses, eq(licenses.id, activations.licenseId))
    .where(
      and(
        eq(activations.computerId, sql.placeholder('computer') as never),
        isNull(activations.releasedAt),
        ofKeysAccount(activations.accountId),
        sql`(${activations.productCode} = ${sql.placeholder('product')} or ${activations.keyId} = ${keyOfCode})`,
      ),
    )
    .orderBy(sql`${activations.productCode} <> ${sql.placeholder('product')}`)
    .limit(1),
)

/** What is active on a computer that is to be replaced: the product itself, or another that takes up a place of the key. */
export const findReplaceable = (code: string, product: string, computer: string) =>
  replaceable({ code, product, computer })

const known = compile(
  build
    .select({ id: computers.id })
    .from(computers)
    .where(and(eq(computers.id, sql.placeholder('computer') as never), ofKeysAccount(computers.accountId))),
)

/** A computer of the account that a key belongs to, whatever is active on it. */
export const findComputerOfKey = (code: string, computer: string) => known({ code, computer })
