import { expect, test } from 'vitest'
import { requestFrom, requestText } from '#src/domain/license-files/request.ts'
import type { Refused } from '#src/domain/refusal.ts'

const request = {
  activationKey: 'ABCD-EFGH-JKMN-PQRS',
  product: 'remote-access',
  fingerprint: 'aa:bb',
  hostname: 'Büro-1',
  versions: { 'remote-access': '9.1' },
  locked: true,
}

/** What the form says of a text. */
function said(text: string): string {
  try {
    return JSON.stringify(requestFrom(text))
  } catch (error) {
    const { refusal } = error as Refused
    return refusal.code === 'invalid-request' ? (refusal.errors[0]?.detail ?? '') : refusal.code
  }
}

test('R312: a request is read as it is shown, as JSON, broken into lines, or in the address that a phone opens', () => {
  const shown = requestText(request)
  expect(shown).toMatch(/^PR1\.[\w-]+$/)
  const wrapped = ` ${shown.replace(/(.{20})/g, '$1\n')} `
  const address = `https://portal.acme.example/license-files/new?request=${shown}&x=1`
  for (const text of [shown, wrapped, JSON.stringify(request), address]) expect(requestFrom(text)).toEqual(request)
  const { versions: _, locked: __, ...least } = request
  expect(requestFrom(JSON.stringify(least))).toEqual({ ...least, versions: {}, locked: false })
})

test('what is no request says what to do', () => {
  expect(said('  ')).toBe('Paste the request that the software shows')
  expect(said('x'.repeat(5000))).toBe('A request has at most 4096 characters')
  for (const text of ['hello', 'PR1.', 'PR1.%%%', 'PR1.eyJh', '{"a":', '[]', 'PR1.MQ', '{"activationKey":"\\ud800"}']) {
    expect(said(text), text).toMatch(/^This is no request|^The request lacks/)
  }
  expect(said('{"activationKey":"A","product":"p","fingerprint":"f"}')).toBe('The request lacks "hostname"')
  expect(said(JSON.stringify({ ...request, hostname: 'a\0b' }))).toMatch(/^This is no request/)
})
