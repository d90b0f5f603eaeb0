import { and, eq, type SQL, sql } from 'drizzle-orm'
import { addDays, type Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import {
  type Digest,
  expiredLately,
  idleAfter,
  type LicenseToDo,
  mostEndings,
  mostTold,
  type OverUse,
  renewalAhead,
} from '#src/domain/warnings/digest.ts'
import type { Ending } from '#src/domain/warnings/rightsizing.ts'
import { suspendedAt } from './actors.ts'
import { build, compile, type Read, type Write, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { digests } from './schema/warnings.ts'

const at = (name: string): SQL => sql`${sql.placeholder(name)}`
const instantOrNull = (column: string) =>
  sql<Date | null>`${sql.raw(column)}`.mapWith((ms: number | null) => (ms === null ? null : new Date(ms)))

/** Licenses below `me`, by an index of its reach. */
const licensesBelow = (me: SQL, index: string): SQL => sql`license_reach lr indexed by ${sql.raw(index)}
  join licenses l on lr.account_n = ${me} and l.n = lr.license_n join accounts w on w.id = l.account_id
  join products p on p.code = l.product_code
  join editions e on e.product_code = l.product_code and e.code = l.edition_code`

const names = {
  productName: sql<string>`p.name`,
  editionName: sql<string>`e.name`,
  email: sql<string>`l.email`,
  ownerName: sql<string>`w.name`,
}
const toDo = (day: string) => ({
  ...{ licenseId: sql<string>`l.id`, serial: sql<string>`l.serial` },
  ...{ ...names, day: sql<Day>`${sql.raw(day)}` },
})

/** What a digest is made of, for the account whose small key `me` is. */
function readsOf(me: SQL) {
  const expired = compile(
    build
      .select(toDo('lr.support_ends_on'))
      .from(licensesBelow(me, 'license_reach_support'))
      .where(sql`lr.support_ends_on >= ${at('expiredSince')} and lr.support_ends_on < ${at('today')}`)
      .orderBy(sql`lr.support_ends_on desc, lr.license_n desc`)
      .limit(mostTold + 1),
  )
  const idle = compile(
    build
      .select(toDo('lr.bought_on'))
      .from(licensesBelow(me, 'license_reach_idle'))
      .where(
        sql`lr.activated = 0 and lr.kind <> 'trial' and lr.bought_on < ${at('idleBefore')}
          and (l.ends_on is null or l.ends_on >= ${at('today')})`,
      )
      .orderBy(sql`lr.bought_on desc, lr.license_n desc`)
      .limit(mostTold + 1),
  )
  const keys = compile(
    build
      .select({
        keyId: sql<string | null>`k.id`,
        name: sql<string>`k.name`,
        productName: sql<string | null>`p.name`,
        ownerName: sql<string>`w.name`,
        allowed: sql<number>`k.computer_limit`,
        used: sql<number>`k.active_computers`,
      })
      .from(
        sql`activation_keys k indexed by activation_keys_over cross join key_reach r join accounts w on w.id = k.account_id
          left join products p on p.code = k.product_code`,
      )
      .where(
        sql`k.active_computers > k.computer_limit and k.removed_at is null
          and r.account_n = ${me} and r.product_code = '' and r.servers = '' and r.key_id = k.id`,
      )
      .orderBy(sql`k.id`)
      .limit(mostTold + 1),
  )
  const servers = compile(
    build
      .select({
        keyId: sql<string | null>`null`,
        name: sql<string>`p.name`,
        productName: sql<string | null>`p.name`,
        ownerName: sql<string>`w.name`,
        allowed: sql<number>`o.server_licenses`,
        used: sql<number>`o.active_computers`,
      })
      .from(
        sql`account_products o indexed by account_products_over join accounts w on w.id = o.account_id
          join account_reach r on r.ancestor_n = ${me} and r.descendant_n = w.n join products p on p.code = o.product_code`,
      )
      .where(sql`o.active_computers > o.server_licenses`)
      .orderBy(sql`w.id, o.product_code`)
      .limit(mostTold + 1),
  )
  const endings = compile(
    build
      .select({
        ...{ ...names, endsOn: sql<Day>`lr.support_ends_on` },
        firstActivatedAt: instantOrNull('l.first_activated_at'),
        lastUsedAt: instantOrNull(
          '(select max(coalesce(v.last_check_in_at, v.activated_at)) from activations v where v.license_id = l.id)',
        ),
      })
      .from(licensesBelow(me, 'license_reach_support'))
      .where(sql`lr.support_ends_on >= ${at('today')} and lr.support_ends_on <= ${at('renewedBefore')}`)
      .orderBy(sql`lr.support_ends_on, lr.license_n`)
      .limit(mostEndings + 1),
  )
  return (values: Record<string, unknown>) =>
    [
      expired(values) as Read<LicenseToDo[]>,
      idle(values) as Read<LicenseToDo[]>,
      keys(values) as Read<OverUse[]>,
      servers(values) as Read<OverUse[]>,
      endings(values) as Read<Ending[]>,
    ] as const
}

const daysFrom = (today: Day) => ({
  today,
  expiredSince: addDays(today, -expiredLately),
  idleBefore: addDays(today, -idleAfter),
  renewedBefore: addDays(today, renewalAhead),
})

const inReach = readsOf(accountInReach)

/** What there is to do now for whoever asks. */
export const digestReads = (reach: Reach, today: Day) => inReach({ ...within(reach), ...daysFrom(today) })

const ofAccount = readsOf(sql`(select n from accounts where id = ${sql.placeholder('account')})`)

/** The same of an account, for the clock. */
export const digestReadsOf = (accountId: Id<'account'>, today: Day) =>
  ofAccount({ account: accountId, ...daysFrom(today) })

const due = compile(
  build
    .select({ id: sql<Id<'account'>>`a.id`, email: sql<string>`a.email` })
    .from(sql`accounts a indexed by accounts_digest`)
    .where(
      sql`a.weekly_digest = 1 and a.kind <> 'customer' and not ${suspendedAt(sql`a.n`)} and a.created_at < ${at('dueAt')}
        and not exists (select 1 from digests d where d.account_id = a.id and d.week = ${at('week')})`,
    )
    .orderBy(sql`a.id`)
    .limit(sql.placeholder('limit')),
)

/** Sellers that want a digest and were there when it was due, and for whom that of a week is not made yet. */
export const listDigestsDue = (week: Day, dueAt: Date, limit: number) => due({ week, dueAt: dueAt.getTime(), limit })

/** A digest: it violates `digests.account_id, digests.week` where somebody made it before. */
export const insertDigest = (digest: typeof digests.$inferInsert): Write => write(build.insert(digests).values(digest))

const one = compile(
  build
    .select({ accountName: accounts.name, weeklyDigest: accounts.weeklyDigest, content: digests.content })
    .from(digests)
    .innerJoin(accounts, eq(accounts.id, digests.accountId))
    .where(and(eq(digests.accountId, sql.placeholder('account')), eq(digests.week, sql.placeholder('week')))),
)

type FoundDigest = { readonly accountName: string; readonly weeklyDigest: boolean; readonly content: Digest }

/** The digest of an account and a week, as it was told, and whether the account wants it. */
export const findDigest = (accountId: string, week: string): Read<FoundDigest[]> => one({ account: accountId, week })
