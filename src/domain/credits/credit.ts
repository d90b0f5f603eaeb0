import { type OfferKind, sizeInWords, sizeOf, type Unit } from '../catalog/offer.ts'
import type { FieldError } from '../refusal.ts'

export const creditReasons = ['granted', 'given', 'received', 'spent', 'returned', 'taken-back'] as const
export type CreditReason = (typeof creditReasons)[number]

/** The most credits that one act moves. */
export const mostCredits = 1_000_000

/** What a quantity must be; the same words in every form and in the API. */
export const quantityRule = 'Write a whole number from 1 to 1,000,000'

/** Reads a typed quantity; `null` where it is none. */
export function quantityFrom(typed: string): number | null {
  const text = typed.trim()
  if (!/^\d{1,7}$/.test(text)) return null
  const quantity = Number(text)
  return quantity >= 1 && quantity <= mostCredits ? quantity : null
}

export const quantityError: FieldError = { pointer: 'quantity', code: 'invalid', detail: quantityRule }

/** An offer as people read it. */
export type NamedOffer = {
  readonly offerCode: string
  readonly kind: OfferKind
  readonly productCode: string
  readonly productName: string
  readonly editionCode: string
  readonly editionName: string
  readonly size: number | null
  readonly unit: Unit
  readonly perUnit: boolean
}

/** An offer that an account holds credits of, or once held. */
export type Balance = NamedOffer & { readonly credits: number }

/** `Pro, 10 users`, `Pro, 10 users, support by the year`, `Standard, by the channel`. */
export function offerInWords({ editionName, size, unit, perUnit, kind }: Omit<NamedOffer, 'offerCode'>): string {
  const what = perUnit ? `by the ${unit}` : sizeInWords(sizeOf(size), unit)
  return `${editionName}, ${what}${kind === 'support' ? ', support by the year' : ''}`
}

/** An offer that can be given: what the giver and the receiver hold of it. */
export type Givable = NamedOffer & { readonly held: number; readonly theirs: number }

/** A line of the ledger. */
export type LedgerLine = NamedOffer & {
  readonly id: string
  readonly at: Date
  readonly amount: number
  readonly reason: CreditReason
  readonly balanceAfter: number | null
  readonly otherAccountName: string | null
  readonly actorName: string | null
  readonly licenseId: string | null
  readonly licenseSerial: string | null
}

/** Which lines of the ledger: of one account, the reader's own where none is named. */
export type LedgerFilter = {
  readonly account: string | null
  readonly offer: string | null
  readonly reason: CreditReason | null
}

/** Reads from how many credits on an offer counts as low; `null` where it is no number of credits. */
export function lowCreditsFrom(typed: string): number | null {
  const text = typed.trim()
  return text === '0' ? 0 : quantityFrom(text)
}

export const lowCreditsError: FieldError = {
  pointer: 'lowCreditsAt',
  code: 'invalid',
  detail: 'Write a whole number from 0 to 1,000,000',
}

/** Why an entry was written, to its account. */
export const creditReasonNames: Record<CreditReason, string> = {
  granted: 'Granted',
  given: 'Given',
  received: 'Received',
  spent: 'Spent',
  returned: 'Returned',
  'taken-back': 'Taken back',
}
