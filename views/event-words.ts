import { roleNames } from '#src/domain/accounts/permissions.ts'
import { isDay } from '#src/domain/day.ts'
import type { Money } from '#src/domain/money.ts'
import { dayInDigits, moneyInWords, timeInWords, zoneInWords } from './words.ts'

type Values = Readonly<Record<string, unknown>> | null

/** One field of what an event changed, in words; `null` on a side that the event says nothing of. */
export type FieldChange = { readonly name: string; readonly before: string | null; readonly after: string | null }

/** What an event changed, field by field, as people read it. */
export const changesOf = (before: Values, after: Values): FieldChange[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].map((name) => ({
    name: fieldInWords(name),
    before: before && valueInWords(name, before[name]),
    after: after && valueInWords(name, after[name]),
  }))

/** The same of one side in one line, for a spreadsheet: `comment: ward 7; e-mail: it@contoso.example`. */
export const sideInWords = (side: Values): string | null =>
  side &&
  Object.entries(side)
    .map(([name, value]) => `${fieldInWords(name)}: ${valueInWords(name, value)}`)
    .join('; ')

const fieldNames: Readonly<Record<string, string>> = {
  email: 'e-mail',
  billingEmail: 'billing e-mail',
  sku: 'SKU',
  ip: 'IP',
  ipRanges: 'IP ranges',
  isMaster: 'master login',
  vatNumber: 'VAT number',
  url: 'URL',
  upgradeUrl: 'upgrade URL',
}

/** The name of a field as people write it: `startsOn` is "starts on". */
const fieldInWords = (name: string): string =>
  fieldNames[name] ?? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** A value as people write it: yes and no, lists with commas, money with its currency, instants with their zone. */
function valueInWords(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '(nothing)'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map((one) => valueInWords(name, one)).join(', ') || '(none)'
  if (typeof value === 'object') return objectInWords(value as Record<string, unknown>)
  if (name === 'role' && Object.hasOwn(roleNames, String(value))) return roleNames[value as keyof typeof roleNames]
  if (isInstant(value)) return `${timeInWords(new Date(value))} ${zoneInWords()}`
  return typeof value === 'string' && isDay(value) ? dayInDigits(value) : String(value)
}

const objectInWords = (value: Record<string, unknown>): string =>
  isMoney(value) ? moneyInWords(value) : (sideInWords(value) ?? '')

const isMoney = (value: object): value is Money =>
  'minor' in value && 'currency' in value && typeof value.minor === 'number' && typeof value.currency === 'string'

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value))
