import type { Product } from '../computers/installed.ts'
import { type FieldError, refuse } from '../refusal.ts'

export const longestHostname = 255
export const longestFingerprint = 256
export const longestVersion = 64
export const mostProducts = 50

/** What software tells of its computer: texts as they came. */
export type Told = {
  readonly fingerprint: string
  readonly hostname: string
  readonly installed: readonly Product[] | null
}

/** A text in one line: no control characters, single blanks, none around it. */
export const lineOf = (text: string): string =>
  text
    .slice(0, 2048)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()

/** The same as it is kept. Refuses `invalid-request`, each field with its own sentence. */
export function toldFrom(told: Told): Told {
  const fingerprint = told.fingerprint.trim()
  const hostname = lineOf(told.hostname)
  const errors = [...fingerprintErrors(fingerprint), ...hostnameErrors(told.hostname, hostname)]
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
  return { fingerprint, hostname, installed: told.installed && keptOf(told.installed) }
}

/** The name of a computer as it is kept. Refuses `invalid-request`. */
export function hostnameFrom(typed: string): string {
  const hostname = lineOf(typed)
  const errors = hostnameErrors(typed, hostname)
  return errors.length > 0 ? refuse({ code: 'invalid-request', errors }) : hostname
}

const keptOf = (installed: readonly Product[]): readonly Product[] =>
  installed.map(({ code, version }) => ({ code: lineOf(code), version: lineOf(version) })).filter(({ code }) => code)

function fingerprintErrors(fingerprint: string): FieldError[] {
  const at = (code: string, detail: string) => [{ pointer: 'fingerprint', code, detail }]
  if (fingerprint === '') return at('missing', 'Send what tells this computer from every other')
  if (fingerprint.length > longestFingerprint)
    return at('too-long', `Shorten the fingerprint to ${longestFingerprint} characters: a hash of it will do`)
  return /\p{Cc}/u.test(fingerprint) ? at('format', 'Leave control characters out of the fingerprint') : []
}

function hostnameErrors(typed: string, hostname: string): FieldError[] {
  const at = (code: string, detail: string) => [{ pointer: 'hostname', code, detail }]
  if (hostname === '') return at('missing', 'Send the name of the computer, as people know it')
  if (typed.length > 2048 || hostname.length > longestHostname)
    return at('too-long', `Shorten the host name to ${longestHostname} characters; it has ${typed.length}`)
  return []
}
