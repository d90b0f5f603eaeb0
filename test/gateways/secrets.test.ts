import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprintOf, makeSecrets, type TokenKind } from '#src/gateways/secrets.ts'
import { anyText, runs } from '../support/runs.ts'

const key = (id: string, fill: number) => ({ id, secret: new Uint8Array(32).fill(fill) })
const secrets = makeSecrets([key('a', 1)], new Uint8Array(32).fill(9))
const now = new Date('2026-08-21T09:30:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const kinds: TokenKind[] = ['session', 'sign-in-step', 'device']
const claims = { id: 'ses_1', subject: 'acc_1' }

describe('a token', () => {
  test('says what it was made for, whatever text that is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...kinds),
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        async (kind, subject, next) => {
          const token = await secrets.sign(kind, { id: 'x', subject, more: { next } }, now, 60)
          expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
          expect(await secrets.open(kind, token, now)).toMatchObject({ id: 'x', subject, next, issuedAt: now })
        },
      ),
      { numRuns: Math.min(runs.numRuns, 1000) },
    )
  })

  test('never passes as another kind (A5)', async () => {
    for (const made of kinds) {
      const token = await secrets.sign(made, claims, now, 60)
      for (const asked of kinds) {
        expect((await secrets.open(asked, token, now)) !== null).toBe(made === asked)
      }
    }
  })

  test('cannot make itself older, another, or somebody else by its extra claims', async () => {
    const more = { sub: 'acc_2', jti: 'ses_2', iss: 'evil', aud: 'device', iat: 1, exp: 9_999_999_999 }
    const token = await secrets.sign('session', { ...claims, more }, now, 60)
    expect(await secrets.open('session', token, now)).toMatchObject({ id: 'ses_1', subject: 'acc_1', issuedAt: now })
    expect(await secrets.open('session', token, later(70))).toBeNull()
  })

  test('ends when it says, five seconds of grace given', async () => {
    const token = await secrets.sign('session', claims, now, 60)
    expect(await secrets.open('session', token, later(64))).not.toBeNull()
    expect(await secrets.open('session', token, later(66))).toBeNull()
    expect(await secrets.open('session', token, later(-4))).not.toBeNull()
    expect(await secrets.open('session', token, later(-60))).toBeNull()
  })

  test.each<[TokenKind, number]>([
    ['session', 31 * 86_400],
    ['sign-in-step', 600],
    ['device', 366 * 86_400],
  ])('of the kind %s is never older than its kind allows, whatever it says (A5)', async (kind, oldest) => {
    const token = await secrets.sign(kind, claims, now, 10 * oldest)
    expect(await secrets.open(kind, token, later(oldest - 1))).not.toBeNull()
    expect(await secrets.open(kind, token, later(oldest + 10))).toBeNull()
  })

  test('changed anywhere is refused, and nothing is thrown (A5)', async () => {
    const token = await secrets.sign('session', claims, now, 60)
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09-_.=% \n'), async (at, letter) => {
        fc.pre(token[at] !== letter)
        const changed = token.slice(0, at) + letter + token.slice(at + 1)
        const opened = await secrets.open('session', changed, now)
        // The last letter of a base64 part holds bits that are not read: such a change is none.
        const same = Buffer.from(changed.split('.')[2] ?? '', 'base64url').equals(
          Buffer.from(token.split('.')[2] ?? '', 'base64url'),
        )
        if (!same || at < token.lastIndexOf('.')) expect(opened).toBeNull()
      }),
      runs,
    )
  })

  test('that is any text is refused, and nothing is thrown', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          anyText,
          fc
            .tuple(fc.json(), fc.json(), fc.string())
            .map(([a, b, c]) => [a, b, c].map((part) => Buffer.from(part).toString('base64url')).join('.')),
        ),
        async (text) => {
          expect(await secrets.open('session', text, now)).toBeNull()
        },
      ),
      runs,
    )
  })

  test('longer than a cookie may be is not looked at', async () => {
    const token = await secrets.sign('session', { id: 'x', subject: 'a'.repeat(5000) }, now, 60)
    expect(await secrets.open('session', token, now)).toBeNull()
  })
})

describe('keys', () => {
  test('all verify, the first signs, a dropped one is refused (A8)', async () => {
    const before = await secrets.sign('session', claims, now, 60)
    const both = makeSecrets([key('b', 2), key('a', 1)], new Uint8Array(32))
    const after = await both.sign('session', claims, now, 60)
    const only = makeSecrets([key('b', 2)], new Uint8Array(32))
    expect(await both.open('session', before, now)).not.toBeNull()
    expect(await both.open('session', after, now)).not.toBeNull()
    expect(await only.open('session', after, now)).not.toBeNull()
    expect(await only.open('session', before, now)).toBeNull()
    expect(await secrets.open('session', after, now)).toBeNull()
  })

  test('a reused id with another secret verifies nothing of the old', async () => {
    const before = await secrets.sign('session', claims, now, 60)
    expect(await makeSecrets([key('a', 3)], new Uint8Array(32)).open('session', before, now)).toBeNull()
  })

  test('none at all is a misconfiguration', () => {
    expect(() => makeSecrets([], new Uint8Array(32))).toThrow(/SESSION_KEYS/)
  })
})

describe('a secret that is handed out', () => {
  test('is made of its kind and row, the same each time, and 256 bits that no other key makes (Decision 15)', async () => {
    const token = await secrets.tokenFor('link', 'lnk_1')
    expect(await secrets.tokenFor('link', 'lnk_1')).toBe(token)
    expect(token).toMatch(/^lnk_1\.[\w-]{43}$/)
    const others = [
      secrets.tokenFor('link', 'lnk_2'),
      secrets.tokenFor('invitation', 'lnk_1'),
      makeSecrets([key('a', 1)], new Uint8Array(32).fill(10)).tokenFor('link', 'lnk_1'),
    ]
    const macs = (await Promise.all(others)).map((other) => other.split('.')[1])
    expect(macs).not.toContain(token.split('.')[1])
  })

  test('is kept as its SHA-256', async () => {
    expect(await fingerprintOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(await fingerprintOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
