import { type SQL, sql } from 'drizzle-orm'
import type { Unit } from '#src/domain/catalog/offer.ts'
import type { Day } from '#src/domain/day.ts'
import type { ReportKind } from '#src/domain/reports/report.ts'
import { costsOfAsked } from './costs.ts'
import { build, compile } from './query.ts'

/** How many rows a report tells; beyond that the link leads to the list. */
export const mostRows = 1000

const at = {
  report: sql.placeholder('report'),
  first: sql.placeholder('first'),
  last: sql.placeholder('last'),
  since: sql.placeholder('since'),
  now: sql.placeholder('now'),
}

/** The report `r` of a kind with its account `a`: nothing is found for a report of another kind. */
const of = (kind: ReportKind): SQL =>
  sql`reports r join accounts a on a.id = r.account_id and r.kind = '${sql.raw(kind)}' and r.id = ${at.report}`

const until = sql`date(${at.last}, '+' || r.lead_days || ' days')`
const ofProduct = (column: SQL): SQL => sql`(r.product_code is null or ${column} = r.product_code)`

const license = {
  serial: sql<string>`l.serial`,
  productName: sql<string>`p.name`,
  editionName: sql<string>`e.name`,
  size: sql<number | null>`l.size`,
  unit: sql<Unit>`p.unit`,
  email: sql<string>`l.email`,
  ownerName: sql<string>`w.name`,
  orderReference: sql<string | null>`l.order_reference`,
  comment: sql<string>`l.comment`,
}

/** Licenses below the account of a report, by an index of its reach. */
const licensesBelow = (kind: ReportKind, index: string): SQL => sql`${of(kind)}
  join license_reach lr indexed by ${sql.raw(index)} on lr.account_n = a.n
  join licenses l on l.n = lr.license_n join accounts w on w.id = l.account_id join products p on p.code = l.product_code
  join editions e on e.product_code = l.product_code and e.code = l.edition_code`

const supportEnds = compile(
  build
    .select({ ...license, endsOn: sql<Day>`lr.support_ends_on` })
    .from(licensesBelow('support-ends', 'license_reach_support'))
    .where(
      sql`lr.support_ends_on >= ${at.since} and lr.support_ends_on <= ${until} and ${ofProduct(sql`lr.product_code`)}`,
    )
    .orderBy(sql`lr.support_ends_on, lr.license_n`)
    .limit(mostRows + 1),
)

const licenseEnds = compile(
  build
    .select({ ...license, endsOn: sql<Day>`l.ends_on` })
    .from(licensesBelow('license-ends', 'license_reach_trial'))
    .where(
      sql`lr.kind = 'trial' and l.ends_on >= ${at.since} and l.ends_on <= ${until} and ${ofProduct(sql`lr.product_code`)}`,
    )
    .orderBy(sql`l.ends_on, l.n`)
    .limit(mostRows + 1),
)

const subscriptionEnds = compile(
  build
    .select({ ...license, endsOn: sql<Day>`s.term_ends_on` })
    .from(
      sql`${licensesBelow('subscription-ends', 'license_reach_subscription')} join subscriptions s on s.license_id = l.id`,
    )
    .where(
      sql`lr.kind = 'subscription' and s.canceled_at is not null and s.term_ends_on >= ${at.since}
        and s.term_ends_on <= ${until} and ${ofProduct(sql`lr.product_code`)}`,
    )
    .orderBy(sql`s.term_ends_on, l.n`)
    .limit(mostRows + 1),
)

const staleComputers = compile(
  build
    .select({
      name: sql<string>`c.name`,
      ownerName: sql<string>`w.name`,
      lastCheckInAt: sql<number | null>`c.last_check_in_at`,
      registeredAt: sql<number>`c.registered_at`,
    })
    .from(
      sql`${of('stale-computers')} join computer_reach cr indexed by computer_reach_seen on cr.account_n = a.n
        join computers c on c.n = cr.computer_n join accounts w on w.id = c.account_id`,
    )
    .where(
      sql`cr.product_code = coalesce(r.product_code, '') and cr.seen_at < ${at.now} - 86400000 * r.lead_days
        and cr.registered_at < ${at.now} - 86400000 * r.lead_days`,
    )
    .orderBy(sql`cr.seen_at, cr.computer_n`)
    .limit(mostRows + 1),
)

const lowCredits = compile(
  build
    .select({
      offerCode: sql<string>`b.offer_code`,
      productName: sql<string>`p.name`,
      credits: sql<number>`b.credits`,
    })
    .from(
      sql`${of('low-credits')} join credit_balances b on b.account_id = a.id join offers o on o.code = b.offer_code
        join products p on p.code = o.product_code`,
    )
    .where(sql`b.credits <= a.low_credits_at and ${ofProduct(sql`o.product_code`)}`)
    .orderBy(sql`b.credits, b.offer_code`)
    .limit(mostRows + 1),
)

const ofCosts = (column: string): SQL =>
  sql`(select ${sql.raw(column)} from reports r where r.kind = 'costs' and r.id = ${at.report})`

/** The months that the days of the report touch, back from this one. */
const [chargedInMonths, orderedInMonths, renewedInMonths] = costsOfAsked({
  account: ofCosts('r.account_id'),
  from: sql`date(${at.first}, '-' || ${ofCosts('r.lead_days')} || ' days', 'start of month')`,
  product: ofCosts('r.product_code'),
})

/** At which instant a report looks, on which day at the earliest and at the latest; ends since a day are told too. */
export type Looking = { readonly first: Day; readonly last: Day; readonly since: Day; readonly now: Date }

/** All that could stand in a report, in one batch: what is not of its kind finds nothing. */
export const contentReads = (report: string, { now, ...days }: Looking) => {
  const values = { report, ...days, now: now.getTime() }
  return [
    supportEnds(values),
    licenseEnds(values),
    subscriptionEnds(values),
    staleComputers(values),
    lowCredits(values),
    chargedInMonths(values),
    orderedInMonths(values),
    renewedInMonths(values),
  ] as const
}
