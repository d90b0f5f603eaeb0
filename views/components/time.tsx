import type { Day } from '#src/domain/day.ts'
import { timeInWords } from '../words.ts'

/** A day as the seeds write it. */
export const OnDay = ({ day }: { day: Day }) => <time datetime={day}>{day}</time>

/** An instant in UTC. */
export const At = ({ at }: { at: Date }) => <time datetime={at.toISOString()}>{timeInWords(at)}</time>
