import type { FieldError, Refusal } from '#src/domain/refusal.ts'

/** What the form of an assignment says to a refusal that it can mend, at the field that mends it; `null` for others. */
export function assignmentErrors(refusal: Refusal): readonly FieldError[] | null {
  const { code } = refusal
  const at = (pointer: string, detail: string) => [{ pointer, code, detail }]
  switch (refusal.code) {
    case 'invalid-request':
      return refusal.errors
    case 'insufficient-credits': {
      const { offer, needed, available } = refusal
      const field = offer.endsWith('/support') ? 'supportYears' : 'size'
      return at(
        field,
        `Not enough credits: this needs ${needed} and you have ${available}. Ask for more, or choose another`,
      )
    }
    case 'offer-withdrawn':
      return at('size', 'This is not sold any more: choose another product, edition or size')
    case 'product-not-given':
      return at('', 'This product is not yours to assign any more. Choose another, or ask whoever gives you credits.')
    case 'support-there':
      return at('supportYears', 'This license has support already: choose none here and extend it on the support page')
    case 'trial-too-long':
      return at('days', `A trial of this product lasts at most ${refusal.most} days: write less`)
    case 'trial-used':
      return at('email', 'This end customer had a trial of this product before: assign a permanent license instead')
    default:
      return null
  }
}
