/** A public key of `/.well-known/jwks.json`; ship those you know with your software. */
export type PublicKey = { readonly kid: string; readonly kty: string; readonly crv: string; readonly x: string }

/** What a license file says, as far as this client reads it. */
export type LicenseFile = {
  readonly meta: {
    readonly kid: string
    readonly issued: string
    readonly expiry: string | null
    readonly graceUntil: string | null
    readonly notice: string
  }
  readonly data: {
    readonly product: string
    readonly edition: string
    readonly size: number | 'unlimited'
    readonly endsOn: string | null
    readonly runsUntil: string | null
  }
  readonly included: { readonly computer: { readonly fingerprint: string } | null }
}

/** `warns`: it still runs, and somebody should be told why not for much longer. */
export type Standing = { readonly runs: boolean; readonly warns: boolean; readonly because: string }

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
const textOf = (base64: string): string => new TextDecoder().decode(bytesOf(base64))

/** Whether bytes were signed by one of the keys. */
export async function isSigned(
  bytes: Uint8Array<ArrayBuffer>,
  signature: string,
  kid: string,
  keys: readonly PublicKey[],
) {
  const jwk = keys.find((one) => one.kid === kid)
  if (!jwk) return false
  const { kty, crv, x } = jwk
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, bytesOf(signature), bytes)
}

/** Reads a license file and checks its signature, without the portal. Throws where it is none, or was changed. */
export async function readLicenseFile(text: string, keys: readonly PublicKey[]): Promise<LicenseFile> {
  const [, body] = /^-----BEGIN LICENSE FILE-----([\s\S]+)-----END LICENSE FILE-----\s*$/.exec(text) ?? []
  if (!body) throw new Error('This is no license file')
  const { enc, sig, alg } = JSON.parse(textOf(body.replaceAll(/\s/g, '')))
  if (alg !== 'base64+ed25519') throw new Error(`This file is locked (${alg}): ask for one that is not`)
  const file = JSON.parse(textOf(enc)) as LicenseFile
  const signed = new TextEncoder().encode(`license/${enc}`)
  if (!(await isSigned(signed, sig, file.meta.kid, keys)))
    throw new Error('This license file was not signed by the vendor')
  return file
}

const minute = 60_000

/** Whether software may run by a file that was read: on this computer, now. Days are UTC and inclusive. */
export function standingOf({ meta, data, included }: LicenseFile, fingerprint: string, now: Date): Standing {
  const stop = (because: string): Standing => ({ runs: false, warns: true, because })
  const today = now.toISOString().slice(0, 10)
  if (included.computer && included.computer.fingerprint !== fingerprint)
    return stop('The file is for another computer')
  if (Date.parse(meta.issued) > now.getTime() + 5 * minute) return stop('The clock of this computer is behind')
  if (data.runsUntil && today > data.runsUntil) return stop(`The license ended on ${data.endsOn}`)
  if (meta.graceUntil && now >= new Date(meta.graceUntil)) return stop('The file is too old: connect this computer')
  const warns = (meta.expiry !== null && now >= new Date(meta.expiry)) || (data.endsOn !== null && today > data.endsOn)
  return { runs: true, warns, because: warns ? meta.notice : 'All is well' }
}
