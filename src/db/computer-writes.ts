import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, write } from './query.ts'
import { accounts } from './schema/accounts.ts'
import { activations, computers } from './schema/computers.ts'
import { activationKeys } from './schema/licenses.ts'

type Ids = readonly Id<'computer'>[]
const among = (ids: Ids): SQL => sql`(select value from json_each(${JSON.stringify(ids)}))`

/** Aborts a batch unless all computers are still there. */
export const computersAreThere = (ids: Ids): SQL =>
  sql`(select count(*) from ${computers} where ${computers.id} in ${among(ids)} and ${computers.removedAt} is null) = ${ids.length}`

/** Renames a computer of this version; stands before `expectOne('version-mismatch')`. */
export const updateComputer = (
  id: Id<'computer'>,
  version: number,
  changed: { readonly name?: string; readonly groupId?: Id<'computerGroup'> | null },
) =>
  write(
    build
      .update(computers)
      .set({ ...changed, version: sql`${computers.version} + 1` })
      .where(and(eq(computers.id, id), eq(computers.version, version), isNull(computers.removedAt))),
  )

/** Puts computers into a group, or into none. */
export const updateGroupOf = (ids: Ids, groupId: Id<'computerGroup'> | null) =>
  write(
    build
      .update(computers)
      .set({ groupId, version: sql`${computers.version} + 1` })
      .where(and(sql`${computers.id} in ${among(ids)}`, isNull(computers.removedAt))),
  )

/** Moves activations to a key; the counters follow by trigger, which refuses what is over the key's limit. */
export const moveActivations = (ids: readonly Id<'activation'>[], keyId: Id<'activationKey'>) =>
  write(
    build
      .update(activations)
      .set({ keyId })
      .where(
        and(
          sql`${activations.id} in (select value from json_each(${JSON.stringify(ids)}))`,
          isNull(activations.releasedAt),
        ),
      ),
  )

/** Aborts a batch unless so many rows were changed by the statement before. */
export const changedRows = (count: number): SQL => sql`changes() = ${count}`

/** Aborts a batch unless a key is there, of the account, and has not ended on a day. */
export const keyTakesComputers = (id: Id<'activationKey'>, accountId: Id<'account'>, today: string): SQL =>
  sql`exists (select 1 from ${activationKeys} where ${activationKeys.id} = ${id} and ${activationKeys.accountId} = ${accountId}
    and ${activationKeys.removedAt} is null and coalesce(${activationKeys.expiresOn}, '9999-12-31') >= ${today})`

/** Sets after how many days the clock removes an account's computers; stands before `expectOne('version-mismatch')`. */
export const updateRemoveStale = (id: Id<'account'>, was: number | null, days: number | null) =>
  write(
    build
      .update(accounts)
      .set({ removeStaleAfterDays: days })
      .where(and(eq(accounts.id, id), sql`${accounts.removeStaleAfterDays} is ${was}`)),
  )
