import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { KeptFields } from '#src/domain/activation-keys/fields.ts'
import type { Id } from '#src/domain/ids.ts'
import { build, write } from './query.ts'
import { activations } from './schema/computers.ts'
import { activationKeys, formerCodes, licenses } from './schema/licenses.ts'

type NewKey = Omit<typeof activationKeys.$inferInsert, 'isDefault'>

/** Makes keys of one account and product; a code that is taken violates `activation_keys.code_normal`. */
export const insertActivationKeys = (rows: readonly NewKey[]) =>
  write(
    build
      .insert(activationKeys)
      .values(rows.map((row, i) => ({ ...row, isDefault: (i === 0 ? firstOfProduct(row) : sql`0`) as never }))),
  )

/** The first key of a product is its default: whoever comes second in the same moment finds it there. */
const firstOfProduct = ({ accountId, productCode }: NewKey): SQL =>
  productCode
    ? sql`not exists (select 1 from ${activationKeys} k where k.account_id = ${accountId}
        and k.product_code = ${productCode} and k.is_default = 1 and k.removed_at is null)`
    : sql`0`

/** Keys that a batch has made, as JSON in the order of their ids. */
export const madeKeys = (ids: readonly string[]): SQL => sql`(select json_group_array(json(made.key)) from (
  select json_object('id', k.id, 'name', k.name, 'code', k.code, 'note', k.note, 'productCode', k.product_code,
    'isDefault', json(iif(k.is_default, 'true', 'false')), 'computerLimit', k.computer_limit,
    'expiresOn', k.expires_on, 'allowedRanges', json(k.allowed_ranges), 'createdAt', k.created_at) as key
  from json_each(${JSON.stringify(ids)}) wanted join ${activationKeys} k on k.id = wanted.value order by wanted.key) made)`

const alive = (id: Id<'activationKey'>, accountId: Id<'account'>) =>
  and(eq(activationKeys.id, id), eq(activationKeys.accountId, accountId), isNull(activationKeys.removedAt))

/** A key of this version; what changes it stands before `expectOne('version-mismatch')`. */
export type KeyVersion = {
  readonly id: Id<'activationKey'>
  readonly accountId: Id<'account'>
  readonly version: number
}

const ofVersion = ({ id, accountId, version }: KeyVersion) =>
  and(alive(id, accountId), eq(activationKeys.version, version))
const nextVersion = sql`${activationKeys.version} + 1`

/** Aborts a batch unless the key is there and of this account. */
export const keyIsAlive = (id: Id<'activationKey'>, accountId: Id<'account'>): SQL =>
  sql`exists (select 1 from ${activationKeys} where ${alive(id, accountId)})`

const codesOf = (ids: readonly string[]): SQL => sql`(select value from json_each(${JSON.stringify(ids)}))`

/** Aborts a batch while licenses are on one of the keys. */
export const keysHoldNothing = (ids: readonly string[]): SQL =>
  sql`not exists (select 1 from ${licenses} where ${licenses.activationKeyId} in ${codesOf(ids)})`

/** Sets the fields of a key, and whether it is the default. */
export const updateActivationKey = (
  key: KeyVersion,
  { name, note, computerLimit, expiresOn, allowedRanges, isDefault }: KeptFields & { readonly isDefault: boolean },
) =>
  write(
    build
      .update(activationKeys)
      .set({ name, note, computerLimit, expiresOn, allowedRanges, isDefault, version: nextVersion })
      .where(ofVersion(key)),
  )

/** Whichever key is the default of an account's product, or of none, is so no longer: another one takes its place. */
export const clearDefault = (accountId: Id<'account'>, productCode: string | null) =>
  write(
    build
      .update(activationKeys)
      .set({ isDefault: false, version: nextVersion })
      .where(
        and(
          eq(activationKeys.accountId, accountId),
          productCode === null ? isNull(activationKeys.productCode) : eq(activationKeys.productCode, productCode),
          sql`${activationKeys.isDefault} = 1 and ${activationKeys.removedAt} is null`,
        ),
      ),
  )

/** Gives a key another code. */
export const updateCode = (key: KeyVersion, code: string) =>
  write(build.update(activationKeys).set({ code, version: nextVersion }).where(ofVersion(key)))

/** Keeps the code that a key had: taken for ever, good until its grace ends. */
export const insertFormerCode = (former: typeof formerCodes.$inferInsert) =>
  write(build.insert(formerCodes).values(former))

/** Releases all computers of keys; the counters follow by trigger. */
export const releaseComputersOfKeys = (ids: readonly string[], at: Date) =>
  write(
    build
      .update(activations)
      .set({ releasedAt: at })
      .where(and(sql`${activations.keyId} in ${codesOf(ids)}`, isNull(activations.releasedAt))),
  )

/** Marks a key as removed; its code stays taken. A default violates `activation_key_default_stays`. */
export const removeActivationKeyRow = (key: KeyVersion, removedAt: Date) =>
  write(build.update(activationKeys).set({ removedAt, version: nextVersion }).where(ofVersion(key)))
