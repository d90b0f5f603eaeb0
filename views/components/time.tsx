import type { Day } from '#src/domain/day.ts'
import { dayInDigits, dayOfReader, timeInWords, zoneInWords } from '../words.ts'

/** A day as the seeds write it, or as the reader does. */
export const OnDay = ({ day }: { day: Day }) => <time datetime={day}>{dayInDigits(day)}</time>

/** The day of an instant, by the reader's clock. */
export const OnDayOf = ({ at }: { at: Date }) => <OnDay day={dayOfReader(at)} />

/** An instant, by the reader's clock; its zone stands nearby. */
export const At = ({ at }: { at: Date }) => <time datetime={at.toISOString()}>{timeInWords(at)}</time>

/** The zone of the times nearby: UTC, or the reader's own. */
export const Zone = () => <>{zoneInWords()}</>
