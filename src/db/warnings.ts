import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { type Lead, offeredLeads } from '#src/domain/warnings/leads.ts'
import type { EndKind } from '#src/domain/warnings/warning.ts'
import { suspendedAt } from './actors.ts'
import { build, compile, type Write, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { editions, products } from './schema/catalog.ts'
import { licenses } from './schema/licenses.ts'
import { clockDays, warnings } from './schema/warnings.ts'

/** The days that a run looks at: those after `since`, up to `today`. */
export type WarnedDays = { readonly since: Day; readonly today: Day }

type At = { readonly since: SQL; readonly today: SQL }

const ahead = (lead: SQL): SQL => sql`${lead} || ' days'`

/** Whether the day of a lead time `w.value` before an end has come since. */
const isDue = (endsOn: SQL, { since, today }: At): SQL =>
  sql`${endsOn} > date(${since}, ${ahead(sql`w.value`)}) and ${endsOn} <= date(${today}, ${ahead(sql`w.value`)})`

/** What ends, of each kind, as `e` with its license `l` and an account `a` above it that wants to be warned as early as `w`. */
type Source = {
  readonly kind: EndKind
  readonly objectId: SQL
  readonly endsOn: SQL
  readonly startsOn: SQL
  /** By the ends of all, then the accounts that see them: which accounts there are to warn. */
  readonly ofAll: (at: At) => SQL
  /** By what one account sees. */
  readonly ofOne: (at: At) => SQL
}

const anyLead = sql.raw(`json_each('${JSON.stringify(offeredLeads)}') w`)
const seenBy = sql`join license_reach r indexed by license_reach_license on r.license_n = l.n
  join accounts a on a.n = r.account_n
    and exists (select 1 from json_each(a.warning_leads) chosen where chosen.value = w.value)`
const ownLeads = sql`accounts a cross join json_each(a.warning_leads) w`

const sources: readonly Source[] = [
  {
    kind: 'support',
    ...{ objectId: sql`e.id`, endsOn: sql`e.ends_on`, startsOn: sql`e.starts_on` },
    ofAll: (at) => sql`${anyLead} cross join license_reach v indexed by license_reach_support
      on v.account_n = (select n from accounts where kind = 'vendor') and ${isDue(sql`v.support_ends_on`, at)}
      cross join licenses l on l.n = v.license_n join supports e on e.license_id = l.id ${seenBy}`,
    ofOne: (at) => sql`${ownLeads} cross join license_reach r indexed by license_reach_support
      on r.account_n = a.n and ${isDue(sql`r.support_ends_on`, at)}
      cross join licenses l on l.n = r.license_n join supports e on e.license_id = l.id`,
  },
  {
    kind: 'trial',
    ...{ objectId: sql`l.id`, endsOn: sql`l.ends_on`, startsOn: sql`l.bought_on` },
    ofAll: (at) => sql`${anyLead} cross join licenses l indexed by licenses_trial_ends
      on l.kind = 'trial' and ${isDue(sql`l.ends_on`, at)} ${seenBy}`,
    ofOne: (at) => sql`${ownLeads} cross join license_reach r indexed by license_reach_trial
      on r.account_n = a.n and r.kind = 'trial' cross join licenses l on l.n = r.license_n and ${isDue(sql`l.ends_on`, at)}`,
  },
  {
    kind: 'subscription',
    ...{ objectId: sql`e.id`, endsOn: sql`e.term_ends_on`, startsOn: sql`e.starts_on` },
    ofAll: (at) => sql`${anyLead} cross join subscriptions e indexed by subscriptions_ended
      on e.canceled_at is not null and ${isDue(sql`e.term_ends_on`, at)} join licenses l on l.id = e.license_id ${seenBy}`,
    ofOne: (at) => sql`${ownLeads} cross join license_reach r indexed by license_reach_subscription
      on r.account_n = a.n and r.kind = 'subscription' cross join licenses l on l.n = r.license_n
      join subscriptions e on e.license_id = l.id and e.canceled_at is not null and ${isDue(sql`e.term_ends_on`, at)}`,
  },
]

/** Not what began later than its warning would have come, and nothing that was told as late or later. */
const isUntold = ({ objectId, endsOn, startsOn }: Source): SQL =>
  sql`${startsOn} < date(${endsOn}, ${ahead(sql`(-w.value)`)})
    and not exists (select 1 from warnings t where t.account_id = a.id and t.object_id = ${objectId}
      and t.ends_on = ${endsOn} and t.lead <= w.value)`

const unionOf = (selects: readonly SQL[]): SQL => sql.join([...selects], sql` union all `)

const placed: At = { since: sql`${sql.placeholder('since')}`, today: sql`${sql.placeholder('today')}` }

const toWarn = compile(
  build
    .selectDistinct({ id: sql<Id<'account'>>`due.id`, email: sql<string>`due.email` })
    .from(
      sql`(${unionOf(
        sources.map(
          (source) => sql`select a.id, a.email from ${source.ofAll(placed)} where not ${suspendedAt(sql`a.n`)}
            and not exists (select 1 from warnings t where t.account_id = a.id and t.warned_on = ${placed.today})
            and ${isUntold(source)}`,
        ),
      )}) due`,
    )
    .orderBy(sql`due.id`)
    .limit(sql.placeholder('limit')),
)

/** Accounts with an end to be warned of that were not warned of anything yet today. */
export const listAccountsToWarn = (days: WarnedDays, limit: number) => toWarn({ ...days, limit })

/** Warns an account of all that is due: of each end by the shortest of the lead times that have come. */
export function insertDueWarnings(accountId: Id<'account'>, { since, today }: WarnedDays): Write {
  const at = { since: sql`${since}`, today: sql`${today}` }
  const due = unionOf(
    sources.map(
      (source) => sql`select a.id as account_id, ${source.objectId} as object_id, ${source.endsOn} as ends_on,
        w.value as lead, ${sql.raw(`'${source.kind}'`)} as kind, l.id as license_id
        from ${source.ofOne(at)} where a.id = ${accountId} and ${isUntold(source)}`,
    ),
  )
  return write(
    build
      .insert(warnings)
      .select(
        sql`select account_id, object_id, ends_on, min(lead), kind, license_id, ${today} from (${due}) group by object_id`,
      ),
  )
}

/** Whether an account was warned of anything on a day. */
export const wasWarnedOn = (accountId: Id<'account'>, day: Day): SQL =>
  sql`exists (select 1 from warnings where account_id = ${accountId} and warned_on = ${day})`

const ofDay = compile(
  build
    .select({
      kind: warnings.kind,
      endsOn: warnings.endsOn,
      serial: licenses.serial,
      productName: products.name,
      editionName: editions.name,
      size: licenses.size,
      unit: products.unit,
      email: licenses.email,
      ownerName: accounts.name,
      orderReference: licenses.orderReference,
      comment: licenses.comment,
    })
    .from(warnings)
    .innerJoin(licenses, eq(licenses.id, warnings.licenseId))
    .innerJoin(accounts, eq(accounts.id, licenses.accountId))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .where(and(eq(warnings.accountId, sql.placeholder('account')), eq(warnings.warnedOn, sql.placeholder('day'))))
    .orderBy(asc(warnings.endsOn), asc(warnings.objectId))
    .limit(sql.placeholder('limit')),
)

/** What an account was warned of on a day and is still there, what ends first first. */
export const listWarnedEnds = (accountId: string, day: string, limit: number) =>
  ofDay({ account: accountId, day, limit })

const columns = {
  id: accounts.id,
  kind: accounts.kind,
  name: accounts.name,
  email: accounts.email,
  leads: accounts.warningLeads,
  weeklyDigest: accounts.weeklyDigest,
  version: accounts.version,
  /** Without one, nobody can open the settings. */
  hasLogin: sql<number>`exists (select 1 from logins as l where l.account_id = ${accounts}.id)`,
}

const own = compile(build.select(columns).from(accounts).where(sql`${accounts.n} = ${accountInReach}`))

/** When the account is warned. */
export const findWarningChoice = (reach: Reach) => own(within(reach))
export type WarningChoiceRow = ReturnType<ReturnType<typeof findWarningChoice>['rows']>[number]

const byId = compile(
  build
    .select(columns)
    .from(accounts)
    .where(eq(accounts.id, sql.placeholder('id'))),
)

/** The same by the account's id, for a letter and the link in it. */
export const findWarningChoiceById = (id: string) => byId({ id })

/** When an account is warned, and whether a seller gets the weekly digest. */
export type WarningChoice = { readonly leads: readonly Lead[]; readonly weeklyDigest: boolean }

/** Sets when an account is warned; of a version it stands before `expectOne`, of `null` it sets it whatever it is. */
export const updateWarningChoice = (id: Id<'account'>, version: number | null, choice: WarningChoice): Write =>
  write(
    build
      .update(accounts)
      .set({ warningLeads: choice.leads, weeklyDigest: choice.weeklyDigest, version: sql`${accounts.version} + 1` })
      .where(and(eq(accounts.id, id), version === null ? undefined : eq(accounts.version, version))),
  )

const dayOfJob = compile(
  build
    .select({ day: clockDays.day })
    .from(clockDays)
    .where(eq(clockDays.job, sql.placeholder('job'))),
)

/** Up to which day a job has done its work; none where it never ran. */
export const findClockDay = (job: string) => dayOfJob({ job })

/** A job has done its work up to a day. */
export const setClockDay = (job: string, day: Day): Write =>
  write(
    build
      .insert(clockDays)
      .values({ job, day })
      .onConflictDoUpdate({ target: clockDays.job, set: { day: sql`max(${clockDays.day}, excluded.day)` } }),
  )
