import { beforeEach, expect, test } from 'vitest'
import { demoPassword, fabrikam } from '#dev/world/people.ts'
import { type Browser, openPortal, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

test('the guide has a chapter on one’s account: settings, e-mail, two-factor, logins and roles, API keys (R248 R254 R261 R274)', async () => {
  await signIn(browser, fabrikam.logins.full.email, demoPassword)
  const { dom } = await browser.open('/documentation')
  expect(dom.querySelector('nav[aria-label="On this page"] a[href="#account"]')?.text).toBe('Your account')
  const chapter = dom.querySelector('#account')
  expect(chapter?.querySelectorAll('h3').map((one) => one.text)).toEqual([
    ...['Settings', 'E-mail and password', 'Two-factor', 'Logins and roles', 'API keys'],
  ])
  expect(chapter?.querySelectorAll('a').map((one) => one.getAttribute('href'))).toEqual([
    ...['/settings', '/settings/roles'],
  ])
})

test('whoever signed in with an order number is led to no settings of a login they do not have', async () => {
  await signInAsAda(browser)
  const { dom } = await browser.open('/documentation')
  expect(dom.querySelectorAll('#account a').map((one) => one.getAttribute('href'))).toEqual(['/settings/roles'])
})
