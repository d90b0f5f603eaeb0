import * as z from 'zod'
import { resellerSorts, resellersOnly } from '#src/domain/accounts/reseller.ts'
import { activationKeySorts, keyLimits } from '#src/domain/activation-keys/filter.ts'
import { type CostSpan, costSpans } from '#src/domain/billing/costs.ts'
import { balanceReasons } from '#src/domain/billing/entry.ts'
import { creditReasons } from '#src/domain/credits/credit.ts'
import { isDay } from '#src/domain/day.ts'
import { eventActions } from '#src/domain/events/actions.ts'
import { type InvoiceSort, invoiceSorts } from '#src/domain/invoices/filter.ts'
import { invoiceKinds } from '#src/domain/invoices/invoice.ts'
import {
  type LicenseFilter,
  licenseSorts,
  licenseStates,
  ownerFilters,
  settled,
  supportFilters,
} from '#src/domain/licenses/filter.ts'
import { orderSorts } from '#src/domain/orders/filter.ts'
import { letterStates } from '#src/domain/outbox.ts'
import { refuse } from '#src/domain/refusal.ts'
import { subscriptionSorts } from '#src/domain/subscriptions/filter.ts'
import { subscriptionStates } from '#src/domain/subscriptions/subscription.ts'
import { withoutControls } from '#src/domain/text.ts'
import { fieldErrors } from './input.ts'

/** An empty value of a query is a field left out. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.literal('').transform(() => null), schema])
    .nullish()
    .transform((value) => (value ?? null) as Exclude<z.output<T>, ''> | null)

export const search = z
  .string()
  .max(100, 'Search for at most 100 characters')
  .nullish()
  .transform((text) => withoutControls(text ?? '').trim())
const code = z.string().regex(/^[a-z0-9-]{1,64}$/, 'Not the code of a product')
export const day = z.string().refine(isDay, 'Not a day: write it as 2026-08-21')
export const account = z.string().regex(/^acc_[\w-]{1,60}$/, 'Not the id of an account')
const anyId = z.string().regex(/^[\w-]{1,64}$/, 'Not an id')
export const choice = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `Choose one of ${values.join(', ')}` })

/** Which licenses, of a page's URL or an API call's. */
export const licenseFilterSchema = z.object({
  q: search,
  product: optional(code),
  support: optional(choice(supportFilters)),
  only: optional(choice(licenseStates)),
  sort: optional(choice(licenseSorts)).transform((sort) => sort ?? '-bought'),
  account: optional(account),
})

/** Which licenses by their support. */
export const supportFilterSchema = z.object({
  q: search,
  product: optional(code),
  account: optional(account),
  owner: optional(choice(ownerFilters)),
  support: optional(choice(supportFilters)),
  from: optional(day),
  to: optional(day),
  sort: optional(choice(['support', '-support'])).transform((sort) => sort ?? 'support'),
})

/** Which activation keys. */
export const activationKeyFilterSchema = z.object({
  q: search,
  product: optional(code),
  limit: optional(choice(keyLimits)),
  sort: optional(choice(activationKeySorts)).transform((sort) => sort ?? '-made'),
})

/** Which orders. */
export const orderFilterSchema = z.object({
  q: search,
  unknown: optional(z.literal('yes', { error: 'Write yes, or leave it out' })).transform((value) => value === 'yes'),
  sort: optional(choice(orderSorts)).transform((sort) => sort ?? '-ordered'),
})

/** Which payments: those to settle, unless all are asked for. */
export const paymentFilterSchema = z.object({
  state: optional(choice(['held', 'all'])).transform((state) => state ?? 'held'),
})

/** Which letters. */
export const letterFilterSchema = z.object({ state: optional(choice(letterStates)) })

/** Which subscriptions. */
export const subscriptionFilterSchema = z.object({
  q: search,
  state: optional(choice(subscriptionStates)),
  sort: optional(choice(subscriptionSorts)).transform((sort) => sort ?? '-started'),
})

/** Which lines of the audit trail. */
export const eventFilterSchema = z.object({
  actor: optional(anyId),
  action: optional(choice(eventActions)),
  subject: optional(anyId),
  from: optional(day),
  to: optional(day),
})

/** Which sellers below. */
export const resellerFilterSchema = z.object({
  q: search,
  only: optional(choice(resellersOnly)),
  sort: optional(choice(resellerSorts)).transform((sort) => sort ?? 'login'),
})

/** Which lines of the ledger; whose, where it is not one's own. */
export const ledgerFilterSchema = z.object({
  account: optional(account),
  offer: optional(z.string().regex(/^[a-z0-9/-]{1,200}$/, 'Not the code of an offer')),
  reason: optional(choice(creditReasons)),
})

/** Which lines of the balance's ledger. */
export const balanceFilterSchema = z.object({ reason: optional(choice(balanceReasons)) })

/** Of how many months costs are shown. */
export const costFilterSchema = z.object({
  months: optional(choice(costSpans.map(String) as [`${CostSpan}`, ...`${CostSpan}`[]])).transform(
    (months) => Number(months ?? 12) as CostSpan,
  ),
})

/** Which documents of the billing. */
export const invoiceFilterSchema = z.object({
  kind: optional(choice(invoiceKinds)),
  year: optional(z.string().regex(/^20\d\d$/, 'Not a year: write it as 2026')).transform((year) =>
    year === null ? null : Number(year),
  ),
  sort: optional(choice(invoiceSorts)).transform((sort): InvoiceSort => sort ?? '-created'),
})

/** Reads a query by its schema; nonsense is refused as `invalid-query`, field by field. */
export function queryOf<T extends z.ZodType>(schema: T, query: Record<string, string>): z.output<T> {
  const parsed = schema.safeParse(query)
  if (parsed.success) return parsed.data
  return refuse({ code: 'invalid-query', errors: fieldErrors(parsed.error) })
}

export const licenseFilterOf = (query: Record<string, string>): LicenseFilter =>
  licensesBy(queryOf(licenseFilterSchema, query))

/** The filter of a list of licenses out of its query. */
export const licensesBy = (query: z.output<typeof licenseFilterSchema>): LicenseFilter =>
  settled({ ...query, owner: null, ends: null })

/** The same for the list of support. */
export const supportFilterOf = (query: Record<string, string>): LicenseFilter =>
  supportBy(queryOf(supportFilterSchema, query))

export function supportBy({ from, to, ...query }: z.output<typeof supportFilterSchema>): LicenseFilter {
  refuseTurned({ from, to })
  return { ...query, only: null, ends: from || to ? { from, to } : null }
}

/** Refuses a range of days that ends before it begins. */
export function refuseTurned({ from, to }: { from: string | null; to: string | null }): void {
  if (!from || !to || from <= to) return
  const detail = 'The range ends before it begins: turn the two days round'
  refuse({ code: 'invalid-query', errors: [{ pointer: 'to', code: 'range', detail }] })
}
