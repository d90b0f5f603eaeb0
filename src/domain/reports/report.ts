import type { Schedule } from './timing.ts'

/** What a report can be about. */
export const reportKinds = [
  'support-ends',
  'license-ends',
  'subscription-ends',
  'stale-computers',
  'low-credits',
  'costs',
] as const
export type ReportKind = (typeof reportKinds)[number]

/** What each kind is called, and what it finds. */
export const reportNames: Record<ReportKind, string> = {
  'support-ends': 'Support ends',
  'license-ends': 'Trial ends',
  'subscription-ends': 'Subscription ends',
  'stale-computers': 'Stale computers',
  'low-credits': 'Low credits',
  costs: 'Costs',
}

/** What is done with many reports at once. */
export const reportActs = ['remove', 'pause', 'resume'] as const
export type ReportAct = (typeof reportActs)[number]

/** How a run came out: letters went out, there was nothing to tell, or nobody to tell it to. */
export const runStates = ['sent', 'empty', 'nobody'] as const
export type RunState = (typeof runStates)[number]

/** What is asked for in a report: what about, of which product, how far ahead, when. */
export type ReportTerms = {
  readonly kind: ReportKind
  /** `null` is all products. */
  readonly productCode: string | null
  readonly leadDays: number
  readonly schedule: Schedule
  /** Whether a letter goes out that says there is nothing. */
  readonly sendsEmpty: boolean
}

/** How many reports an account has, how many addresses one report, and how far one looks ahead. */
export const mostReports = 50
export const mostRecipients = 20
export const mostLeadDays = 365
