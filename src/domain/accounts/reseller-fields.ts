import { type FieldError, refuse } from '../refusal.ts'
import { withoutControls } from '../text.ts'
import { looksLikeEmail } from './identifier.ts'

export const longestName = 120
export const longestLogin = 64

/** What a seller's account is made of and what of it can be edited. */
export type ResellerFields = {
  readonly login: string
  readonly email: string
  readonly name: string
  readonly products: readonly string[]
}

const loginShape = /^[\p{L}\p{N}][\p{L}\p{N}._-]{1,63}$/u

const rules: { readonly [F in keyof ResellerFields]: (value: ResellerFields[F]) => string | null } = {
  login: (login) =>
    loginShape.test(login) ? null : 'Write a login of 2 to 64 letters, digits, dots, dashes or underscores',
  email: (email) => (looksLikeEmail(email) ? null : 'Write an e-mail address such as sales@tailspin.example'),
  name: (name) =>
    name === '' || Array.from(name).length > longestName ? `Write a name of at most ${longestName} characters` : null,
  products: (products) => (products.length === 0 ? 'Choose at least one product' : null),
}

/** What was typed as it would be kept. Refuses `invalid-request`, each field with its sentence; `more` joins in. */
export function resellerFieldsFrom<F extends { readonly [N in keyof ResellerFields]?: ResellerFields[N] | undefined }>(
  typed: F,
  more: readonly FieldError[] = [],
): F {
  const fields = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, kept(value)])) as unknown as F
  const errors = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return []
    const detail = (rules[name as keyof ResellerFields] as (value: unknown) => string | null)(value)
    return detail ? [{ pointer: name, code: 'invalid', detail }] : []
  })
  if (errors.length + more.length > 0) refuse({ code: 'invalid-request', errors: [...errors, ...more] })
  return fields
}

const kept = (value: string | readonly string[] | undefined) =>
  typeof value === 'string' ? withoutControls(value).replace(/\s+/g, ' ').trim() : value && [...new Set(value)].sort()
