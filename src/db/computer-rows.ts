import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { ActiveProduct } from '#src/domain/computers/computer.ts'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts } from './schema/accounts.ts'
import { computerGroups, computers } from './schema/computers.ts'

/** The products that are active on a computer, with what shows how they stand, in the catalog's order. */
const activeProducts = sql<
  readonly ActiveProduct[]
>`(select json_group_array(json_object('activationId', id, 'code', code,
    'name', name, 'unit', unit, 'version', version, 'keyId', key_id, 'keyName', key_name, 'key', key_code,
    'licenseId', license_id, 'license', serial, 'activatedAt', activated_at, 'seenAt', last_check_in_at,
    'checkInHours', check_in_hours, 'checkInGraceDays', check_in_grace_days, 'staleAfterDays', stale_after_days))
  from (select a.id, p.code, p.name, p.unit, a.key_id, k.name as key_name, k.code as key_code, a.license_id, l.serial,
      (select value ->> 'version' from json_each(a.installed) where value ->> 'code' = a.product_code) as version,
      a.activated_at, a.last_check_in_at, p.check_in_hours, p.check_in_grace_days, p.stale_after_days
    from activations a cross join products p on p.code = a.product_code cross join activation_keys k on k.id = a.key_id
      left join licenses l on l.id = a.license_id
    where a.computer_id = ${computers.id} and a.released_at is null order by p.position))`.mapWith(
  (text: string) => JSON.parse(text) as readonly ActiveProduct[],
)

/** What every list and page says of a computer. */
export const computerColumns = {
  n: computers.n,
  id: computers.id,
  accountId: computers.accountId,
  accountName: accounts.name,
  isOwn: sql<boolean>`${accounts.n} = ${accountInReach}`.mapWith(Boolean),
  name: computers.name,
  hostname: computers.hostname,
  fingerprint: computers.fingerprint,
  ip: computers.ip,
  groupId: computers.groupId,
  groupName: sql<
    string | null
  >`(select ${computerGroups.name} from ${computerGroups} where ${computerGroups.id} = ${computers.groupId})`,
  registeredAt: computers.registeredAt,
  lastCheckInAt: computers.lastCheckInAt,
  removedAt: computers.removedAt,
  version: computers.version,
  products: activeProducts,
}

const inReach: SQL = sql`exists (select 1 from ${accountReach}
  where ${accountReach.ancestorN} = ${accountInReach} and ${accountReach.descendantN} = ${accounts.n})`

const oneComputer = compile(
  build
    .select(computerColumns)
    .from(computers)
    .innerJoin(accounts, eq(accounts.id, computers.accountId))
    .where(and(eq(computers.id, sql.placeholder('id')), inReach)),
)

/** One computer, removed or not; nothing where it lies outside the reach. */
export const findComputer = (reach: Reach, id: string) => oneComputer({ ...within(reach), id })
export type ComputerDetails = ReturnType<ReturnType<typeof findComputer>['rows']>[number]

const namedComputers = compile(
  build
    .select(computerColumns)
    .from(computers)
    .innerJoin(accounts, eq(accounts.id, computers.accountId))
    .where(and(sql`${computers.id} in (select value from json_each(${sql.placeholder('ids')}))`, inReach))
    .orderBy(sql`lower(${computers.name})`, computers.n),
)

/** Computers by their ids, removed ones too; those out of reach are left out. */
export const listNamedComputers = (reach: Reach, ids: readonly string[]) =>
  namedComputers({ ...within(reach), ids: JSON.stringify(ids) })

const ofRemoval = compile(
  build
    .select({ id: computers.id, name: computers.name, accountId: computers.accountId, accountName: accounts.name })
    .from(computers)
    .innerJoin(accounts, eq(accounts.id, computers.accountId))
    .where(
      and(
        sql`${computers.id} in (select computer_id from activations where removal_id = ${sql.placeholder('removal')} and removal_id is not null)`,
        inReach,
      ),
    )
    .orderBy(sql`lower(${computers.name})`, computers.n),
)

/** The computers that a removal took. */
export const listComputersOfRemoval = (reach: Reach, removal: string) => ofRemoval({ ...within(reach), removal })
