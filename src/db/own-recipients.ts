import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { type ReportKind, reportKinds } from '#src/domain/reports/report.ts'
import { build, type Write, write } from './query.ts'
import { accounts } from './schema/accounts.ts'
import { reportRecipients, reports } from './schema/reports.ts'

/** An address among those that reports of an account go to. */
const among = (accountId: Id<'account'>, emailKey: string, kinds: readonly ReportKind[]): SQL | undefined =>
  and(
    eq(reportRecipients.emailKey, emailKey),
    inArray(
      reportRecipients.reportId,
      build
        .select({ id: reports.id })
        .from(reports)
        .where(and(eq(reports.accountId, accountId), inArray(reports.kind, [...kinds]))),
    ),
  )

/**
 * Takes the address of a login off the reports of its account, all of them or some kinds: it was never asked whether it
 * wants them, because it was the account's own. Where it is still the account's, it stays.
 */
export const deleteOwnRecipient = (
  accountId: Id<'account'>,
  emailKey: string,
  kinds: readonly ReportKind[] = reportKinds,
): Write =>
  write(
    build
      .delete(reportRecipients)
      .where(
        and(
          among(accountId, emailKey, kinds),
          sql`not exists (select 1 from ${accounts} as a where a.id = ${accountId} and a.email_key = ${emailKey})`,
        ),
      ),
  )

type Move = { readonly from: string; readonly email: string; readonly emailKey: string }

/** Has reports that go to the address of a login or an account go where it has moved, each there once. */
export const moveOwnRecipient = (accountId: Id<'account'>, { from, email, emailKey }: Move): Write[] => {
  const [old, there] = [among(accountId, from, reportKinds), among(accountId, emailKey, reportKinds)]
  const doubled = build.select({ id: reportRecipients.reportId }).from(reportRecipients).where(there)
  return [
    write(build.delete(reportRecipients).where(and(old, inArray(reportRecipients.reportId, doubled)))),
    write(build.update(reportRecipients).set({ email, emailKey }).where(old)),
  ]
}
