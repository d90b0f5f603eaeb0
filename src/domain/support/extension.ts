import { addDays, type Day, lastDayOfYears } from '../day.ts'
import { type FieldError, refuse } from '../refusal.ts'

/** How many years of support one act adds. */
export const extensionYears = [1, 2, 3] as const

export const yearsError: FieldError = { pointer: 'years', code: 'choice', detail: 'Choose 1, 2 or 3 years' }

/** Reads the years of a form. Refuses `invalid-request`. */
export function yearsFrom(typed: string): number {
  const years = Number(typed)
  const fits = extensionYears.some((one) => one === years) && /^\d$/.test(typed.trim())
  return fits ? years : refuse({ code: 'invalid-request', errors: [yearsError] })
}

/** The days that are added: valid support goes on the day after its end, expired or none starts today (Decision 12). */
export function nextPeriod(endsOn: Day | null, years: number, today: Day): { startsOn: Day; endsOn: Day } {
  const startsOn = endsOn !== null && endsOn >= today ? addDays(endsOn, 1) : today
  return { startsOn, endsOn: lastDayOfYears(startsOn, years) }
}

/** Years of support that are left from today, a started one as a whole; 0 once it has ended. */
export function startedYearsLeft(endsOn: Day | null, today: Day): number {
  if (endsOn === null || endsOn < today) return 0
  let years = 1
  while (lastDayOfYears(today, years) < endsOn) years++
  return years
}
