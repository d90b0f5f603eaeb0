import { type FieldError, type Refusal, Refused } from '#src/domain/refusal.ts'

/** What a refusal says at the fields of a form about sellers and credits; `null` where no form can mend it. */
export function errorsOf(error: unknown): readonly FieldError[] | null {
  return error instanceof Refused ? fieldErrorsOf(error.refusal) : null
}

const at = (pointer: string, code: string, detail: string): FieldError[] => [{ pointer, code, detail }]

function fieldErrorsOf(refusal: Refusal): readonly FieldError[] | null {
  const { code } = refusal
  switch (code) {
    case 'invalid-request':
      return refusal.errors
    case 'login-taken':
      return at('login', code, 'Somebody has this login already. Choose another one')
    case 'email-taken':
      return at('email', code, 'A login with this e-mail exists already. Use another one')
    case 'product-not-given':
      return at('products', code, 'A product is not among those you can give any more. Choose among those shown')
    case 'offer-withdrawn':
      return at('offer', code, 'This offer is not sold any more. Choose another one')
    case 'version-mismatch':
      return at('', code, 'Somebody changed this profile while you wrote. Yours is below: save it to replace theirs')
    case 'insufficient-credits': {
      const { available } = refusal
      const there = available === 0 ? 'None is' : available === 1 ? '1 is' : `${available} are`
      return at(
        'quantity',
        code,
        `${there} there, ${refusal.needed} are too many. Choose ${available || 'another offer'}${available > 1 ? ' or fewer' : ''}`,
      )
    }
    default:
      return null
  }
}
