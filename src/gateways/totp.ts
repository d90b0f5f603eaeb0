import { base64url } from 'jose'
import type { Id } from '#src/domain/ids.ts'
import { totpPeriod } from '#src/domain/sign-in/two-factor.ts'
import { fingerprintOf, type Secrets } from './secrets.ts'

/**
 * The TOTP secret of a login, 160 bits: computed from the seed that the database keeps and a key that it never sees.
 * A copy of the database makes no codes.
 */
export async function totpSecretOf(secrets: Secrets, loginId: Id<'login'>, seed: string): Promise<Uint8Array> {
  return (await macOf(secrets, 'totp', `${loginId} ${seed}`)).subarray(0, 20)
}

/** Evaluated at first use: most requests know nothing of codes (budget B9). */
const library = () => import('otpauth')

const algorithm = 'SHA1'

async function totpOf(secret: Uint8Array, more: { issuer?: string; label?: string } = {}) {
  const { Secret, TOTP } = await library()
  const buffer = Uint8Array.from(secret).buffer
  return new TOTP({ secret: new Secret({ buffer }), algorithm, digits: 6, period: totpPeriod, ...more })
}

/** The time step whose code this is: the present one or the one before, else `null` (`threats.md`, A12). */
export async function stepOfCode(secret: Uint8Array, code: string, now: Date): Promise<number | null> {
  const step = Math.floor(now.getTime() / (totpPeriod * 1000))
  for (const one of [step, step - 1]) if ((await codeAt(secret, one)) === code) return one
  return null
}

/** The code of a time step. */
export const codeAt = async (secret: Uint8Array, step: number): Promise<string> =>
  (await totpOf(secret)).generate({ timestamp: step * totpPeriod * 1000 })

/** The secret as it is typed into an authenticator app: `ABCD EFGH …`. */
export const secretInWords = async (secret: Uint8Array): Promise<string> =>
  (await totpOf(secret)).secret.base32.replace(/.{4}(?=.)/g, '$& ')

/** What the QR code holds for an authenticator app. */
export const totpUri = async (secret: Uint8Array, issuer: string, label: string): Promise<string> =>
  (await totpOf(secret, { issuer, label })).toString()

/** Bytes for the recovery codes of one switching-on, computed again to be shown on the page after it. */
export const recoveryBytes = (secrets: Secrets, setId: string, n: number): Promise<Uint8Array> =>
  macOf(secrets, 'recovery code', `${setId} ${n}`)

/** What the database keeps of a recovery code: without the key nobody can try codes on it. */
export const recoveryHash = async (secrets: Secrets, loginId: Id<'login'>, code: string): Promise<string> =>
  fingerprintOf(await secrets.tokenFor('recovery hash', `${loginId} ${code}`))

async function macOf(secrets: Secrets, kind: string, rowId: string): Promise<Uint8Array> {
  const token = await secrets.tokenFor(kind, rowId)
  return base64url.decode(token.slice(token.lastIndexOf('.') + 1))
}
