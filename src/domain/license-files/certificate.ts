/** How a license file is written: signed and readable, or also locked with the activation key. */
export type Algorithm = 'base64+ed25519' | 'aes-256-gcm+ed25519'

/** What the signature is over, before the text itself: no other signed text of the portal passes as a license file. */
export const signedPrefix = 'license/'

const begin = '-----BEGIN LICENSE FILE-----'
const end = '-----END LICENSE FILE-----'
const lineLength = 64

/** Bytes as base64, the usual alphabet with padding. */
export const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

type Certificate = { readonly enc: string; readonly sig: string; readonly alg: Algorithm }

/** The envelope as its JSON is written; of one certificate there is one text. */
const envelopeOf = ({ enc, sig, alg }: Certificate): string => JSON.stringify({ enc, sig, alg })

/** The text of a license file. */
export function certificateOf(certificate: Certificate): string {
  const lines =
    base64Of(new TextEncoder().encode(envelopeOf(certificate))).match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? []
  return [begin, ...lines, end, ''].join('\n')
}

/**
 * The payload's JSON as bytes, with as many blanks behind it (at most eight) that neither its own base64 nor the
 * envelope's has a bit to spare: of one file there is one spelling, and whoever reads strictly refuses every other.
 */
export function payloadBytes(payload: unknown, alg: Algorithm): Uint8Array {
  const bytes = new TextEncoder().encode(JSON.stringify(payload))
  for (let blanks = 0; ; blanks++) {
    const length = bytes.length + blanks
    if (length % 3 === 0 && envelopeLength(length, alg) % 3 === 0) {
      const padded = new Uint8Array(length).fill(0x20)
      padded.set(bytes)
      return padded
    }
  }
}

const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3)
const signatureBytes = 64
export const ivBytes = 12
const tagBytes = 16

function envelopeLength(payload: number, alg: Algorithm): number {
  const locked = alg === 'base64+ed25519' ? 0 : 2 + base64Length(ivBytes) + base64Length(tagBytes)
  return envelopeOf({ enc: '', sig: '', alg }).length + base64Length(payload) + locked + base64Length(signatureBytes)
}
