import { expect, test } from 'vitest'
import type { FileContent } from '#src/domain/license-files/payload.ts'
import { makeLicenseKeys } from '#src/gateways/license-keys.ts'
import { makeLicenseFile } from '#src/use-cases/license-files/make-license-file.ts'
import { verifyLicenseFile } from '../../support/license-verifier.ts'

const key = (id: string, byte: number) => ({ id, seed: new Uint8Array(32).fill(byte) })
const now = new Date('2026-08-21T09:30:00.000Z')
const random = (bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => i)
const signer = (...keys: ReturnType<typeof key>[]) => ({ licenseKeys: makeLicenseKeys(keys), now: () => now, random })
const one = signer(key('l1', 1))
const keys = await one.licenseKeys.publicKeys()
const code = 'ABCD-EFGH-JKMN-PQRS'

const contentFor = (serial: string): FileContent => ({
  data: { type: 'license', id: 'lic_1', serial, endsOn: '2026-12-31', edition: 'pro', comment: 'Café №5' },
  included: {
    product: { code: 'remote-access', name: 'Remote Access' },
    computer: { id: 'com_1', name: 'front-desk', fingerprint: 'aa:bb' },
    support: null,
    entitlements: [{ product: 'remote-access', edition: 'pro' }],
  },
  days: 30,
  graceDays: 14,
  licenseGraceDays: 7,
  renewAt: 'https://portal.acme.example/license-files/new',
})
const content = contentFor('AAAA-BBBB')
const lock = { activationKey: code, fingerprint: 'aa:bb' }

test('R312: a verifier that knows the format and the public key alone accepts a file and reads until when it is good', async () => {
  const file = await makeLicenseFile(one, content)
  const { meta, data, included } = verifyLicenseFile(file, keys)
  expect(meta).toMatchObject({
    issued: '2026-08-21T09:30:00.000Z',
    expiry: '2026-09-20T09:30:00.000Z',
    graceUntil: '2026-10-04T09:30:00.000Z',
    ttl: 2_592_000,
    kid: 'l1',
  })
  // R306: nothing ends without having been said.
  expect(meta.notice).toBe(
    'This file is good until 2026-09-20 09:30 UTC. Software runs on with a warning until 2026-10-04 09:30 UTC; connect it, or get the next file at https://portal.acme.example/license-files/new. The license ends on 2026-12-31; software runs on with a warning until 2027-01-07.',
  )
  expect(data).toMatchObject({ serial: 'AAAA-BBBB', comment: 'Café №5', endsOn: '2026-12-31', runsUntil: '2027-01-07' })
  expect(included.computer.fingerprint).toBe('aa:bb')
})

test('a locked file opens with the activation key, for one computer with its fingerprint too, and with nothing else', async () => {
  const bound = await makeLicenseFile(one, content, lock)
  const open = await makeLicenseFile(one, content, { ...lock, fingerprint: null })
  expect(verifyLicenseFile(bound, keys, { key: code, fingerprint: 'aa:bb' }).data.serial).toBe('AAAA-BBBB')
  expect(verifyLicenseFile(open, keys, { key: code }).data.serial).toBe('AAAA-BBBB')
  expect(() => verifyLicenseFile(bound, keys, { key: code })).toThrow()
  expect(() => verifyLicenseFile(bound, keys, { key: code, fingerprint: 'aa:bc' })).toThrow()
  expect(() => verifyLicenseFile(bound, keys)).toThrow()
  expect(bound).not.toContain(Buffer.from(code).toString('base64').slice(0, 12))
})

test('M7: no other prefix, no other key and no other algorithm passes', async () => {
  const file = await makeLicenseFile(one, content)
  expect(() => verifyLicenseFile(file, keys, null, 'machine/')).toThrow('not signed')
  const stranger = await makeLicenseKeys([key('l1', 2)]).publicKeys()
  expect(() => verifyLicenseFile(file, stranger)).toThrow('not signed')
  for (const [text, secret] of [[file, null] as const, [await makeLicenseFile(one, content, lock), lock] as const]) {
    const { enc, sig, alg } = envelopeIn(text)
    const other = alg === 'base64+ed25519' ? 'aes-256-gcm+ed25519' : 'base64+ed25519'
    const swapped = envelope(JSON.stringify({ enc, sig, alg: other }))
    const opened = secret && { key: secret.activationKey, fingerprint: secret.fingerprint }
    expect(() => verifyLicenseFile(swapped, keys, opened)).toThrow()
  }
})

test('R313: keys rotate: the first signs, all are shown, files of an old one keep verifying and of a dropped one no more', async () => {
  const [old, next] = [key('l1', 1), key('l2', 2)]
  const both = signer(next, old)
  const file = await makeLicenseFile(one, content)
  const newer = await makeLicenseFile(both, content)
  const shown = await both.licenseKeys.publicKeys()
  expect(shown.map(({ kid }) => kid)).toEqual(['l2', 'l1'])
  expect(verifyLicenseFile(file, shown).meta.kid).toBe('l1')
  expect(verifyLicenseFile(newer, shown).meta.kid).toBe('l2')
  expect(() => verifyLicenseFile(file, shown.slice(0, 1))).toThrow('not signed')
  expect(JSON.stringify(shown)).not.toContain(Buffer.from(old.seed).toString('base64url'))
})

test('the key pair is that of RFC 8032, test 1', async () => {
  const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
  const known = makeLicenseKeys([{ id: 'rfc', seed }])
  const [shown] = await known.publicKeys()
  expect(Buffer.from(shown?.x ?? '', 'base64url').toString('hex')).toBe(
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  )
  const { signature } = await known.sign(new Uint8Array())
  expect(Buffer.from(signature).toString('hex')).toMatch(/^e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065/)
})

test('M7: of one file there is one spelling: every changed byte is refused, whichever form and length it has', async () => {
  const secret = { key: code, fingerprint: 'aa:bb' }
  const refused = (text: string) => {
    try {
      return verifyLicenseFile(text, keys, secret) === null
    } catch {
      return true
    }
  }
  for (const file of [await makeLicenseFile(one, content), await makeLicenseFile(one, content, lock)]) {
    const bytes = Buffer.from(file)
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = bytes[at] === 0x41 ? 0x42 : 0x41
      expect(refused(changed.toString('latin1')), `byte ${at}`).toBe(true)
      expect(refused(bytes.subarray(0, at).toString('latin1')), `cut at ${at}`).toBe(true)
    }
    for (let times = 0; times < Number(process.env.MUTATIONS ?? 2000) / 2; times++) {
      const changed = Buffer.from(bytes)
      const at = Math.floor(Math.random() * bytes.length)
      changed[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(Math.random() * 255))
      expect(refused(changed.toString('latin1')), `byte ${at} as ${changed[at]}`).toBe(true)
    }
  }
})

test('no length of a file leaves bits to spare in its base64, but for the two of the signature', async () => {
  for (let length = 0; length < 12; length++) {
    const file = await makeLicenseFile(one, contentFor('x'.repeat(length)), length % 2 ? lock : null)
    expect(file.replaceAll('\n', '')).not.toMatch(/=-----END/)
    const [enc = ''] = envelopeIn(file).enc.split('.')
    expect(enc).not.toContain('=')
  }
})

const envelopeIn = (file: string): { enc: string; sig: string; alg: string } =>
  JSON.parse(Buffer.from(file.split('\n').slice(1, -2).join(''), 'base64').toString())

function envelope(json: string): string {
  const lines =
    Buffer.from(json)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN LICENSE FILE-----', ...lines, '-----END LICENSE FILE-----', ''].join('\n')
}
