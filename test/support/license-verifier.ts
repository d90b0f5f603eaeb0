import { createDecipheriv, createHash, createPublicKey, verify } from 'node:crypto'

/**
 * A verifier of license files as somebody else would write it: of the format alone, with `node:crypto` and nothing of
 * Portico. Strict: of one file it takes one spelling. Returns what the file says, or throws.
 */
export function verifyLicenseFile(
  text: string,
  keys: readonly { kid: string; x: string }[],
  secret: { key: string; fingerprint?: string } | null = null,
  prefix = 'license/',
) {
  const found = /^-----BEGIN LICENSE FILE-----\n((?:[A-Za-z0-9+/=]{1,64}\n)+)-----END LICENSE FILE-----\n$/.exec(text)
  if (!found?.[1]) throw new Error('no license file')
  const json = decode(found[1].replaceAll('\n', '')).toString('utf8')
  const { enc, sig, alg } = JSON.parse(json)
  const again = Buffer.from(JSON.stringify({ enc, sig, alg })).toString('base64')
  const lines = again.match(/.{1,64}/g)?.join('\n')
  if (text !== `-----BEGIN LICENSE FILE-----\n${lines}\n-----END LICENSE FILE-----\n`)
    throw new Error('another spelling')
  const signer = keys.find(({ x }) => {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, Buffer.from(prefix + enc), key, decode(sig))
  })
  if (!signer) throw new Error('not signed by any of the keys')
  const payload = JSON.parse(payloadIn(enc, alg, secret))
  if (payload.meta.kid !== signer.kid) throw new Error('signed by another key than it says')
  return payload
}

function payloadIn(enc: string, alg: string, secret: { key: string; fingerprint?: string } | null): string {
  if (alg === 'base64+ed25519') return decode(enc).toString('utf8')
  if (alg !== 'aes-256-gcm+ed25519' || !secret) throw new Error('cannot be read')
  const [text = '', iv = '', tag = ''] = enc.split('.')
  const key = createHash('sha256')
    .update(secret.key + (secret.fingerprint ?? ''))
    .digest()
  const decipher = createDecipheriv('aes-256-gcm', key, decode(iv), { authTagLength: 16 })
  decipher.setAuthTag(decode(tag))
  return Buffer.concat([decipher.update(decode(text)), decipher.final()]).toString('utf8')
}

function decode(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64) throw new Error('base64 with bits to spare')
  return bytes
}
