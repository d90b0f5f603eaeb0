import { base64url } from 'jose'
import { Secret, TOTP } from 'otpauth'
import type { Id } from '#src/domain/ids.ts'
import { totpPeriod } from '#src/domain/sign-in/two-factor.ts'
import type { Secrets } from './secrets.ts'

/**
 * The TOTP secret of a login, 160 bits: computed from the seed that the database keeps and a key that it never sees.
 * A copy of the database makes no codes.
 */
export async function totpSecretOf(secrets: Secrets, loginId: Id<'login'>, seed: string): Promise<Uint8Array> {
  return (await macOf(secrets, 'totp', `${loginId} ${seed}`)).subarray(0, 20)
}

const algorithm = 'SHA1'
const totpOf = (secret: Uint8Array) => new TOTP({ secret: secretOf(secret), algorithm, digits: 6, period: totpPeriod })
const secretOf = (bytes: Uint8Array) => new Secret({ buffer: Uint8Array.from(bytes).buffer })

/** The time step whose code this is: the present one or the one before, else `null` (`threats.md`, A12). */
export function stepOfCode(secret: Uint8Array, code: string, now: Date): number | null {
  const totp = totpOf(secret)
  const timestamp = now.getTime()
  const step = totp.counter({ timestamp })
  return [step, step - 1].find((one) => codeAt(secret, one) === code) ?? null
}

/** The code of a time step. */
export const codeAt = (secret: Uint8Array, step: number): string =>
  totpOf(secret).generate({ timestamp: step * totpPeriod * 1000 })

async function macOf(secrets: Secrets, kind: string, rowId: string): Promise<Uint8Array> {
  const token = await secrets.tokenFor(kind, rowId)
  return base64url.decode(token.slice(token.lastIndexOf('.') + 1))
}
