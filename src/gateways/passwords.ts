import { scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { longestPassword } from '#src/domain/accounts/password.ts'

const derive = promisify<Buffer | string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt as never,
)

const cost = { N: 2 ** 14, r: 8, p: 5 }

/**
 * Hashes and checks passwords with scrypt (`stack.md`) and a pepper that the database never sees. `verify` costs one
 * hash whatever it is given, so that an unknown login takes as long as a known one.
 */
export type Passwords = {
  hash(password: string, salt: Uint8Array): Promise<string>
  verify(password: string, stored: string | null): Promise<{ right: boolean; outdated: boolean }>
}

export function scryptPasswords(pepper: string, N = cost.N): Passwords {
  const current = { ...cost, N }
  const keyOf = (password: string, salt: Buffer, c: typeof cost) =>
    derive(`${password}${pepper}`, salt, 32, { ...c, maxmem: 256 * c.r * (c.N + c.p + 32) })
  const render = (salt: Buffer, key: Buffer) =>
    `scrypt$${current.N}$${current.r}$${current.p}$${salt.toString('base64url')}$${key.toString('base64url')}`
  return {
    async hash(password, salt) {
      const bytes = Buffer.from(salt)
      return render(bytes, await keyOf(password, bytes, current))
    },
    async verify(password, stored) {
      const parsed = parse(stored) ?? { ...current, salt: Buffer.alloc(16), key: Buffer.alloc(32) }
      const tooLong = password.length > longestPassword
      const key = await keyOf(tooLong ? '' : password, parsed.salt, parsed)
      const right = stored !== null && !tooLong && key.length === parsed.key.length && timingSafeEqual(key, parsed.key)
      return { right, outdated: parsed.N !== current.N || parsed.r !== current.r || parsed.p !== current.p }
    },
  }
}

function parse(stored: string | null) {
  const [kind, N, r, p, salt, key] = stored?.split('$') ?? []
  if (kind !== 'scrypt' || !N || !r || !p || !salt || !key) return null
  return {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  }
}
