import type { ResellerSummary } from '#src/domain/accounts/reseller.ts'
import type { Balance, LedgerLine } from '#src/domain/credits/credit.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import type { CreditDraft } from '../credits/give.tsx'
import type { Noun } from './list.tsx'

/** A profile under edit: what was typed stays. */
export type ProfileDraft = {
  readonly name: string
  readonly email: string
  readonly products: readonly string[]
  readonly version: number
  readonly request: string
  readonly errors: readonly FieldError[]
}

/** What the page of one seller below is made of. */
export type ResellerProps = {
  readonly noun: Noun
  readonly reseller: ResellerSummary
  readonly balances: readonly Balance[]
  readonly ledger: readonly LedgerLine[]
  readonly givable: readonly { code: string; name: string }[]
  readonly profile: ProfileDraft
  readonly taking: CreditDraft
  readonly may: { readonly edit: boolean; readonly give: boolean }
}
