/** A signing key of license files: its id, and the 32 bytes that its Ed25519 pair follows from. */
export type LicenseKey = { readonly id: string; readonly seed: Uint8Array }

/** A public key as `/.well-known/jwks.json` shows it (RFC 8037). */
export type PublicLicenseKey = {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly alg: 'EdDSA'
  readonly use: 'sig'
  readonly kid: string
  readonly x: string
}

/** What license files and the answers to software are signed with. The first key signs, all of them are shown. */
export type LicenseKeys = {
  /** The id of the key that signs. */
  readonly kid: string
  sign(bytes: Uint8Array): Promise<{ kid: string; signature: Uint8Array }>
  publicKeys(): Promise<readonly PublicLicenseKey[]>
}

/** The bytes of a seed. */
export const seedBytes = 32

/** What stands before the seed of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8Head = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]

export function makeLicenseKeys(keys: readonly LicenseKey[]): LicenseKeys {
  const [first] = keys
  if (!first) throw new Error('LICENSE_KEYS holds no key')
  let signing: CryptoKey | undefined
  let shown: readonly PublicLicenseKey[] | undefined
  return {
    kid: first.id,
    async sign(bytes) {
      signing ??= await pairOf(first, false)
      const signature = await crypto.subtle.sign('Ed25519', signing, bytes as BufferSource)
      return { kid: first.id, signature: new Uint8Array(signature) }
    },
    async publicKeys() {
      shown ??= await Promise.all(keys.map(publicPartOf))
      return shown
    },
  }
}

const pairOf = ({ seed }: LicenseKey, extractable: boolean): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', Uint8Array.from([...pkcs8Head, ...seed]), 'Ed25519', extractable, ['sign'])

async function publicPartOf(key: LicenseKey): Promise<PublicLicenseKey> {
  const { x = '' } = await crypto.subtle.exportKey('jwk', await pairOf(key, true))
  return { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: key.id, x }
}
