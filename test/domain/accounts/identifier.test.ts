import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emailKey, identifierOf, loginKey, looksLikeEmail } from '#src/domain/accounts/identifier.ts'
import { runs } from '../../support/runs.ts'

/** What was typed, and the key it is found by. */
const addresses: [string, string][] = [
  ['ada@example.com', 'ada@example.com'],
  ['Ada@Example.COM', 'ada@example.com'],
  [' ada@example.com ', 'ada@example.com'],
  ['\tada@example.com\n', 'ada@example.com'],
  ['ADA.BYRON@EXAMPLE.COM', 'ada.byron@example.com'],
  ['a.d.a@example.com', 'a.d.a@example.com'],
  ['ada+shop@example.com', 'ada+shop@example.com'],
  ['ada+SHOP@example.com', 'ada+shop@example.com'],
  ['ada-b_c@example.com', 'ada-b_c@example.com'],
  ["o'hara@example.com", "o'hara@example.com"],
  ['ada%x@example.com', 'ada%x@example.com'],
  ['ada@sub.example.co.uk', 'ada@sub.example.co.uk'],
  ['ada@EXAMPLE.com.', 'ada@example.com.'],
  ['ada@localhost', 'ada@localhost'],
  ['"ada byron"@example.com', '"ada byron"@example.com'],
  ['"a@b"@example.com', '"a@b"@example.com'],
  ['ada@127.0.0.1', 'ada@127.0.0.1'],
  // Domains of other scripts: punycode, so that each is found however it was typed.
  ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
  ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
  ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
  ['ada@XN--BCHER-KVA.EXAMPLE', 'ada@xn--bcher-kva.example'],
  ['ada@例え.テスト', 'ada@xn--r8jz45g.xn--zckzah'],
  ['ada@пример.рф', 'ada@xn--e1afmkfd.xn--p1ai'],
  ['ada@مثال.إختبار', 'ada@xn--mgbh0fb.xn--kgbechtv'],
  ['ada@example。com', 'ada@example.com'],
  // Look-alikes: another letter is another person.
  ['аda@example.com', 'аda@example.com'],
  ['ada@exаmple.com', 'ada@xn--exmple-4nf.com'],
  ['\u212Ada@example.com', '\u212Ada@example.com'],
  ['ad\u017F@example.com', 'ad\u017F@example.com'],
  ['I@example.com', 'i@example.com'],
  ['\u0130@example.com', '\u0130@example.com'],
  ['\u0131@example.com', '\u0131@example.com'],
  ['ﬁ@example.com', 'ﬁ@example.com'],
  ['ＡＤＡ@example.com', 'ａｄａ@example.com'],
  ['ß@example.com', 'ß@example.com'],
  ['ẞ@example.com', 'ß@example.com'],
  ['ÄDA@example.com', 'äda@example.com'],
  ['Σ@example.com', 'σ@example.com'],
  ['ada\u200B@example.com', 'ada\u200B@example.com'],
  ['ada\u0000@example.com', 'ada\u0000@example.com'],
  ['👩‍💻@example.com', '👩‍💻@example.com'],
  // Not an address at all: a key of its own, which meets nobody's.
  ['@', '@'],
  ['@example.com', '@example.com'],
  ['ada@', 'ada@'],
  ['ada@evil.example@example.com', 'ada@evil.example@example.com'],
  ['ada@example.com@evil.example', 'ada@example.com@evil.example'],
  ['ada@example.com/evil', 'ada@example.com/evil'],
  ['ada@ex ample.com', 'ada@ex ample.com'],
]

describe('the key of an e-mail', () => {
  test('stands for at least forty addresses, most of them different people (I4)', () => {
    expect(addresses.length).toBeGreaterThanOrEqual(40)
  })

  test.each(addresses)('of %j is %j (I4)', (typed, key) => {
    expect(emailKey(typed)).toBe(key)
    expect(identifierOf(typed)).toMatchObject({ kind: 'email', key })
  })

  test('is its own key, and the same in capitals of ASCII', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.constantFrom(...addresses.map(([typed]) => typed))), (typed) => {
        const key = emailKey(typed)
        expect(emailKey(key)).toBe(key)
        const capitals = typed.replace(/[a-z]/g, (letter) => letter.toUpperCase())
        expect(emailKey(capitals)).toBe(key)
      }),
      runs,
    )
  })

  test('of anything at all is made without an error, and nothing outside ASCII becomes ASCII in the local part (I4)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (local, domain) => {
        fc.pre(!domain.includes('@'))
        const key = emailKey(`${local}@${domain}`)
        const ascii = (text: string) => [...text].filter((char) => char < '\u0080').length
        expect(ascii(key.slice(0, key.lastIndexOf('@')))).toBeLessThanOrEqual(ascii(local))
      }),
      runs,
    )
  })

  test('of 10,000 characters does not hang (I2)', () => {
    const begun = performance.now()
    for (const part of ['a', '.', 'ü', '@', '-', ' ', 'xn--']) emailKey(`ada@${part.repeat(10_000)}.example`)
    expect(performance.now() - begun).toBeLessThan(5000)
  })
})

describe('an identifier', () => {
  test('without @ is a login, in any case, blanks around forgiven', () => {
    expect(identifierOf(' NorthWind ')).toEqual({ kind: 'login', text: 'NorthWind', key: 'northwind' })
    expect(loginKey('NORTHW\u0130ND')).not.toBe('northwind')
    expect(loginKey('\u212Aelvin')).not.toBe('kelvin')
  })
})

test.each([
  ['ada@example.com', true],
  ['ada+x@example.co.uk', true],
  ['ä@bücher.example', true],
  ['ada', false],
  ['ada@localhost', false],
  ['@example.com', false],
  ['ada@.example.com', false],
  ['ada@example.com.', false],
  ['ada byron@example.com', false],
  ['ada@example.com\r\nBcc: x@y.example', false],
  ['<ada@example.com>', false],
  ['ada@example.com,grace@example.org', false],
  [`${'a'.repeat(250)}@example.com`, false],
])('%j can be mailed to: %s', (text, can) => {
  expect(looksLikeEmail(text)).toBe(can)
})
