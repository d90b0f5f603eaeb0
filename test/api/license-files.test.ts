import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acme, ada, fabrikam, northwind } from '#dev/world/people.ts'
import { requestText } from '#src/domain/license-files/request.ts'
import { callChecked } from '../support/api.ts'
import { verifyLicenseFile } from '../support/license-verifier.ts'
import { openPortal, type Portal } from '../support/portal.ts'

let portal: Portal
const read = async (text: string, secret?: { key: string; fingerprint?: string }) =>
  verifyLicenseFile(text, await portal.deps.licenseKeys.publicKeys(), secret)

const frontDesk = `/api/v1/licenses/${ada.licenses.frontDesk}`
const get = (path: string, key: string) => callChecked(portal, 'GET', path, { key })
const post = (path: string, body: unknown, key?: string) =>
  callChecked(portal, 'POST', path, { body, ...(key ? { key } : {}) })

describe('files of a license', () => {
  beforeAll(async () => {
    portal = await openPortal()
  })

  test('R44 R45 R57: scripts of whoever sees a license download its file and that of its support; both verify', async () => {
    const file = await get(`${frontDesk}/license-file`, acme.apiKey)
    expect([file.status, file.headers.get('content-disposition')]).toEqual([
      200,
      expect.stringMatching(/^attachment; filename="license-.+\.lic"$/),
    ])
    const { data, included } = await read(file.body)
    expect([data.type, data.product, included.computer?.name]).toEqual(['license', 'remote-access', ada.computers[0]])
    const support = await read((await get(`${frontDesk}/support-file`, acme.apiKey)).body)
    expect(support.data).toMatchObject({ type: 'support', endsOn: '2027-06-04' })
  })

  test('R45: where there is no support, and for those who do not see the license, there is no file', async () => {
    const paths = [
      `/api/v1/licenses/${ada.licenses.unsupported}/support-file`,
      '/api/v1/licenses/lic_none/license-file',
    ]
    for (const path of paths) expect((await get(path, acme.apiKey)).status).toBe(404)
    for (const kind of ['license', 'support'])
      expect((await get(`${frontDesk}/${kind}-file`, northwind.apiKey)).status).toBe(404)
  })
})

describe('a computer without a line', () => {
  beforeEach(async () => {
    portal = await openPortal()
  })

  const asked = {
    activationKey: fabrikam.keys.livePatching.code,
    product: 'live-patching',
    fingerprint: 'air-gapped-1',
    hostname: 'vault-01.fabrikam.example',
    versions: { 'live-patching': '2.95' },
    locked: false,
  }
  const files = '/api/v1/license-files'

  test('R312: is activated with the request that its software shows; the same again is the same computer', async () => {
    const made = await post(files, { request: requestText(asked) }, fabrikam.apiKey)
    expect([made.status, made.body.computer.name]).toEqual([201, asked.hostname])
    const { included, data } = await read(made.body.licenseFile)
    expect([data.product, included.computer?.fingerprint]).toEqual(['live-patching', 'air-gapped-1'])
    const again = await post(files, { request: JSON.stringify(asked) }, fabrikam.apiKey)
    expect([again.status, again.body.id]).toEqual([200, made.body.id])
  })

  test('R312: gets a file that only the key and the fingerprint open, where it asks for that', async () => {
    const { body } = await post(files, { request: requestText({ ...asked, locked: true }) }, fabrikam.apiKey)
    const secret = { key: asked.activationKey, fingerprint: asked.fingerprint }
    expect((await read(body.licenseFile, secret)).data.product).toBe('live-patching')
    await expect(read(body.licenseFile, { ...secret, fingerprint: 'another' })).rejects.toThrow()
  })

  test('R303 R312: is refused as software is, with what is wrong at its field', async () => {
    const unreadable = await post(files, { request: 'please' }, fabrikam.apiKey)
    expect([unreadable.status, unreadable.body.errors[0]]).toEqual([
      422,
      { pointer: '/request', code: 'format', detail: expect.stringContaining('PR1.') },
    ])
    const foreign = { ...asked, activationKey: ada.activationKey, product: 'remote-access' }
    const hidden = await post(files, { request: requestText(foreign) }, fabrikam.apiKey)
    expect([hidden.status, hidden.body.code]).toEqual([404, 'activation-key-unknown'])
    const absent = await post(files, { request: requestText({ ...asked, product: 'remote-access' }) }, fabrikam.apiKey)
    expect([absent.status, absent.body.code]).toEqual([409, 'product-not-on-key'])
  })
})

describe('a computer that somebody else has to release', () => {
  beforeEach(async () => {
    portal = await openPortal()
  })

  test('R305: the seller is asked once a day', async () => {
    const asks = () => post(`${frontDesk}/release-requests`, { reason: 'The laptop was stolen' }, acme.apiKey)
    expect(await asks()).toMatchObject({ status: 201, body: { license: ada.licenses.frontDesk } })
    await portal.deps.settled()
    expect(portal.deps.letters.at(-1)?.text).toContain('Reason: The laptop was stolen')
    expect(await asks()).toMatchObject({ status: 409, body: { code: 'release-asked' } })
    const long = await post(`${frontDesk}/release-requests`, { reason: 'x'.repeat(501) }, acme.apiKey)
    expect([long.status, long.body.errors[0].pointer]).toEqual([422, '/reason'])
  })

  test('R304: a link is mailed to the owner of a lost computer; known and unknown keys get the same answer', async () => {
    const answers = []
    for (const activationKey of [ada.activationKey, 'ZZZZ-ZZZZ-ZZZZ-ZZZZ']) {
      const { status, body } = await post('/api/v1/release-links', { activationKey })
      answers.push([status, body])
    }
    expect(answers).toEqual([
      [202, null],
      [202, null],
    ])
    await portal.deps.settled()
    expect(portal.deps.letters.map(({ to }) => to)).toEqual([ada.email])
    const empty = await post('/api/v1/release-links', { activationKey: ' ' })
    expect([empty.status, empty.body.errors[0].pointer]).toEqual([422, '/activationKey'])
  })
})
