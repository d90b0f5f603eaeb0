const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** When a cron line comes round, in words and as the longest time between two runs in milliseconds. */
type Timing = { readonly words: string; readonly everyMs: number }

const two = (text: string) => text.padStart(2, '0')

/** Reads the few kinds of cron line that the timetable has; times are UTC. */
export function timingOf(cron: string): Timing {
  const [minutes = '', hours = '', ...days] = cron.split(' ')
  if (days.join(' ') !== '* * *') throw new Error(`No words for the time "${cron}"`)
  if (minutes === '*' && hours === '*') return { words: 'Every minute', everyMs: minute }
  const step = /^\*\/(\d+)$/.exec(minutes)?.[1]
  if (step && hours === '*') return { words: `Every ${step} minutes`, everyMs: Number(step) * minute }
  if (hours === '*') return { words: `Every hour, ${minutes} minutes past`, everyMs: hour }
  return { words: `Every day at ${two(hours)}:${two(minutes)} UTC`, everyMs: day }
}
