import { refuse } from '#src/domain/refusal.ts'
import type { HttpContext } from './context.ts'

/** A validator out of a row's version and of what else its answer says, such as a status that changes with the day. */
export const etagOf = (version: number, ...more: readonly string[]): string => `"${[version, ...more].join('.')}"`

/** Whether the caller holds this answer already; a proxy that compresses makes a tag weak, so `W/` does not matter. */
export const isHeld = (c: HttpContext, etag: string): boolean =>
  (c.req.header('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*')

/** The version a caller changes: a number, `any` for `*`, `null` where `If-Match` is missing. */
export function versionToMatch(c: HttpContext): number | 'any' | null {
  const tag = c.req.header('if-match')?.trim()
  if (tag === undefined) return null
  if (tag === '*') return 'any'
  const [, version] = /^(?:W\/)?"(\d{1,15})(?:\.[\w.-]*)?"$/.exec(tag.slice(0, 100)) ?? []
  return version === undefined ? refuse({ code: 'version-mismatch' }) : Number(version)
}
