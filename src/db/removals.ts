import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { isOwn } from './own-account.ts'
import { build, compile, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts } from './schema/accounts.ts'
import { activations, removals } from './schema/computers.ts'

const removalColumns = {
  id: removals.id,
  accountId: removals.accountId,
  accountName: accounts.name,
  computers: removals.computers,
  at: removals.at,
  undoUntil: removals.undoUntil,
  undoneAt: removals.undoneAt,
}

const oneRemoval = compile(
  build
    .select(removalColumns)
    .from(removals)
    .innerJoin(accounts, eq(accounts.id, removals.accountId))
    .where(
      and(
        eq(removals.id, sql.placeholder('id')),
        sql`exists (select 1 from ${accountReach} where ${accountReach.ancestorN} = ${accountInReach} and ${accountReach.descendantN} = ${accounts.n})`,
      ),
    ),
)

/** One removal of the account or of one below it. */
export const findRemoval = (reach: Reach, id: string) => oneRemoval({ ...within(reach), id })

const ownRemovals = compile(
  build
    .select(removalColumns)
    .from(removals)
    .innerJoin(accounts, eq(accounts.id, removals.accountId))
    .where(and(isOwn(removals.accountId), sql`${removals.at} > ${sql.placeholder('since')}`))
    .orderBy(desc(removals.at))
    .limit(sql.placeholder('limit')),
)

/** The account's latest removals since an instant, newest first. */
export const listRemovals = (reach: Reach, since: Date, limit: number) =>
  ownRemovals({ ...within(reach), since: since.getTime(), limit })

export const insertRemoval = (row: typeof removals.$inferInsert) => write(build.insert(removals).values(row))

/** Releases all products of computers under a removal; counters, licenses and reach follow by trigger. */
export const releaseComputers = (ids: readonly Id<'computer'>[], removalId: Id<'removal'>, at: Date) =>
  write(
    build
      .update(activations)
      .set({ releasedAt: at, removalId })
      .where(
        and(
          sql`${activations.computerId} in (select value from json_each(${JSON.stringify(ids)}))`,
          isNull(activations.releasedAt),
        ),
      ),
  )

/** Marks a removal as undone; stands before an expectation of one row. */
export const markUndone = (id: Id<'removal'>, at: Date) =>
  write(
    build
      .update(removals)
      .set({ undoneAt: at })
      .where(and(eq(removals.id, id), isNull(removals.undoneAt))),
  )

/** What a removal released and nothing has touched since. */
const released = (id: Id<'removal'>): SQL =>
  sql`${activations.removalId} = ${id} and ${activations.removalId} is not null
    and ${activations.releasedAt} = (select ${removals.at} from ${removals} where ${removals.id} = ${id})`

/** Brings back what a removal released, with its tokens; a limit that is reached refuses by trigger. */
export const restoreActivations = (id: Id<'removal'>) =>
  write(build.update(activations).set({ releasedAt: null }).where(released(id)))

/** Aborts a batch where a key of what a removal released was removed since. */
export const keysOfRemovalStand = (id: Id<'removal'>): SQL =>
  sql`not exists (select 1 from ${activations} join activation_keys as used on used.id = ${activations.keyId}
    where ${released(id)} and used.removed_at is not null)`

/** Aborts a batch where a license of what a removal released runs on another computer by now. */
export const licensesOfRemovalAreFree = (id: Id<'removal'>): SQL =>
  sql`not exists (select 1 from ${activations} cross join activations as other
    where ${released(id)} and other.license_id = ${activations.licenseId} and other.license_id is not null and other.released_at is null)`
