import { looksLikeEmail } from '../accounts/identifier.ts'
import type { EventAction } from '../events/actions.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { commentError, commentFrom } from './comment.ts'

/** What of a license can be edited. */
export type Editable = { readonly comment: string; readonly email: string }

/** What somebody wants, each field as it would be kept. Refuses `invalid-request`. */
export function wantedFrom(typed: { comment?: string | undefined; email?: string | undefined }): Partial<Editable> {
  const comment = typed.comment === undefined ? undefined : commentFrom(typed.comment)
  const email = typed.email?.trim()
  const errors = [commentError(comment ?? ''), emailError(email ?? '')].filter((error) => error !== null)
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
  return { ...(comment === undefined ? {} : { comment }), ...(email === undefined ? {} : { email }) }
}

/** A license may have no e-mail; one that it has can be mailed to. */
function emailError(email: string): FieldError | null {
  if (email === '' || looksLikeEmail(email)) return null
  return { pointer: 'email', code: 'invalid', detail: 'Write an e-mail address such as ada@example.com' }
}

type Change = { readonly action: EventAction; readonly before: Partial<Editable>; readonly after: Partial<Editable> }

/** What an edit would change, for the audit trail; `null` where everything stays as it is. */
export function changeOf(now: Editable, wanted: Partial<Editable>): Change | null {
  const fields = (['comment', 'email'] as const).filter((f) => wanted[f] !== undefined && wanted[f] !== now[f])
  if (fields.length === 0) return null
  const pick = (from: Partial<Editable>) => Object.fromEntries(fields.map((field) => [field, from[field]]))
  return {
    action: fields.includes('email') ? 'license.edited' : 'license.commented',
    before: pick(now),
    after: pick(wanted),
  }
}
