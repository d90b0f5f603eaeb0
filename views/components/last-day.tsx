import type { Day } from '#src/domain/day.ts'
import { OnDay } from './time.tsx'

/** Until when something works; past days say so. */
export const LastDay = ({ day, today }: { day: Day | null; today: Day }) =>
  day === null ? (
    <span class="soft">None</span>
  ) : (
    <span class={day < today ? 'bad' : ''}>
      {day < today && 'Ended '}
      <OnDay day={day} />
    </span>
  )
