import type { Day } from '#src/domain/day.ts'
import { daysBetween, daysLeft } from '#src/domain/day.ts'
import { supportStatus } from '#src/domain/support/support.ts'
import { counted, dayInWords } from '../words.ts'

/** The state of support in words with a color, never a color alone. */
export function SupportState({ endsOn, today }: { endsOn: Day | null; today: Day }) {
  const status = supportStatus(endsOn, today)
  if (endsOn === null || status === 'none') return <b class="bad">None</b>
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
