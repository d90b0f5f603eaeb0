import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { FieldError, Refusal, RefusalCode } from '#src/domain/refusal.ts'
import type { HttpContext } from '#src/http/context.ts'
import { refusalIn, statuses } from '#src/http/statuses.ts'
import { otherNames, type ProblemCode, words } from './problem-words.ts'

const named = (code: RefusalCode): ProblemCode => {
  const other: Partial<Record<RefusalCode, ProblemCode>> = otherNames
  return other[code] ?? (code as ProblemCode)
}

/** The status of each code. */
export const statusOf = (code: ProblemCode): ContentfulStatusCode =>
  code === 'unauthorized' ? 401 : code === 'internal-error' ? 500 : statuses[code]

/**
 * An error as `application/problem+json` (RFC 9457): `{ type, title, status, code, detail, requestId, errors? }` and the
 * facts of the refusal. Whatever is no refusal is a 500 with the request's id and nothing more.
 */
export function problemOf(c: HttpContext, error: unknown): Response {
  const refusal = refusalIn(error)
  const code = refusal ? named(refusal.code) : 'internal-error'
  const status = statusOf(code)
  const { title, detail } = words[code]
  const body = {
    type: `${c.var.deps.settings.origin}/documentation/api#${code}`,
    ...{ title, status, code, detail },
    requestId: c.var.requestId,
    ...(refusal ? factsOf(refusal) : {}),
  }
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json', ...headersOf(refusal) })
}

/** What a refusal tells beside its code. A `pointer` into a body is a JSON pointer, into a query a name. */
function factsOf(refusal: Refusal): Record<string, unknown> {
  if (refusal.code === 'comment-changed') return {}
  if (refusal.code === 'invalid-request') return { errors: refusal.errors.map(pointed) }
  const { code: _, ...facts } = refusal
  return facts
}

const pointed = (error: FieldError): FieldError => ({
  ...error,
  pointer: error.pointer === '' ? '' : `/${error.pointer}`,
})

function headersOf(refusal: Refusal | null): Record<string, string> {
  if (refusal === null) return {}
  if ('retryAfter' in refusal) return { 'Retry-After': String(refusal.retryAfter) }
  if (refusal.code === 'signed-out' || refusal.code === 'activation-token-invalid')
    return { 'WWW-Authenticate': 'Bearer' }
  if (refusal.code === 'method-not-allowed') return { Allow: refusal.allow.join(', ') }
  return {}
}
