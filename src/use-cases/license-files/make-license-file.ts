import {
  type Algorithm,
  base64Of,
  certificateOf,
  ivBytes,
  payloadBytes,
  signedPrefix,
} from '#src/domain/license-files/certificate.ts'
import { type FileContent, payloadOf } from '#src/domain/license-files/payload.ts'
import { sealed } from '#src/gateways/sealing.ts'
import type { Deps } from '../deps.ts'

/** What a file is locked with: the activation key's code, and with it the computer's fingerprint where it is for one. */
export type Lock = { readonly activationKey: string; readonly fingerprint: string | null }

type Signer = Pick<Deps, 'licenseKeys' | 'now' | 'random'>

/**
 * Signs a license file (Decision 14): the text that is written to a `.lic`. With a lock it can be read by whoever holds
 * the activation key alone (and, for one computer, its fingerprint); without, by everybody. It asks nothing and writes nothing.
 */
export async function makeLicenseFile(deps: Signer, content: FileContent, lock: Lock | null = null): Promise<string> {
  const alg: Algorithm = lock ? 'aes-256-gcm+ed25519' : 'base64+ed25519'
  const bytes = payloadBytes(payloadOf(content, deps.licenseKeys.kid, deps.now()), alg)
  const enc = lock ? await locked(deps, lock, bytes) : base64Of(bytes)
  const { signature } = await deps.licenseKeys.sign(new TextEncoder().encode(signedPrefix + enc))
  return certificateOf({ enc, sig: base64Of(signature), alg })
}

async function locked({ random }: Signer, { activationKey, fingerprint }: Lock, bytes: Uint8Array): Promise<string> {
  const nonce = random(ivBytes)
  const { text, tag } = await sealed(activationKey + (fingerprint ?? ''), nonce, bytes)
  return [text, nonce, tag].map(base64Of).join('.')
}
