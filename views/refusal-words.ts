import type { FieldError, Refusal } from '#src/domain/refusal.ts'

/** What a refused act on licenses and support says in a form: at the field that mends it, or on top of the page. */
export function errorsOf(refusal: Refusal, field = ''): FieldError[] | null {
  const at = (pointer: string, detail: string): FieldError[] => [{ pointer, code: refusal.code, detail }]
  switch (refusal.code) {
    case 'invalid-request':
      return [...refusal.errors]
    case 'not-an-upgrade':
      return at(field, 'This adds nothing to the license, or takes something away: choose more, or a higher edition')
    case 'offer-withdrawn':
      return at(field, 'This is not sold, or not any more: choose something else')
    case 'product-not-given':
      return at('', 'The account that owns the license was not given this product: whoever made the account can add it')
    case 'license-bought':
      return at('', 'This license was bought in the shop, so it is not paid with credits')
    case 'license-in-use':
      return at('', 'A license that was activated on a device stays. Nothing was deleted')
    case 'support-there':
      return at('', 'This license has support already: extend it instead')
    case 'version-mismatch':
      return at('', 'Somebody changed this meanwhile. Look at what it says now, and send it again if you still want it')
    case 'shop-closed':
      return at('', 'Payments are not taken here yet. Write to the support address below')
    case 'shop-unavailable':
      return at('', 'The shop does not answer right now. Nothing was charged; try again in a minute')
    case 'payment-settled':
      return at('', 'This payment was settled already: by somebody else, or by the shop')
    case 'letter-left':
      return at('', 'This letter has left meanwhile, or is leaving right now')
    case 'payment-not-applicable':
      return at('', `${refusal.why}. Refund it instead`)
    case 'not-sold-for-money':
      return at(field, 'This has no price: write to us, and we will make you an offer')
    case 'no-balance':
      return at(field, 'Your account has nothing that is charged to a balance')
    case 'subscription-not-resumable':
      return at('', refusal.why)
    case 'subscription-of-shop':
      return at('', 'The shop charges this subscription for a customer: whoever pays it changes it')
    case 'quote-expired':
      return at('', 'This quote has ended. Here is a new one for the same')
    case 'quote-paid':
      return at('', 'This quote was paid already. It is not paid twice')
    case 'quote-free':
      return at('', 'This quote costs nothing, so there is nothing to pay: it is done at once from here')
    case 'quote-unpaid':
      return at('', 'Something is due for this quote: buy it')
    case 'quote-stale':
      return at('', 'A license or a price has changed since this quote was made')
    case 'insufficient-credits': {
      const { offer, needed, available } = refusal
      const detail = `Not enough credits of ${offer}: ${needed} needed, ${available} there. Ask for more, or choose less`
      return at(field, detail)
    }
    case 'too-many-reports':
      return at('', 'There are as many reports as an account can have: remove one first')
    default:
      return null
  }
}
