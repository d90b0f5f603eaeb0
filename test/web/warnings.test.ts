import { beforeEach, expect, test } from 'vitest'
import { northwind } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, 'northwind', 'portico-demo')
})

const marked = (page: Page) =>
  page.dom.querySelectorAll('[name="lead"][checked]').map((one) => one.getAttribute('value'))
/** Submits the form with these marked, and no others. */
const choose = async (page: Page, leads: readonly string[]) => {
  const form = page.dom.querySelector('main form')
  for (const box of form?.querySelectorAll('[name="lead"]') ?? []) {
    box.removeAttribute('checked')
    if (leads.includes(box.getAttribute('value') ?? '')) box.setAttribute('checked', '')
  }
  return browser.submit(page, 'main form')
}

test('R307: lead times are chosen in the settings, and the trail says in words what they were', async () => {
  const page = await browser.follow(await browser.open('/settings'), 'Warnings')
  expect(page.text).toContain(northwind.email)
  expect(marked(page)).toEqual(['30', '7', '0', '-14'])
  const saved = await choose(page, ['60', '14', '1', '-7'])
  expect(saved.text).toContain('Saved.')
  expect(marked(saved)).toEqual(['60', '14', '1', '-7'])
  expect((await browser.open('/events')).text).toMatch(
    /Warnings changed.*30 days before, 7 days before, on the last day, 14 days after.*60 days before, 14 days before, 1 day before, 7 days after/s,
  )
  expect(marked(await choose(saved, []))).toEqual([])
})

test('of two tabs the second is told, and what it marked stays (R307)', async () => {
  const [one, other] = [await browser.open('/settings/warnings'), await browser.open('/settings/warnings')]
  await choose(one, ['90'])
  const late = await choose(other, ['3'])
  expect([late.status, marked(late)]).toEqual([412, ['3']])
  expect(late.dom.querySelector('#leads-error')?.text).toBe('Error: It says “90 days before” now')
  expect(marked(await browser.submit(late, 'main form'))).toEqual(['3'])
})

test('a lead time that is not offered comes back with how to mend it', async () => {
  const page = await browser.open('/settings/warnings')
  page.dom.querySelector('[name="lead"][checked]')?.setAttribute('value', '31')
  const answer = await browser.submit(page, 'main form')
  expect([answer.status, answer.dom.querySelector('[role="alert"] a')?.getAttribute('href')]).toEqual([422, '#leads'])
})

test('the same over JSON: read, changed by version, refused where it makes no sense (R307)', async () => {
  const key = northwind.apiKey
  const read = await portal.call('GET', '/api/v1/warnings', { key })
  const etag = read.headers.get('etag') ?? ''
  expect(await read.json()).toMatchObject({ email: northwind.email, leads: [30, 7, 0, -14] })
  const held = await portal.call('GET', '/api/v1/warnings', { key, headers: { 'if-none-match': etag } })
  expect(held.status).toBe(304)
  const patch = (body: unknown, headers: Record<string, string> = { 'if-match': etag }) =>
    portal.call('PATCH', '/api/v1/warnings', { key, body, headers })
  expect((await patch({ leads: [1, 60, 1] }, {})).status).toBe(428)
  expect((await patch({ leads: [1, 60, 1] })).status).toBe(200)
  expect((await patch({ leads: [3] })).status).toBe(412)
  const wrong = await patch({ leads: [4] })
  expect([wrong.status, (await wrong.json()).errors[0].pointer]).toEqual([422, '/leads'])
  expect(await (await portal.call('GET', '/api/v1/warnings', { key })).json()).toMatchObject({ leads: [60, 1] })
})
