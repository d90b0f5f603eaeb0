import type { Day } from '../day.ts'
import { exponentOf, formatMoney, type Money } from '../money.ts'
import { dayIn, wallIn } from '../reports/zone.ts'

/** How somebody wants days, times and money written. */
export type Formats = {
  /** One of `format-locales.ts`; `''` as the portal writes. */
  readonly locale: string
  /** An IANA time zone; `''` is UTC. */
  readonly timeZone: string
}

/** As the portal writes for whoever chose nothing: `2026-08-21`, `2026-08-21 09:30:00`, `EUR 152.24`, in UTC. */
export const plainFormats: Formats = { locale: '', timeZone: '' }

/** What a time is followed by, so that nobody guesses. */
export const zoneName = ({ timeZone }: Formats): string => timeZone || 'UTC'

/** A day, which is the same in every zone; without a language as `plain` has it. */
export const writeDay = (day: Day, { locale }: Formats, plain: (day: Day) => string = (one) => one): string =>
  locale === '' ? plain(day) : dates(locale, 'UTC', false).format(Date.parse(day))

/** An instant, by the clock of the reader's zone. */
export const writeTime = (at: Date, formats: Formats): string =>
  formats.locale === ''
    ? wallIn(at, zoneName(formats)).slice(0, 19).replace('T', ' ')
    : dates(formats.locale, zoneName(formats), true).format(at)

/** The day that an instant is in the reader's zone. */
export const dayFor = (at: Date, formats: Formats): Day => dayIn(at, zoneName(formats))

/** Money with its currency's code, which no two currencies share. */
export function writeMoney({ minor, currency }: Money, { locale }: Formats): string {
  if (locale === '') return formatMoney({ minor, currency })
  const digits = exponentOf(currency)
  return amounts(locale, currency, digits).format(minor / 10 ** digits)
}

const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

/** Making a formatter costs more than a page of them used. */
function kept<F extends Intl.DateTimeFormat | Intl.NumberFormat>(name: string, make: () => F): F {
  const known = made.get(name) ?? make()
  made.set(name, known)
  return known as F
}

const dates = (locale: string, timeZone: string, timed: boolean): Intl.DateTimeFormat =>
  kept(
    `${locale} ${timeZone} ${timed}`,
    () => new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', ...(timed ? { timeStyle: 'medium' } : {}) }),
  )

const amounts = (locale: string, currency: string, digits: number): Intl.NumberFormat =>
  kept(
    `${locale} ${currency}`,
    () =>
      new Intl.NumberFormat(locale, {
        ...({ style: 'currency', currency, currencyDisplay: 'code' } as const),
        ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
      }),
  )
