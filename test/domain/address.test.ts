import { expect, test } from 'vitest'
import { addressKey, isAddressRange, isWithin } from '#src/domain/address.ts'

test('addresses sort as numbers, IPv4 before IPv6, none first (R181)', () => {
  const sorted = [null, '9.0.0.1', '10.0.0.2', '10.0.0.10', '::1', '2001:db8::2', '2001:db8::10']
  expect(sorted.toSorted((a, b) => (addressKey(a) < addressKey(b) ? -1 : 1))).toEqual(sorted)
  expect(addressKey('2001:DB8:0:0::2')).toBe(addressKey('2001:db8::2'))
  expect(addressKey('::ffff:192.0.2.1')).toBe(addressKey('192.0.2.1'))
})

test.each([
  ...[
    '',
    'host',
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1::2::3',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
  ],
  ...[
    '12345::',
    'g::',
    '1.2.3.4/33',
    '::/129',
    '1.2.3.4/',
    '1.2.3.4/1/2',
    '1.2.3.4/-1',
    '1::1.2.3.256',
    `1${'0'.repeat(60)}`,
  ],
])('%j is neither an address nor a range', (text) => {
  expect(isAddressRange(text)).toBe(false)
  if (!text.includes('/')) expect(addressKey(text)).toBe('')
})

test.each([
  ['192.0.2.7', '192.0.2.0/24', true],
  ['192.0.3.7', '192.0.2.0/24', false],
  ['192.0.2.200', '192.0.2.129/25', true],
  ['192.0.2.7', '192.0.2.7', true],
  ['192.0.2.8', '192.0.2.7', false],
  ['8.8.8.8', '0.0.0.0/0', true],
  ['2001:db8:1::5', '2001:db8::/32', true],
  ['2001:db9::5', '2001:db8::/32', false],
  ['::1', '0.0.0.0/0', false],
  ['::ffff:192.0.2.7', '192.0.2.0/24', true],
  ['nonsense', '0.0.0.0/0', false],
])('%s within %s: %s (R331)', (address, range, within) => {
  expect(isAddressRange(range)).toBe(true)
  expect(isWithin(address, ['198.51.100.1', range])).toBe(within)
})

test('no ranges admit every address', () => {
  expect(isWithin('192.0.2.7', null)).toBe(true)
  expect(isWithin('192.0.2.7', [])).toBe(true)
})
