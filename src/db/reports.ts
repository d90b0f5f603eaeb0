import { and, asc, desc, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import type { Schedule } from '#src/domain/reports/timing.ts'
import { isSuspended } from './actors.ts'
import { isOwn, ownAccount } from './own-account.ts'
import { build, compile, type Write, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { products } from './schema/catalog.ts'
import { reportRecipients, reportRuns, reports } from './schema/reports.ts'

const columns = {
  id: reports.id,
  accountId: reports.accountId,
  accountName: accounts.name,
  kind: reports.kind,
  productCode: reports.productCode,
  productName: products.name,
  leadDays: reports.leadDays,
  schedule: {
    frequency: reports.frequency,
    weekday: reports.weekday,
    monthDay: reports.monthDay,
    hour: reports.hour,
    timeZone: reports.timeZone,
  },
  sendsEmpty: reports.sendsEmpty,
  active: reports.active,
  nextDueAt: reports.nextDueAt,
  version: reports.version,
  createdAt: reports.createdAt,
}

const rows = (where: SQL | undefined) =>
  build
    .select(columns)
    .from(reports)
    .innerJoin(accounts, eq(accounts.id, reports.accountId))
    .leftJoin(products, eq(products.code, reports.productCode))
    .where(where)

const ofOwn = isOwn(reports.accountId)

const own = compile(rows(ofOwn).orderBy(asc(reports.createdAt), asc(reports.id)))

/** The account's own reports; there are few. */
export const listReports = (reach: Reach) => own(within(reach))
export type ReportRow = ReturnType<ReturnType<typeof listReports>['rows']>[number]

const one = compile(rows(and(eq(reports.id, sql.placeholder('id')), ofOwn)))

/** One report of the account itself. */
export const findReport = (reach: Reach, id: string) => one({ ...within(reach), id })

const anyone = compile(rows(eq(reports.id, sql.placeholder('id'))))

/** A report by its id, for a letter that tells it. */
export const findReportById = (id: string) => anyone({ id })

const due = compile(
  rows(and(sql`${reports.active} = 1`, lte(reports.nextDueAt, sql.placeholder('now')), sql`not ${isSuspended}`))
    .orderBy(asc(reports.nextDueAt))
    .limit(sql.placeholder('limit')),
)

/** Reports that are due, those longest due first. */
export const listDueReports = (now: Date, limit: number) => due({ now: now.getTime(), limit })

const recipientColumns = {
  id: reportRecipients.id,
  reportId: reportRecipients.reportId,
  email: reportRecipients.email,
  emailKey: reportRecipients.emailKey,
  confirmedAt: reportRecipients.confirmedAt,
  unsubscribedAt: reportRecipients.unsubscribedAt,
}

const recipients = (where: SQL) =>
  compile(build.select(recipientColumns).from(reportRecipients).where(where).orderBy(asc(reportRecipients.id)))

const ofReport = recipients(eq(reportRecipients.reportId, sql.placeholder('report')))

/** Whom a report goes to, for the clock, and for whoever was shown the report. */
export const listRecipients = (report: string) => ofReport({ report })
export type RecipientRow = ReturnType<ReturnType<typeof listRecipients>['rows']>[number]

const ofAll = recipients(
  sql`${reportRecipients.reportId} in (select r.id from reports as r where r.account_id =
    ${ownAccount})`,
)

/** Whom the account's reports go to. */
export const listAllRecipients = (reach: Reach) => ofAll(within(reach))

const byId = compile(
  build
    .select({ ...recipientColumns, kind: reports.kind, accountName: accounts.name, accountId: accounts.id })
    .from(reportRecipients)
    .innerJoin(reports, eq(reports.id, reportRecipients.reportId))
    .innerJoin(accounts, eq(accounts.id, reports.accountId))
    .where(eq(reportRecipients.id, sql.placeholder('id'))),
)

/** A recipient by the id in their mailed link. */
export const findRecipient = (id: string) => byId({ id })

const lastRuns = compile(
  build
    .select()
    .from(reportRuns)
    .where(eq(reportRuns.reportId, sql.placeholder('report')))
    .orderBy(desc(reportRuns.dueAt))
    .limit(10),
)

/** The last ten runs of a report, the newest first. */
export const listRuns = (report: string) => lastRuns({ report })
export type RunRow = ReturnType<ReturnType<typeof listRuns>['rows']>[number]

const oneRun = compile(
  build
    .select()
    .from(reportRuns)
    .where(and(eq(reportRuns.reportId, sql.placeholder('report')), eq(reportRuns.dueAt, sql.placeholder('due')))),
)

/** A run by the report and the instant at which it was due. */
export const findRun = (report: string, dueAt: number) => oneRun({ report, due: dueAt })

const addresses = compile(
  build.select({ emailKey: sql<string>`own.email_key` }).from(
    sql`(select a.email_key from accounts as a where a.n = ${accountInReach} union
        select l.email_key from logins as l join accounts as a on a.id = l.account_id where a.n = ${accountInReach}) as own`,
  ),
)

/** The addresses of the account and its logins: they need no confirming. */
export const listOwnAddresses = (reach: Reach) => addresses(within(reach))

const asking = compile(
  build
    .select({
      email: sql<string>`coalesce((select l.email from sessions as s join logins as l on l.id = s.login_id
        where s.id = ${sql.placeholder('credential')}), accounts.email)`,
    })
    .from(accounts)
    .where(sql`accounts.n = ${accountInReach}`),
)

/** The address of whoever asks: of the login, or of the account for a script. */
export const findOwnEmail = (reach: Reach) => asking(within(reach))

export const insertReport = (row: typeof reports.$inferInsert): Write => write(build.insert(reports).values(row))

export const insertRecipients = (list: readonly (typeof reportRecipients.$inferInsert)[]): Write[] =>
  list.length === 0
    ? []
    : [
        write(
          build
            .insert(reportRecipients)
            .values([...list])
            .onConflictDoNothing(),
        ),
      ]

type Change = Partial<Omit<typeof reports.$inferInsert, 'id' | 'accountId' | 'version'>>

/** Changes a report of a version; stands before `expectOne`. */
export const updateReport = (id: Id<'report'>, version: number, change: Change): Write =>
  write(
    build
      .update(reports)
      .set({ ...change, version: sql`${reports.version} + 1` })
      .where(and(eq(reports.id, id), eq(reports.version, version))),
  )

/** Takes a report away, with its recipients and runs; stands before `expectOne`. */
export const deleteReport = (id: Id<'report'>): Write => write(build.delete(reports).where(eq(reports.id, id)))

/** Takes addresses off a report. */
export const deleteRecipients = (ids: readonly Id<'recipient'>[]): Write[] =>
  ids.length === 0
    ? []
    : [
        write(
          build
            .delete(reportRecipients)
            .where(sql`${reportRecipients.id} in (select value from json_each(${JSON.stringify(ids)}))`),
        ),
      ]

/** A run: it violates `report_runs.report_id, report_runs.due_at` where somebody ran it before. */
export const insertRun = (run: typeof reportRuns.$inferInsert): Write => write(build.insert(reportRuns).values(run))

const keptRuns = 20

/** Deletes what is older than a report's last twenty runs: what they told may be long. */
export const deleteOldRuns = (id: Id<'report'>): Write => {
  const ofReport = build.select({ dueAt: reportRuns.dueAt }).from(reportRuns).where(eq(reportRuns.reportId, id))
  const oldest = ofReport.orderBy(desc(reportRuns.dueAt)).limit(1).offset(keptRuns)
  return write(
    build.delete(reportRuns).where(and(eq(reportRuns.reportId, id), sql`${reportRuns.dueAt} <= (${oldest})`)),
  )
}

/** From now on the next one is due; where the schedule was changed meanwhile, that counts. */
export const advanceReport = (id: Id<'report'>, from: Date, to: Date): Write =>
  write(
    build
      .update(reports)
      .set({ nextDueAt: to })
      .where(and(eq(reports.id, id), eq(reports.nextDueAt, from))),
  )

/** What the owner of an address said by their link. */
export const answerOfRecipient = (id: Id<'recipient'>, answer: 'confirmed' | 'unsubscribed', at: Date): Write =>
  write(
    build
      .update(reportRecipients)
      .set(answer === 'confirmed' ? { confirmedAt: at, unsubscribedAt: null } : { unsubscribedAt: at })
      .where(eq(reportRecipients.id, id)),
  )

/** The columns of a schedule. */
export const scheduleRow = ({ frequency, weekday, monthDay, hour, timeZone }: Schedule) => ({
  ...{ frequency, weekday, monthDay, hour, timeZone },
})
