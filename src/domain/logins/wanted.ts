import { looksLikeEmail } from '../accounts/identifier.ts'
import { type Role, roles } from '../accounts/permissions.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { withoutControls } from '../text.ts'

/** A role as typed. Refuses `invalid-request` at the field `role`. */
export function roleFrom(typed: string): Role {
  const role = roles.find((one) => one === typed)
  return role ?? refuse({ code: 'invalid-request', errors: [roleError] })
}

const roleError: FieldError = { pointer: 'role', code: 'invalid', detail: 'Choose one of the six roles' }

/** Whom to invite, and as what, as typed. Refuses `invalid-request`, each field with its sentence. */
export function wantedLoginFrom(typed: { email: string; role: string }): { email: string; role: Role } {
  const email = withoutControls(typed.email).trim()
  const role = roles.find((one) => one === typed.role)
  const errors: FieldError[] = [
    ...(looksLikeEmail(email)
      ? []
      : [{ pointer: 'email', code: 'invalid', detail: 'Write an e-mail address such as lea@fabrikam.example' }]),
    ...(role ? [] : [roleError]),
  ]
  if (!role || errors.length > 0) return refuse({ code: 'invalid-request', errors })
  return { email, role }
}

export const longestPersonName = 60

/** The name of whoever accepts an invitation, as it would be kept. */
export function personNameFrom(typed: { firstName: string; lastName: string }) {
  const of = (text: string) => withoutControls(text).replace(/\s+/g, ' ').trim()
  const name = { firstName: of(typed.firstName), lastName: of(typed.lastName) }
  const errors = Object.entries(name).flatMap(([pointer, value]): FieldError[] => {
    const good = value !== '' && Array.from(value).length <= longestPersonName
    const which = pointer === 'firstName' ? 'first' : 'last'
    const detail = `Write your ${which} name, at most ${longestPersonName} characters`
    return good ? [] : [{ pointer, code: 'invalid', detail }]
  })
  return { name, errors }
}
