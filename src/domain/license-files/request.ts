import { type FieldError, refuse } from '../refusal.ts'

/**
 * What software without a line asks for, to be carried to the portal by hand or as a QR code (R312). It is written as
 * JSON, or short: `PR1.` and that JSON in base64url.
 */
export type FileRequest = {
  readonly activationKey: string
  readonly product: string
  readonly fingerprint: string
  readonly hostname: string
  /** Installed versions by product code. */
  readonly versions: Readonly<Record<string, string>>
  /** Whether the file is to be locked with the activation key and the fingerprint. */
  readonly locked: boolean
}

const mark = 'PR1.'
export const longestRequest = 4096

/** The request as software shows it: short, and safe in an address. */
export const requestText = (request: Partial<FileRequest>): string =>
  mark + base64Of(new TextEncoder().encode(JSON.stringify(request)))

const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/**
 * Reads a request as somebody pasted it: short or as JSON, with line breaks in it, or the address that holds it. Refuses
 * `invalid-request` at the field `request`.
 */
export function requestFrom(typed: string): FileRequest {
  const text = typed.slice(0, longestRequest + 1).trim()
  if (text === '') return wrong('missing', 'Paste the request that the software shows')
  if (text.length > longestRequest) return wrong('too-long', `A request has at most ${longestRequest} characters`)
  const value = jsonIn(text)
  if (typeof value !== 'object' || value === null) return wrong('format', unreadable)
  return checked(value as Record<string, unknown>)
}

const unreadable =
  'This is no request: it begins with PR1. or {. Copy all that the software shows, from the first sign to the last'

function jsonIn(text: string): unknown {
  try {
    if (text.startsWith('{')) return JSON.parse(text)
    const shown = /[?&]request=([^&#\s]+)/.exec(text)?.[1] ?? text.replaceAll(/\s+/g, '')
    if (!shown.startsWith(mark)) return null
    const bytes = Uint8Array.from(atob(shown.slice(mark.length).replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    )
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}

const texts = ['activationKey', 'product', 'fingerprint', 'hostname'] as const

function checked(value: Record<string, unknown>): FileRequest {
  const [activationKey, product, fingerprint, hostname] = texts.map((name) => value[name])
  for (const name of texts) {
    const text = value[name]
    if (typeof text !== 'string' || text.trim() === '') return wrong('incomplete', `The request lacks "${name}"`)
    if (!text.isWellFormed() || text.includes('\0')) return wrong('format', unreadable)
  }
  return {
    ...({ activationKey, product, fingerprint, hostname } as Record<(typeof texts)[number], string>),
    versions: versionsIn(value.versions),
    locked: value.locked === true,
  }
}

function versionsIn(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}
  const isGood = (text: unknown): text is string =>
    typeof text === 'string' && text.isWellFormed() && !text.includes('\0')
  const entries = Object.entries(value).filter(([code, version]) => isGood(code) && isGood(version))
  return Object.fromEntries(entries.slice(0, 50) as [string, string][])
}

const wrong = (code: string, detail: string): never => {
  const errors: FieldError[] = [{ pointer: 'request', code, detail }]
  return refuse({ code: 'invalid-request', errors })
}
