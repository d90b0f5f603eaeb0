import { emailKey, looksLikeEmail } from '../accounts/identifier.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { mostLeadDays, mostRecipients, type ReportKind, type ReportTerms, reportKinds } from './report.ts'
import { frequencies, type Schedule } from './timing.ts'
import { isTimeZone } from './zone.ts'

/** A report as it is typed, in a form or as JSON turned to text. */
export type TypedReport = {
  readonly kind: string
  readonly product: string
  readonly leadDays: string
  readonly frequency: string
  readonly weekday: string
  readonly monthDay: string
  readonly hour: string
  readonly timeZone: string
  readonly sendsEmpty: boolean
  /** Addresses, one a line or with commas between. */
  readonly emails: string
}

export type WantedReport = ReportTerms & { readonly emails: readonly { email: string; emailKey: string }[] }

/** What a report would be. Refuses `invalid-request`, each field with how to mend it. */
export function wantedReportFrom(typed: TypedReport): WantedReport {
  const errors: FieldError[] = []
  const wrong = (pointer: string, detail: string) => errors.push({ pointer, code: 'invalid', detail })
  const whole = (name: 'leadDays' | 'weekday' | 'monthDay' | 'hour', from: number, to: number, detail: string) => {
    const value = /^\d{1,3}$/.test(typed[name].trim()) ? Number(typed[name]) : Number.NaN
    if (!(value >= from && value <= to)) wrong(name, detail)
    return value
  }
  const kind = reportKinds.find((one) => one === typed.kind)
  if (!kind) wrong('kind', 'Choose what the report is about')
  const frequency = frequencies.find((one) => one === typed.frequency)
  if (!frequency) wrong('frequency', 'Choose daily, weekly or monthly')
  const schedule: Schedule = {
    frequency: frequency ?? 'daily',
    weekday: whole('weekday', 1, 7, 'Choose a day of the week'),
    monthDay: whole('monthDay', 1, 31, 'Write a day of the month, from 1 to 31'),
    hour: whole('hour', 0, 23, 'Choose an hour from 0 to 23'),
    timeZone: typed.timeZone.trim(),
  }
  if (!isTimeZone(schedule.timeZone)) wrong('timeZone', 'Write a time zone such as Europe/Paris or UTC')
  const leadDays = whole('leadDays', 0, mostLeadDays, `Write a number of days from 0 to ${mostLeadDays}`)
  const emails = emailsIn(typed.emails)
  const bad = emails.find(({ email }) => !looksLikeEmail(email))
  if (emails.length === 0) wrong('emails', 'Write at least one e-mail address')
  else if (bad) wrong('emails', `“${bad.email.slice(0, 80)}” is no e-mail address`)
  else if (emails.length > mostRecipients) wrong('emails', `Write at most ${mostRecipients} addresses`)
  if (errors.length > 0) return refuse({ code: 'invalid-request', errors })
  return {
    ...{ kind: kind as ReportKind, productCode: typed.product || null, leadDays, schedule },
    ...{ sendsEmpty: typed.sendsEmpty, emails },
  }
}

function emailsIn(text: string) {
  const typed = text.split(/[\s,;]+/).filter(Boolean)
  return [...new Map(typed.map((email) => [emailKey(email), { email, emailKey: emailKey(email) }])).values()]
}
