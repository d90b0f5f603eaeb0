import { useContext } from 'hono/jsx'
import type { Day } from '#src/domain/day.ts'
import type { Money } from '#src/domain/money.ts'
import { dayFor, writeDay, writeMoney, writeTime, zoneName } from '#src/domain/settings/formats.ts'
import { FormatsOfReader } from './formats.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `12 Mar 2027`, or as the reader of the page writes days. */
export const dayInWords = (day: Day): string => writeDay(day, useContext(FormatsOfReader), plainly)

/** `2027-03-12`, or as the reader of the page writes days. */
export const dayInDigits = (day: Day): string => writeDay(day, useContext(FormatsOfReader))

/** The day that an instant is for the reader of the page. */
export const dayOfReader = (at: Date): Day => dayFor(at, useContext(FormatsOfReader))

function plainly(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${months[(month ?? 1) - 1]} ${year}`
}

/** `2019-08-15 09:41:24`, as the seeds write an order's time, in UTC; or as the reader of the page writes times. */
export const timeInWords = (at: Date): string => writeTime(at, useContext(FormatsOfReader))

/** `UTC`, or the zone of the reader of the page: it stands beside times. */
export const zoneInWords = (): string => zoneName(useContext(FormatsOfReader))

/** `EUR 152.24`, or as the reader of the page writes money. */
export const moneyInWords = (money: Money): string => writeMoney(money, useContext(FormatsOfReader))

/** `1 license`, `2 licenses`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** `2 hours ago`, `3 days ago`: how long an instant lies back, in the largest unit of which there is one. */
export function agoInWords(at: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 60_000))
  if (minutes < 60) return minutes === 0 ? 'just now' : `${counted(minutes, 'minute')} ago`
  if (minutes < 48 * 60) return `${counted(Math.floor(minutes / 60), 'hour')} ago`
  return `${counted(Math.floor(minutes / (24 * 60)), 'day')} ago`
}

/** A count that was taken up to a cap: `100+`. */
export const capped = (count: number, cap = 100): string => (count > cap ? `${cap}+` : String(count))

/** `1 year`, `3 months`, `45 days`: how long a stretch of days lasts, both ends included. */
export function durationInWords(from: Day, to: Day): string {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split('-').map(Number)
  const after = new Date(Date.parse(to) + 86_400_000)
  const months = (after.getUTCFullYear() - y1) * 12 + after.getUTCMonth() + 1 - m1
  if (after.getUTCDate() === d1 && months > 0) {
    return months % 12 === 0 ? counted(months / 12, 'year') : counted(months, 'month')
  }
  return counted(Math.round((after.getTime() - Date.parse(from)) / 86_400_000), 'day')
}
