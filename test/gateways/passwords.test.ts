import { describe, expect, test } from 'vitest'
import { longestPassword } from '#src/domain/accounts/password.ts'
import { scryptPasswords } from '#src/gateways/passwords.ts'

const salt = new Uint8Array(16).fill(3)
const quick = scryptPasswords('pepper', 2)

describe('a password', () => {
  test.each(['portico-demo', 'пароль', '密码🔑', ' with blanks ', 'e\u0301', 'a'.repeat(longestPassword), ''])(
    '%j is known again, and nothing else is',
    async (password) => {
      const stored = await quick.hash(password, salt)
      expect(await quick.verify(password, stored)).toEqual({ right: true, outdated: false })
      for (const other of [
        `${password} `,
        password.toUpperCase() === password ? 'x' : password.toUpperCase(),
        `x${password}`,
      ]) {
        expect((await quick.verify(other, stored)).right).toBe(false)
      }
    },
  )

  test('is not folded: a letter made of two signs is another (A13)', async () => {
    expect((await quick.verify('\u00e9', await quick.hash('e\u0301', salt))).right).toBe(false)
  })

  test('is stored with its cost and salt, never itself, and differs with salt and pepper (A14)', async () => {
    const stored = await scryptPasswords('pepper').hash('portico-demo', salt)
    expect(stored).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/)
    expect(stored).not.toContain('portico')
    const hash = await quick.hash('portico-demo', salt)
    expect(await quick.hash('portico-demo', new Uint8Array(16).fill(4))).not.toBe(hash)
    expect((await scryptPasswords('salt', 2).verify('portico-demo', hash)).right).toBe(false)
  })

  test('of more than 256 characters is refused, also where one of its beginning would be right (A13 A14)', async () => {
    const long = 'a'.repeat(longestPassword)
    const stored = await quick.hash(long, salt)
    expect((await quick.verify(`${long}b`, stored)).right).toBe(false)
    expect((await quick.verify('a'.repeat(1_000_000), stored)).right).toBe(false)
    expect((await quick.verify('a'.repeat(1000), await quick.hash('', salt))).right).toBe(false)
  })

  test('nobody has is never right (A2)', async () => {
    for (const password of ['', 'anything', '\u0000'.repeat(32)]) {
      expect((await quick.verify(password, null)).right).toBe(false)
    }
  })

  test.each([
    '',
    'scrypt',
    'bcrypt$2$8$5$AA$AA',
    'scrypt$2$8$5$$',
    'scrypt$2$8$5$AAAA$',
    'nonsense$$$$$',
    'scrypt$2$8$5$AwMDAwMDAwMDAwMDAwMDAw$AA',
  ])('is not right by a damaged hash: %j', async (stored) => {
    expect((await quick.verify('portico-demo', stored)).right).toBe(false)
  })

  test('hashed at another cost is right and says that it wants hashing anew (A14)', async () => {
    const old = await quick.hash('portico-demo', salt)
    expect(await scryptPasswords('pepper', 4).verify('portico-demo', old)).toEqual({ right: true, outdated: true })
  })
})
