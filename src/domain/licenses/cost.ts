import { type Assignable, type AssignmentDraft, needsOf, offerFor, sizeIn } from './assignment.ts'

export type CostLine = {
  readonly offer: Assignable
  /** Credits it takes. */
  readonly quantity: number
  readonly after: number
}

/** What a draft would cost: nothing for a trial; `unsold` where nobody sells what is chosen. */
export type Cost =
  | { readonly kind: 'trial' }
  | { readonly kind: 'unsold' }
  | { readonly kind: 'credits'; readonly size: number | null; readonly lines: readonly CostLine[] }

/** Reckons what a draft costs, however much of it is still wrong elsewhere (R105 R110). */
export function costOf(draft: AssignmentDraft, offers: readonly Assignable[]): Cost {
  if (draft.kind === 'trial') return { kind: 'trial' }
  const size = sizeIn(draft.size)
  const supportYears = /^[0-3]$/.test(draft.supportYears) ? Number(draft.supportYears) : 0
  const license = size === undefined ? undefined : offerFor(offers, 'license', draft.edition, size)
  const support = supportYears && size !== undefined ? offerFor(offers, 'support', draft.edition, size) : null
  if (size === undefined || !license || support === undefined) return { kind: 'unsold' }
  const needs = needsOf({ license, support, size, term: { kind: 'permanent' }, supportYears })
  const lines = needs.map(({ quantity, ...offer }) => ({ offer, quantity, after: offer.credits - quantity }))
  return { kind: 'credits', size, lines }
}
