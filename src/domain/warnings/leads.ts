import { type FieldError, refuse } from '../refusal.ts'

/** When an account can be warned of an end: so many days before it, on the day itself (0), or, below 0, after it (R307). */
export const offeredLeads = [90, 60, 30, 14, 7, 3, 1, 0, -7, -14, -30] as const
export type Lead = (typeof offeredLeads)[number]

/** When it is warned while it has chosen nothing else. */
export const defaultLeads: readonly Lead[] = [30, 7, 0, -14]

/** `30 days before`, `on the last day`, `14 days after`. */
export function leadInWords(lead: Lead): string {
  if (lead === 0) return 'on the last day'
  const days = Math.abs(lead)
  return `${days} ${days === 1 ? 'day' : 'days'} ${lead > 0 ? 'before' : 'after'}`
}

const leadsError: FieldError = {
  pointer: 'leads',
  code: 'choice',
  detail: `Choose among ${offeredLeads.join(', ')} days; below 0 is after the end`,
}

/** The lead times that were chosen, each once, the longest first; none at all is no warnings. Refuses `invalid-request`. */
export function leadsFrom(wanted: readonly number[]): Lead[] {
  const isOffered = (lead: number) => (offeredLeads as readonly number[]).includes(lead)
  if (!wanted.every(isOffered)) return refuse({ code: 'invalid-request', errors: [leadsError] })
  return offeredLeads.filter((lead) => wanted.includes(lead))
}
