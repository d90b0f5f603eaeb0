import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, compiledBy, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { computerReach, computerGroups as groups } from './schema/computers.ts'

/** More computers than this are shown as "100+". */
const countCap = 100

const owner: SQL = sql`${groups.accountId} = (select ${accounts.id} from ${accounts} where ${accounts.n} = ${accountInReach})`

const groupColumns = {
  id: groups.id,
  accountId: groups.accountId,
  name: groups.name,
  nameKey: groups.nameKey,
  version: groups.version,
  createdAt: groups.createdAt,
  computers: sql<number>`(select count(*) from (select 1 from ${computerReach} where ${computerReach.accountN} = ${accountInReach}
    and ${computerReach.productCode} = '' and ${computerReach.groupId} = ${groups.id} limit ${sql.raw(String(countCap + 1))}))`,
}

/** A page goes on after a group, or back before one; rows of a page going back come in the turned order. */
export type GroupPage = {
  readonly limit: number
  readonly after?: { readonly value: string } | null
  readonly before?: { readonly value: string } | null
}

const listOf = compiledBy((from: 'after' | 'before' | '') => {
  const [past, order] = from === 'before' ? ['<', 'desc'] : ['>', 'asc']
  return build
    .select(groupColumns)
    .from(groups)
    .where(and(owner, from ? sql`${groups.nameKey} ${sql.raw(past)} ${sql.placeholder('value')}` : undefined))
    .orderBy(sql`${groups.nameKey} ${sql.raw(order)}`)
    .limit(sql.placeholder('limit'))
})

/** A page of the account's own groups, by name. */
export const listComputerGroups = (reach: Reach, { limit, after, before }: GroupPage) =>
  listOf(before ? 'before' : after ? 'after' : '', { ...within(reach), limit, value: (before ?? after)?.value })
export type GroupRow = ReturnType<ReturnType<typeof listComputerGroups>['rows']>[number]

const oneGroup = compile(
  build
    .select(groupColumns)
    .from(groups)
    .where(and(eq(groups.id, sql.placeholder('id')), owner)),
)

/** One of the account's own groups. */
export const findComputerGroup = (reach: Reach, id: string) => oneGroup({ ...within(reach), id })

const groupNamed = compile(
  build
    .select(groupColumns)
    .from(groups)
    .where(and(owner, eq(groups.nameKey, sql.placeholder('nameKey')))),
)

/** One of the account's own groups by its name, however it is written. */
export const findGroupNamed = (reach: Reach, nameKey: string) => groupNamed({ ...within(reach), nameKey })

const choices = compile(
  build.select({ id: groups.id, name: groups.name }).from(groups).where(owner).orderBy(groups.nameKey).limit(200),
)

/** Groups of the account itself, to choose from. */
export const listGroupChoices = (reach: Reach) => choices(within(reach))

/** Makes a group; a name that is taken violates `computer_groups.account_id, computer_groups.name_key`. */
export const insertComputerGroup = (row: typeof groups.$inferInsert) => write(build.insert(groups).values(row))

/** Renames a group of this version; stands before `expectOne('version-mismatch')`. */
export const updateComputerGroup = (
  id: Id<'computerGroup'>,
  version: number,
  { name, nameKey }: { name: string; nameKey: string },
) =>
  write(
    build
      .update(groups)
      .set({ name, nameKey, version: sql`${groups.version} + 1` })
      .where(and(eq(groups.id, id), eq(groups.version, version))),
  )

/** Takes all computers out of a group, so that their rows in reach follow. */
export const emptyComputerGroup = (id: Id<'computerGroup'>) =>
  write({
    toSQL: () => ({
      sql: 'update computers set group_id = null, version = version + 1 where group_id = ?',
      params: [id],
    }),
  })

/** Deletes a group of this version; stands before `expectOne('version-mismatch')`. */
export const deleteComputerGroup = (id: Id<'computerGroup'>, version: number) =>
  write(build.delete(groups).where(and(eq(groups.id, id), eq(groups.version, version))))

/** Aborts a batch unless the group is there and of this account. */
export const groupIsThere = (id: Id<'computerGroup'>, accountId: Id<'account'>): SQL =>
  sql`exists (select 1 from ${groups} where ${groups.id} = ${id} and ${groups.accountId} = ${accountId})`
