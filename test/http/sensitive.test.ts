import { Hono } from 'hono'
import { beforeEach, describe, expect, test } from 'vitest'
import { demoPassword, northwind } from '#dev/world/people.ts'
import { codeAt, totpSecretOf } from '#src/gateways/totp.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpEnv } from '#src/http/context.ts'
import { guardOf } from '#src/http/guards.ts'
import { health } from '#src/http/health.ts'
import { sensitively } from '#src/http/sensitive.ts'
import { pagesDoor } from '#src/pages-door.ts'
import { shellAround } from '#src/shell.ts'
import { pageProblem } from '#src/web/problems.tsx'
import { signInPages } from '#src/web/sign-in.tsx'
import { Browser, openPortal, type Portal, signIn } from '../support/portal.ts'

const minute = 60_000
let portal: Portal
let browser: Browser
let done: string[]

/** A page with one act that could lock its owner out, behind the pages' own door. */
const acts = new Hono<HttpEnv>().post('/acts', sensitively('anything'), async (c) => {
  const { actor } = await ask(c, () => [])
  done.push(`${actor.name}: ${await c.req.text()}`)
  return c.html('<main>Done.</main>')
})

beforeEach(async () => {
  portal = await openPortal()
  done = []
  const app = shellAround([health, pagesDoor([signInPages, acts])], () => portal.deps, pageProblem)
  browser = new Browser(app, {})
  await signIn(browser, northwind.login, demoPassword).catch(() => {})
})

const act = (body = 'name=Nightly+%26+more&tag=a&tag=b&password=typed') => browser.request('POST', '/acts', body)
async function asked() {
  const answer = await act()
  expect(answer.status).toBe(403)
  const html = await answer.text()
  const { parse } = await import('node-html-parser')
  return { status: 403, url: '/acts', headers: answer.headers, html, dom: parse(html), text: parse(html).text }
}
const form = 'form[action="/acts"]'
const switchOn = () =>
  portal.db.client.execute({ sql: "update logins set totp_seed = 'seed' where id = ?", args: [northwind.loginId] })
const codeNow = async () => {
  const step = Math.floor(portal.deps.now().getTime() / 30_000)
  return codeAt(await totpSecretOf(portal.deps.secrets, northwind.loginId, 'seed'), step)
}

describe('an act that could lock its owner out', () => {
  test('is told by its guard, and done without a question within a quarter of an hour of sign-in', async () => {
    expect(guardOf(sensitively('anything'))).toEqual({ lets: 'anything', sensitive: true })
    portal.deps.clock.forward(15 * minute)
    expect((await act()).status).toBe(200)
    expect(done).toHaveLength(1)
  })

  test('asks later for the password, keeps what was typed but no password, and then goes on, and asks no more', async () => {
    portal.deps.clock.forward(16 * minute)
    const page = await asked()
    expect(done).toEqual([])
    expect(page.html).not.toContain('typed"')
    const after = await browser.submit(page, form, { again: demoPassword })
    expect(after.status).toBe(200)
    expect(done[0]).toContain('name=Nightly+%26+more&tag=a&tag=b&again=')
    expect((await act()).status).toBe(200)
    expect(done).toHaveLength(2)
    portal.deps.clock.forward(16 * minute)
    await asked()
  })

  test('is not done with a wrong password, which keeps the form; after five it looks at none (A3)', async () => {
    portal.deps.clock.forward(16 * minute)
    let page = await asked()
    for (let i = 0; i < 5; i++) {
      page = await browser.submit(page, form, { again: `wrong ${i}` })
      expect([page.status, page.dom.querySelector('#again-error')?.text]).toEqual([
        403,
        'Error: This is not your password. Type it again',
      ])
      expect(page.dom.querySelector('input[name=name]')?.getAttribute('value')).toBe('Nightly & more')
    }
    page = await browser.submit(page, form, { again: demoPassword })
    expect(page.text).toContain('too many tries. Wait 14 minutes')
    expect(done).toEqual([])
  })

  test('says how long to wait once the tries of the day are used up', async () => {
    portal.deps.clock.at = new Date('2026-08-22T00:00:00Z')
    browser = new Browser(
      shellAround([health, pagesDoor([signInPages, acts])], () => portal.deps, pageProblem),
      {},
    )
    await signIn(browser, northwind.login, demoPassword).catch(() => {})
    for (let quarter = 0; quarter < 4; quarter++) {
      portal.deps.clock.forward(16 * minute)
      for (let i = 0; i < 5; i++) await browser.request('POST', '/acts', 'again=wrong')
    }
    portal.deps.clock.forward(16 * minute)
    const page = await browser.submit(await asked(), form, { again: demoPassword })
    expect(page.text).toContain('too many tries. Wait 23 hours')
  })

  test('takes a code of the app where two-factor is on: of many who send one at once, one passes (A12)', async () => {
    await switchOn()
    portal.deps.clock.forward(16 * minute)
    const page = await asked()
    expect(page.text).toContain('Password, or a code of your app')
    const code = await codeNow()
    const sent = await Promise.all(Array.from({ length: 5 }, () => browser.request('POST', '/acts', `again=${code}`)))
    expect(sent.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(done).toHaveLength(1)
    portal.deps.clock.forward(16 * minute)
    expect((await browser.request('POST', '/acts', `again=${code}`)).status).toBe(403)
  })

  test('cannot be proved by a login without password and code: it is told how to get one', async () => {
    await portal.db.client.execute('update logins set password_hash = null')
    portal.deps.clock.forward(16 * minute)
    expect((await asked()).text).toContain('Have a link mailed to you')
    expect((await browser.request('POST', '/acts', 'again=')).status).toBe(403)
    expect(done).toEqual([])
  })
})
