import type * as z from 'zod'
import { type FieldError, refuse } from '#src/domain/refusal.ts'
import { jsonBody } from './bodies.ts'
import type { HttpContext } from './context.ts'

/** The JSON body of a request by its schema. Refuses `invalid-request`, each field with its own sentence. */
export async function bodyOf<S extends z.ZodType>(c: HttpContext, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(await jsonBody(c))
  return parsed.success ? parsed.data : refuse({ code: 'invalid-request', errors: fieldErrors(parsed.error) })
}

const codes: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  invalid_type: 'type',
  invalid_value: 'choice',
  too_big: 'too-big',
  too_small: 'too-small',
}

/** What a schema found wrong, field by field; each field that it does not know is named. */
export const fieldErrors = (error: z.ZodError): FieldError[] => error.issues.flatMap(errorsOf)

function errorsOf(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    const detail = 'Nothing has this name here: check how it is spelled, or leave it out'
    return issue.keys.map((key) => fieldError([...issue.path, key], 'unknown', detail))
  }
  const [meant] = issue.code === 'invalid_union' ? (issue.errors.at(-1) ?? []) : []
  const { code, message } = meant ?? issue
  return [fieldError(issue.path, codes[code] ?? 'invalid', message)]
}

const fieldError = (path: readonly PropertyKey[], code: string, detail: string): FieldError => ({
  pointer: path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/'),
  code,
  detail,
})
