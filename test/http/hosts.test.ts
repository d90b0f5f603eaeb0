import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acme, ada } from '#dev/world/people.ts'
import { doorsOf, everythingIn } from '../support/doors.ts'
import { type Browser, openPortal, type Portal, signInAsAda } from '../support/portal.ts'

const own = 'https://portal.acme.example'
let portal: Portal
let browser: Browser
beforeAll(async () => {
  portal = await openPortal()
})
beforeEach(async () => {
  browser = portal.browser()
  await signInAsAda(browser)
  await portal.deps.settled()
})

const cookies = () => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
const posts = () => doorsOf(portal).filter(({ method }) => method === 'POST')

const send = (
  path: string,
  headers: Record<string, string>,
  body = 'comment=mine+now&version=1&identifier=x&proof=x',
) => portal.app.request(own + path, { method: 'POST', body, headers })

describe('a form of another site', () => {
  const origins: [string, Record<string, string>][] = [
    ['https://evil.example', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a hidden origin', { origin: 'null' }],
    ['a site beside ours', { origin: 'https://shop.acme.example', 'sec-fetch-site': 'same-site' }],
    ['our name without encryption', { origin: 'http://portal.acme.example' }],
  ]
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json',
    '',
  ]

  test('is refused by every route that takes one, whatever its origin and content type; nothing changes (B1)', async () => {
    expect(posts().length).toBeGreaterThanOrEqual(7)
    const before = await everythingIn(portal.db)
    const through: string[] = []
    for (const { sample } of posts()) {
      for (const [name, origin] of origins) {
        for (const type of types) {
          const answer = await send(sample, { cookie: cookies(), ...origin, ...(type ? { 'content-type': type } : {}) })
          if (answer.status < 400 || answer.status > 499) through.push(`${sample} ${name} ${type} ${answer.status}`)
          expect(answer.headers.getSetCookie()).toEqual([])
        }
      }
    }
    expect(through).toEqual([])
    expect(await everythingIn(portal.db)).toBe(before)
    expect((await browser.request('GET', '/')).status).toBe(200)
  })

  test('is refused before the database is asked, and says so in words', async () => {
    portal.db.forget()
    const path = `/licenses/${ada.licenses.lab}/comment`
    const answer = await send(path, {
      cookie: cookies(),
      origin: 'https://evil.example',
      'content-type': types[0] ?? '',
    })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('This form did not come from the portal, so nothing was done')
    expect(portal.db.trips).toEqual([])
  })

  test.each([
    ['another port', { origin: `${own}:8443` }],
    ['our name as a prefix', { origin: `${own}.evil.example` }],
    ['our name as user', { origin: 'https://portal.acme.example@evil.example' }],
    ['our name in capitals and a blank', { origin: ' HTTPS://PORTAL.ACME.EXAMPLE.' }],
    ['this machine', { origin: 'http://localhost:8787' }],
    ['nothing but a referer', { referer: `${own}/orders` }],
    ['our origin, but a browser that says cross-site', { origin: own, 'sec-fetch-site': 'cross-site' }],
    ['a nonsense sec-fetch-site', { origin: own, 'sec-fetch-site': 'same-origin, cross-site' }],
    ['neither origin nor sec-fetch-site, but a cookie', {}],
  ])('%s is refused (B1)', async (_, headers) => {
    const path = `/licenses/${ada.licenses.lab}/comment`
    const answer = await send(path, { cookie: cookies(), 'content-type': types[0] ?? '', ...(headers as object) })
    expect(answer.status).toBe(403)
  })

  test('changes nothing by PUT, PATCH or DELETE either', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const answer = await portal.app.request(`${own}/licenses/${ada.licenses.lab}`, {
        method,
        headers: { cookie: cookies(), origin: 'https://evil.example' },
      })
      expect([403, 405]).toContain(answer.status)
    }
  })
})

describe('our own form', () => {
  test.each([
    ['origin', { origin: own }],
    ['sec-fetch-site alone', { 'sec-fetch-site': 'same-origin' }],
    ['both', { origin: own, 'sec-fetch-site': 'same-origin' }],
  ])('passes by %s', async (_, headers) => {
    const answer = await send(
      '/sign-out',
      { cookie: cookies(), 'content-type': 'application/x-www-form-urlencoded', ...(headers as object) },
      '',
    )
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in'])
  })

  test('curl without a cookie takes the first step of sign-in', async () => {
    const answer = await send(
      '/sign-in',
      { 'content-type': 'application/x-www-form-urlencoded' },
      `identifier=${ada.email}`,
    )
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in/proof'])
  })

  test('opening a page changes nothing, from wherever it was opened (B1)', async () => {
    const gets = doorsOf(portal).filter(({ method, sample }) => method === 'GET' && !sample.startsWith('/api/'))
    const before = await everythingIn(portal.db)
    for (const { sample } of gets) {
      const answer = await browser.request('GET', sample, undefined, {
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      })
      expect([sample, answer.status < 500]).toEqual([sample, true])
      await answer.text()
    }
    await portal.deps.settled()
    expect(await everythingIn(portal.db)).toBe(before)
  })
})

describe('another host', () => {
  const hosts = [
    'https://evil.example',
    'https://portal.acme.example:8443',
    'https://portal.acme.example.evil.example',
    'http://localhost:8787',
    'https://127.0.0.1',
    'https://www.portal.acme.example',
  ]

  test('is answered 421 by every route, and the database is not asked (A16)', async () => {
    portal.db.forget()
    for (const { method, sample } of doorsOf(portal)) {
      for (const host of hosts) {
        const answer = await portal.app.request(host + sample, {
          method,
          headers: {
            cookie: cookies(),
            origin: host,
            authorization: `Bearer ${acme.apiKey}`,
            'content-type': 'application/json',
          },
          ...(method === 'POST' || method === 'PATCH' ? { body: '{}' } : {}),
        })
        expect([method, host + sample, answer.status]).toEqual([method, host + sample, 421])
        expect(answer.headers.get('location')).toBeNull()
        expect(await answer.text()).not.toContain('evil')
      }
    }
    expect(portal.db.trips).toEqual([])
  })

  test('named in a forwarding header counts for nothing, on any route (A16)', async () => {
    const forwarded = {
      'x-forwarded-host': 'evil.example',
      'x-host': 'evil.example',
      forwarded: 'host=evil.example',
      'x-original-url': '/evil',
    }
    for (const { method, sample } of doorsOf(portal)) {
      if (sample === '/sign-out') continue
      const api = sample.startsWith('/api/')
      const answer = api
        ? await portal.call(method, sample, { key: acme.apiKey, headers: forwarded })
        : await browser.request(method, sample, undefined, forwarded)
      expect(JSON.stringify([...answer.headers])).not.toContain('evil')
      expect([sample, (await answer.text()).includes('evil')]).toEqual([sample, false])
    }
  })

  test('localhost is ours in development alone, and so is its mailbox', async () => {
    expect((await browser.request('GET', '/dev/mail')).status).toBe(404)
    const settings = { ...portal.deps.settings, development: true }
    const development = await openPortal({ settings })
    for (const host of ['http://localhost:8787', 'http://127.0.0.1:9000']) {
      expect((await development.app.request(`${host}/sign-in`)).status).toBe(200)
    }
    expect((await development.app.request('http://evil.example/sign-in')).status).toBe(421)
  })
})
