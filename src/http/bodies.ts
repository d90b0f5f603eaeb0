import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { refuse } from '#src/domain/refusal.ts'
import type { HttpContext, HttpEnv } from './context.ts'

const kilobyte = 1024

/** The most a form, a JSON body or a webhook may hold, in bytes (`threats.md`, I3). */
export const bodyLimits = { form: 64 * kilobyte, json: 256 * kilobyte, webhook: 2048 * kilobyte } as const

/** Answers 413 to a body over the limit, whether or not its length was told. */
export const atMost = (limit: number) =>
  bodyLimit({ maxSize: limit, onError: () => refuse({ code: 'body-too-large', limit }) })

const carriesBody = new Set(['POST', 'PUT', 'PATCH'])

/** Answers 415 to a body that is not of the door's kind, but for paths that take another one too; an empty one passes. */
export const onlyType = (expected: string, also?: { readonly type: string; readonly at: RegExp }) =>
  createMiddleware<HttpEnv>(async (c, next) => {
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    const isTaken = type === expected || (also?.type === type && also?.at.test(c.req.path))
    if (carriesBody.has(c.req.method) && !isEmpty(c) && !isTaken) {
      refuse({ code: 'unsupported-media-type', expected })
    }
    await next()
  })

const isEmpty = (c: HttpContext): boolean =>
  c.req.header('content-length') === '0' || (c.req.raw.body === null && c.req.header('content-type') === undefined)

const deepest = 32

/** Parses JSON no deeper than 32 levels; refuses what is not JSON, and texts that the database could not hold. */
export async function jsonBody(c: HttpContext): Promise<unknown> {
  const text = await c.req.text()
  const bad = (detail: string) => refuse({ code: 'invalid-request', errors: [{ pointer: '', code: 'json', detail }] })
  if (depthOf(text) > deepest) bad(`The body nests deeper than ${deepest} levels`)
  const value = parsed(text) ?? bad('The body is not valid JSON')
  if (text.includes('\\u') && !isStorable(value.json)) bad('A text holds a NUL or half of a surrogate pair')
  return value.json
}

function parsed(text: string): { json: unknown } | null {
  try {
    return { json: text === '' ? {} : JSON.parse(text) }
  } catch {
    return null
  }
}

/** Whether every text in it is well-formed Unicode without NUL; anything else can only be written as an escape. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, one]) => isStorable(key) && isStorable(one))
}

function depthOf(text: string): number {
  let depth = 0
  let most = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (quoted) {
      if (char === '\\') i++
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '{' || char === '[') most = Math.max(most, ++depth)
    else if (char === '}' || char === ']') depth--
  }
  return most
}

/** A form's fields as text; of a repeated one the last. */
export async function formBody(c: HttpContext): Promise<Record<string, string>> {
  const form = new URLSearchParams(await c.req.text())
  return Object.fromEntries(form)
}

/** All values of a form's field that stands there more than once, such as checkboxes. */
export async function formValues(c: HttpContext, name: string): Promise<string[]> {
  return new URLSearchParams(await c.req.text()).getAll(name)
}
