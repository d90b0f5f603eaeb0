import { quantityError, quantityFrom } from '#src/domain/credits/credit.ts'
import { type FieldError, refuse } from '#src/domain/refusal.ts'

/** Credits of one offer that go to, or come back from, a seller below; the quantity as it was typed. */
export type MovedCredits = { readonly reseller: string; readonly offer: string; readonly quantity: string }

const offerError: FieldError = { pointer: 'offer', code: 'invalid', detail: 'Choose an offer' }

/** The quantity as a number. Refuses `invalid-request` for no offer and for what is no quantity. */
export function creditsFrom(offer: string, typed: string): number {
  const quantity = quantityFrom(typed)
  const errors = [...(offer === '' ? [offerError] : []), ...(quantity === null ? [quantityError] : [])]
  return errors.length > 0 || quantity === null ? refuse({ code: 'invalid-request', errors }) : quantity
}
