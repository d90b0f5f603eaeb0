import { type Act, allows, type Rights } from '../accounts/acts.ts'
import { type ReportKind, reportKinds } from './report.ts'

/** What one must be allowed to read in the portal for a report of a kind. */
const needed: Record<ReportKind, Act> = {
  'support-ends': 'support.read',
  'license-ends': 'license.read',
  'subscription-ends': 'subscription.read',
  'stale-computers': 'computer.read',
  'low-credits': 'credit.read',
  costs: 'billing.read',
}

/** The kinds of report that somebody may ask for: none tells them what the portal would not show them. */
export const kindsFor = (rights: Rights): readonly ReportKind[] =>
  reportKinds.filter((kind) => allows(rights, needed[kind]))

/** Those of an account's reports that somebody may read; the others are not there for them. */
export const readableBy = <R extends { readonly kind: ReportKind }>(rights: Rights, reports: readonly R[]): R[] =>
  reports.filter(({ kind }) => allows(rights, needed[kind]))
