import { beforeAll, expect, test } from 'vitest'
import { ada, fabrikam, northwind } from '#dev/world/people.ts'
import { requestText } from '#src/domain/license-files/request.ts'
import { verifyLicenseFile } from '../support/license-verifier.ts'
import { type Browser, openPortal, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeAll(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
})

const keys = () => portal.deps.licenseKeys.publicKeys()
const read = async (text: string, secret?: { key: string; fingerprint?: string }) =>
  verifyLicenseFile(text, await keys(), secret)

test('R44 R57: the license file is downloaded from details, verifies, names its computer and does not end by itself', async () => {
  const page = await browser.open(`/licenses/${ada.licenses.frontDesk}`)
  const file = await browser.follow(page, 'Download')
  const serial = page.dom.querySelector('dl code')?.text
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename="license-${serial}.lic"`)
  expect(file.headers.get('content-type')).toBe('application/octet-stream')
  expect(file.headers.get('cache-control')).toBe('no-store')
  const { meta, data, included } = await read(file.html)
  expect(meta).toMatchObject({ expiry: null, ttl: null, kid: 'test', notice: 'This file does not expire.' })
  expect(data).toMatchObject({
    type: 'license',
    serial,
    product: 'remote-access',
    edition: 'pro',
    size: 5,
    endsOn: null,
  })
  expect(included.computer).toMatchObject({ name: ada.computers[0], fingerprint: expect.stringMatching(/^\w{32}$/) })
  expect(included.support).toMatchObject({ status: 'valid' })
  expect(included.entitlements).toEqual([
    { product: 'advanced-security', edition: 'essentials' },
    { product: 'remote-access', edition: 'pro' },
  ])
  portal.db.forget()
  await browser.open(`/licenses/${ada.licenses.frontDesk}/license.lic`)
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read'])
})

test('R45: View in the support column downloads the support file; where there is no support there is none', async () => {
  const home = await browser.open('/')
  const link = home.dom.querySelector(`a[href="/licenses/${ada.licenses.frontDesk}/support.lic"]`)
  expect(link?.text.trim()).toBe('View')
  const file = await browser.open(`/licenses/${ada.licenses.frontDesk}/support.lic`)
  const { data, meta } = await read(file.html)
  expect(data).toMatchObject({ type: 'support', endsOn: '2027-06-04', runsUntil: '2027-06-04' })
  expect(meta.notice).toContain('ends on 2027-06-04')
  expect(home.dom.querySelector(`a[href="/licenses/${ada.licenses.unsupported}/support.lic"]`)).toBeNull()
  expect((await browser.open(`/licenses/${ada.licenses.unsupported}/support.lic`)).status).toBe(404)
})

const asked = {
  activationKey: ada.activationKey,
  product: 'advanced-security',
  fingerprint: 'air-gapped-1',
  hostname: 'VAULT-01',
  versions: { 'advanced-security': '7.4' },
}

test('R312: a phone opens the request as an address, signs in, confirms, and carries the file back as file, text or QR code', async () => {
  const phone = portal.browser()
  const path = `/license-files/new?request=${requestText(asked)}`
  const door = await phone.open(path)
  const proof = await phone.submit(door, 'form[action="/sign-in"]', { identifier: ada.email })
  const form = await phone.submit(proof, 'form[action="/sign-in/proof"]', { proof: ada.orders[0] })
  expect(form.url).toBe(path)
  expect(form.text).toContain('VAULT-01')
  const made = await phone.submit(form, 'main form')
  expect(made.status).toBe(200)
  expect(made.text).toMatch(/License file for VAULT-01.*It is good until/)
  const file = await phone.follow(made, 'Download the file')
  const { data, included, meta } = await read(file.html)
  expect(data.product).toBe('advanced-security')
  expect(included.computer).toMatchObject({ name: 'VAULT-01', fingerprint: 'air-gapped-1' })
  expect(meta).toMatchObject({ expiry: '2026-09-20T09:30:00.000Z', graceUntil: '2026-10-04T09:30:00.000Z' })
  const qr = await phone.follow(made, 'Show as QR code')
  expect(qr.dom.querySelector('svg[role=img] path')?.getAttribute('d')?.length).toBeGreaterThan(1000)
  const [event] = await portal.db.rows(
    `select actor_kind, actor_name from events where action = 'computer.activated' order by n desc limit 1`,
  )
  expect(event).toEqual({ actor_kind: 'customer', actor_name: ada.name })
  // The same request again is the same activation.
  const again = await phone.submit(form, 'main form')
  expect(again.url).toBe(made.url)
})

test('R312: a pasted request may ask for a locked file; what is no request, or no key of one’s own, is told at the field', async () => {
  const empty = await browser.open('/license-files/new')
  const locked = { ...asked, product: 'advanced-security', fingerprint: 'vault-2', hostname: 'VAULT-02', locked: true }
  const made = await browser.submit(empty, 'main form', { request: JSON.stringify(locked) })
  expect(made.status).toBe(200)
  const file = await browser.follow(made, 'Download the file')
  expect((await read(file.html, { key: ada.activationKey, fingerprint: 'vault-2' })).included.computer.name).toBe(
    'VAULT-02',
  )
  await expect(read(file.html, { key: ada.activationKey })).rejects.toThrow()
  for (const [request, words] of [
    ['', 'Paste the request'],
    ['hello', 'This is no request'],
    [JSON.stringify({ ...asked, hostname: undefined }), 'lacks "hostname"'],
    [JSON.stringify({ ...asked, activationKey: fabrikam.keys.staging.code }), 'None of your activation keys'],
    [JSON.stringify({ ...asked, product: 'live-patching' }), 'holds no license for the product'],
    [JSON.stringify({ ...asked, hostname: 'x'.repeat(3000) }), 'Shorten the host name'],
  ] as const) {
    const refused = await browser.submit(empty, 'main form', { request })
    expect([
      refused.status >= 400 && refused.status < 500,
      refused.dom.querySelector('#request-error')?.text ?? '',
    ]).toEqual([true, expect.stringContaining(words)])
    expect(refused.dom.querySelector('#request')?.text.trim()).toBe(request)
  }
})

test('R303 R312: where no place is free the computers in use are listed, and one of them is released for it', async () => {
  const empty = await browser.open('/license-files/new')
  const request = JSON.stringify({ ...asked, product: 'remote-access', fingerprint: 'vault-3', hostname: 'VAULT-03' })
  const full = await browser.submit(empty, 'main form', { request })
  expect(full.status).toBe(409)
  const [choice] = full.dom.querySelectorAll('input[name=replace]')
  expect(full.text).toContain(ada.computers[0])
  const made = await browser.submit(full, 'main form', { replace: choice?.getAttribute('value') ?? '' })
  expect(made.text).toContain('License file for VAULT-03')
  const [license] = await portal.db.rows(`select computer_name from licenses where id = '${ada.licenses.frontDesk}'`)
  expect(license?.computer_name).toBe('VAULT-03')
})

test('T1: files of others are not there, and whoever may only look activates nothing', async () => {
  const seller = portal.browser()
  await signIn(seller, northwind.login, 'portico-demo')
  for (const path of [
    `/licenses/${ada.licenses.frontDesk}/license.lic`,
    '/license-files/act_00-ada-lab-02-advanced-security',
  ]) {
    expect((await seller.request('GET', path)).status).toBe(404)
  }
  const reader = portal.browser()
  await signIn(reader, 'read-servers@fabrikam.example', 'portico-demo')
  expect((await reader.request('GET', '/license-files/new')).status).toBe(403)
})
