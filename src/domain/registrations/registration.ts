import { isCountry } from '../accounts/countries.ts'
import { longestEmail, looksLikeEmail } from '../accounts/identifier.ts'
import { personNameFrom } from '../logins/wanted.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { withoutControls } from '../text.ts'

/** How long a registration can be confirmed. */
export const registrationMs = 24 * 3_600_000

/** The longest name of a company. */
export const longestCompany = 120

export type Registering = {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  /** An ISO 3166 code, or `''`. */
  readonly country: string
}

/** Who registers, as typed. Refuses `invalid-request`, each field with how to mend it. */
export function registeringFrom(typed: Registering): Registering {
  const email = withoutControls(typed.email).trim()
  const company = withoutControls(typed.company).replace(/\s+/g, ' ').trim()
  const { name, errors: ofName } = personNameFrom(typed)
  const errors: FieldError[] = [
    ...(looksLikeEmail(email) && email.length <= longestEmail
      ? []
      : [{ pointer: 'email', code: 'invalid', detail: 'Write your e-mail address, such as lea@fabrikam.example' }]),
    ...ofName,
    ...(Array.from(company).length <= longestCompany
      ? []
      : [{ pointer: 'company', code: 'too-long', detail: `Write at most ${longestCompany} characters` }]),
    ...(typed.country === '' || isCountry(typed.country)
      ? []
      : [{ pointer: 'country', code: 'choice', detail: 'Choose a country of the list' }]),
  ]
  if (errors.length > 0) return refuse({ code: 'invalid-request', errors })
  return { email, ...name, company, country: typed.country }
}

/** Whether a mailed token is that of a registration. */
export const isRegistrationToken = (token: string): boolean => token.startsWith('reg_')
