import { looksLikeEmail } from '../accounts/identifier.ts'
import type { OfferKind, Unit } from '../catalog/offer.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { commentError, commentFrom } from './comment.ts'

/** A product that an account was given, with its credits over all offers that are sold. */
export type GivenProduct = {
  readonly code: string
  readonly name: string
  readonly unit: Unit
  /** 0: there are no trials of it. */
  readonly trialMaxDays: number
  readonly withdrawnAt: Date | null
  readonly licenseCredits: number
  readonly supportCredits: number
}

/** An offer of a product that is sold, with what the account holds of it. `size` null is unlimited, or any by the unit. */
export type Assignable = {
  readonly offerCode: string
  readonly kind: OfferKind
  readonly editionCode: string
  readonly editionName: string
  readonly size: number | null
  readonly perUnit: boolean
  readonly credits: number
}

/** What somebody types to assign a license, each field as a form sends it. */
export type AssignmentDraft = {
  readonly edition: string
  readonly size: string
  readonly kind: string
  readonly days: string
  readonly supportYears: string
  readonly email: string
  readonly comment: string
}

export type Term = { readonly kind: 'permanent' } | { readonly kind: 'trial'; readonly days: number }

/** A license as it will be assigned. */
export type Assignment = {
  readonly license: Assignable
  readonly support: Assignable | null
  readonly size: number | null
  readonly term: Term
  readonly supportYears: number
  readonly email: string
  readonly comment: string
}

/** The most years of support that come with a license. */
export const mostSupportYears = 3
export const largestSize = 1_000_000

/**
 * Channels are subscribed to and servers are paid from a balance: what is assigned is licensed by users or
 * workstations.
 */
export const isAssignable = ({ unit, withdrawnAt }: Pick<GivenProduct, 'unit' | 'withdrawnAt'>): boolean =>
  withdrawnAt === null && (unit === 'user' || unit === 'workstation')

const wholeNumber = (typed: string): number | null => (/^\d{1,9}$/.test(typed.trim()) ? Number(typed) : null)

/** The size that was typed, `null` for unlimited; `undefined` where it is none. */
export function sizeIn(typed: string): number | null | undefined {
  if (typed.trim() === 'unlimited') return null
  const size = wholeNumber(typed)
  return size !== null && size >= 1 && size <= largestSize ? size : undefined
}

/** The offer of an edition in a size, of the license or of a year of its support. */
export const offerFor = (offers: readonly Assignable[], kind: OfferKind, edition: string, size: number | null) =>
  offers.find(
    (one) => one.kind === kind && one.editionCode === edition && (one.perUnit ? size !== null : one.size === size),
  )

/**
 * Reads a draft against what is sold. Refuses `invalid-request` field by field, `trial-too-long`, and
 * `offer-withdrawn` for an edition and size, or its support, that nobody sells.
 */
export function assignmentFrom(
  draft: AssignmentDraft,
  { product, offers, sellerEmail }: { product: GivenProduct; offers: readonly Assignable[]; sellerEmail: string },
): Assignment {
  const size = sizeIn(draft.size)
  const years = wholeNumber(draft.supportYears || '0')
  const days = wholeNumber(draft.days)
  const email = draft.email.trim()
  const comment = commentFrom(draft.comment)
  const errors = [
    termError(draft, product, days),
    draft.edition === '' ? error('edition', 'missing', 'Choose an edition') : null,
    size === undefined ? error('size', 'range', sizeDetail(offers)) : null,
    yearsError(draft.kind, years),
    emailError(draft.kind, email),
    commentError(comment),
  ].filter((one) => one !== null)
  if (errors.length > 0 || size === undefined) return refuse({ code: 'invalid-request', errors })
  const trial = draft.kind === 'trial'
  if (trial && (days ?? 0) > product.trialMaxDays) refuse({ code: 'trial-too-long', most: product.trialMaxDays })
  const license = offerFor(offers, 'license', draft.edition, size)
  const support = years ? offerFor(offers, 'support', draft.edition, size) : null
  if (!license || support === undefined) return refuse({ code: 'offer-withdrawn' })
  const term: Term = trial ? { kind: 'trial', days: days ?? 1 } : { kind: 'permanent' }
  return { license, support, size, term, supportYears: years ?? 0, email: email || sellerEmail, comment }
}

/** The credits that an assignment spends, offer by offer; a trial spends none (Decision 4). */
export function needsOf({ license, support, size, term, supportYears }: Omit<Assignment, 'email' | 'comment'>) {
  if (term.kind === 'trial') return []
  const units = license.perUnit ? (size ?? 1) : 1
  const years = support ? [{ ...support, quantity: supportYears * units }] : []
  return [{ ...license, quantity: units }, ...years]
}

const error = (pointer: string, code: string, detail: string): FieldError => ({ pointer, code, detail })

function termError({ kind }: AssignmentDraft, product: GivenProduct, days: number | null): FieldError | null {
  if (kind !== 'permanent' && kind !== 'trial') return error('kind', 'choice', 'Choose permanent or trial')
  if (kind === 'permanent') return null
  if (product.trialMaxDays === 0) {
    return error('kind', 'no-trials', `There are no trials of ${product.name}: choose permanent`)
  }
  if (days !== null && days >= 1) return null
  return error('days', 'range', `Write how many days the trial lasts: a whole number from 1 to ${product.trialMaxDays}`)
}

function yearsError(kind: string, years: number | null): FieldError | null {
  if (years === null || years > mostSupportYears) {
    return error('supportYears', 'range', `Choose 0 to ${mostSupportYears} years of support`)
  }
  if (kind !== 'trial' || years === 0) return null
  return error('supportYears', 'trial', 'A trial comes without support: choose none, or choose permanent')
}

function emailError(kind: string, email: string): FieldError | null {
  if (email === '' && kind === 'trial') {
    return error('email', 'missing', 'Write the end customer’s e-mail: each may try a product once')
  }
  if (email === '' || looksLikeEmail(email)) return null
  return error('email', 'invalid', 'Write an e-mail address such as ada@example.com')
}

function sizeDetail(offers: readonly Assignable[]): string {
  const sold = offers.filter(({ kind }) => kind === 'license')
  if (sold.some(({ perUnit }) => perUnit)) return 'Write a whole number from 1 to 1,000,000'
  const sizes = [...new Set(sold.map(({ size }) => size ?? 'unlimited'))]
  return `Choose a size that is sold: ${sizes.join(', ')}`
}
