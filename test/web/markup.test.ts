import { HtmlValidate, type RuleConfig } from 'html-validate'
import { beforeAll, describe, expect, test } from 'vitest'
import { ada, contoso, lucerne } from '#dev/world/people.ts'
import { crawlAs, readers } from '../support/crawl.ts'
import { openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

/** Matters of style that no browser and no reader can tell: how the standard and Hono's JSX write them. */
const rules = {
  'doctype-style': 'off', // `<!doctype html>`
  'void-style': 'off', // `<br/>`
  'attribute-boolean-style': 'off', // `defer=""`
  'attribute-empty-style': 'off', // `hidden=""`
  'form-dup-name': ['error', { shared: ['checkbox', 'radio', 'submit', 'button', 'reset'] }], // boxes of one list
} satisfies RuleConfig

const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules, elements: ['html5'] })

async function faults(name: string, html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) => messages.map((one) => `${name}: ${one.ruleId}: ${one.message}`))
}

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

/** Of readers who see the same pages, one. */
const few = readers.filter(({ who }) => /Ada|Northwind|read-billing|vendor|nothing/.test(who))

describe.each(few)('$who', (reader) => {
  test('gets nothing but valid HTML', async () => {
    const pages: [string, string][] = []
    await crawlAs(portal, reader, (page, path) => {
      if (page.headers.get('content-type')?.includes('html')) pages.push([path, page.html])
    })
    const wrong = await Promise.all(pages.map(([path, html]) => faults(path, html)))
    expect(wrong.flat()).toEqual([])
  })
})

const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
const boosted = { 'hx-request': 'true', 'hx-request-type': 'full' }

test('fragments are valid HTML, and so is what a fetched page holds', async () => {
  const browser = portal.browser()
  await signIn(browser, contoso.email, contoso.orders[0])
  const wrong: string[] = []
  const comment = '/licenses/lic_00-contoso-001/comment'
  for (const path of ['/', '/?q=par', '/?q=nothing', '/orders', '/events', comment, `${comment}?as=read`]) {
    const { html } = await browser.open(path, partial)
    wrong.push(...(await faults(path, html)))
  }
  for (const path of ['/', '/orders', '/nowhere', '/?sort=price']) {
    wrong.push(...(await faults(path, (await browser.open(path, boosted)).html)))
  }
  expect(wrong).toEqual([])
})

test('pages of errors and refusals are valid HTML', async () => {
  const browser = portal.browser()
  const pages: Page[] = []
  const first = await browser.open('/sign-in')
  pages.push(first, await browser.submit(first, 'form', { identifier: '' }))
  const second = await browser.submit(first, 'form', { identifier: 'somebody@example.com' })
  pages.push(second, await browser.submit(second, 'form', { proof: 'wrong' }))
  const suspended = await browser.submit(await browser.open('/sign-in'), 'form', { identifier: lucerne.login })
  pages.push(suspended, await browser.submit(suspended, 'form', { proof: 'portico-demo' }))
  await signInAsAda(browser)
  for (const path of ['/nowhere', '/?sort=price', '/?cursor=x', '/licenses/lic_nothing', '/links/nothing.here']) {
    pages.push(await browser.open(path))
  }
  const form = await browser.open(`/licenses/${ada.licenses.spare}/comment`)
  pages.push(await browser.submit(form, 'form.form', { comment: 'x'.repeat(501) }))
  pages.push(await browser.submit(form, 'form.form', { comment: 'first' }))
  pages.push(await browser.submit(form, 'form.form', { comment: 'second', request: null }))
  pages.push(await browser.open('/events?to=2001-01-01'))
  expect(pages.filter((page) => page.status >= 400)).toHaveLength(10)
  const wrong = await Promise.all(pages.map((page) => faults(page.url, page.html)))
  expect(wrong.flat()).toEqual([])
})
