import type { Day } from '#src/domain/day.ts'
import { daysBetween, daysLeft } from '#src/domain/day.ts'
import type { LicenseKind } from '#src/domain/licenses/license.ts'
import { supportStatus } from '#src/domain/support/support.ts'
import { counted, dayInWords } from '../words.ts'

/** The state of support in words with a color, never a color alone. */
export function SupportState({ endsOn, kind, today }: { endsOn: Day | null; kind: LicenseKind; today: Day }) {
  const status = supportStatus(endsOn, today)
  if (endsOn === null || status === 'none') {
    return kind === 'permanent' ? <b class="bad">None</b> : <span class="soft">Not needed</span>
  }
  if (status === 'valid') {
    const left = daysLeft(endsOn, today)
    if (left === 1) return <b class="due">Ends today</b>
    if (left <= 30) return <b class="due">Ends in {counted(left - 1, 'day')}</b>
    return <b class="good">Valid to {dayInWords(endsOn)}</b>
  }
  const ago = counted(daysBetween(endsOn, today), 'day')
  if (status === 'grace') return <b class="due">Ended {ago} ago, in grace</b>
  return <b class="bad">Ended {dayInWords(endsOn)}</b>
}
