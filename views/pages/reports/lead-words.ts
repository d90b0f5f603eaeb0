import type { ReportKind } from '#src/domain/reports/report.ts'
import { counted } from '../../words.ts'

/** How far a report looks: `60 days ahead`, or what else its days mean; of credits nothing. */
export function leadWords({ kind, leadDays }: { readonly kind: ReportKind; readonly leadDays: number }): string {
  const days = counted(leadDays, 'day')
  if (kind === 'low-credits') return ''
  if (kind === 'stale-computers') return `silent for ${days}`
  return kind === 'costs' ? `${days} back, whole months` : `${days} ahead`
}
