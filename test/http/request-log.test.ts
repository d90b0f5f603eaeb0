import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { acme, ada, demoPassword, northwind } from '#dev/world/people.ts'
import { scryptPasswords } from '#src/gateways/passwords.ts'
import { makeSecrets } from '#src/gateways/secrets.ts'
import { doorsOf, everythingIn, identify, prove } from '../support/doors.ts'
import { type Browser, openPortal, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

/** The log as it is printed: one line of JSON for each entry. */
const lines = () => portal.deps.logs.map((entry) => JSON.stringify(entry))
const requests = () => portal.deps.logs.filter(({ message }) => message === 'request')

describe('the log', () => {
  test('has one line for each request, with its route, status and id, and whose account it was', async () => {
    await signInAsAda(browser)
    const answer = await browser.request('GET', `/licenses/${ada.licenses.lab}`)
    expect(requests().at(-1)).toEqual({
      level: 'info',
      message: 'request',
      requestId: answer.headers.get('x-request-id'),
      method: 'GET',
      route: '/licenses/:id',
      status: 200,
      ms: expect.any(Number),
      account: ada.accountId,
      error: undefined,
    })
    expect(requests()).toHaveLength(6)
  })

  test('has one line too for what is refused and for what is not there', async () => {
    for (const path of ['/nowhere', '/orders', '/links/none', '/healthz']) await browser.request('GET', path)
    await portal.app.request('https://evil.example/')
    expect(requests().map(({ status }) => status)).toEqual([404, 303, 400, 200, 421])
  })

  test('says of a fault what it was; the reader gets its number and nothing more', async () => {
    const broken = {
      batch: async () =>
        Promise.reject(Object.assign(new Error('no such column: marker_column'), { code: 'SQLITE_ERROR' })),
    }
    const faulty = await openPortal({ db: broken })
    const token = await faulty.deps.secrets.sign('session', { id: 'ses_1', subject: 'acc_1' }, faulty.deps.now(), 60)
    const one = faulty.browser()
    one.cookies.set('__Host-portico', token)
    const answer = await one.request('GET', '/orders')
    const page = await answer.text()
    expect(answer.status).toBe(500)
    expect(page).toContain('Something went wrong')
    expect(page).toContain(answer.headers.get('x-request-id') ?? 'its number')
    expect(page).not.toMatch(/marker_column|SQLITE|at .*\.ts/)
    expect(faulty.deps.logs.at(-1)).toMatchObject({
      level: 'error',
      status: 500,
      error: expect.stringContaining('marker_column'),
    })
    const call = await faulty.call('GET', '/api/v1/licenses', { key: acme.apiKey })
    expect(await call.text()).not.toMatch(/marker_column|SQLITE/)
  })
})

describe('line breaks and other controls', () => {
  const nasty = 'x\r\n{"level":"error","message":"forged"}\u2028\u0000\u001b[31m\r\nSet-Cookie: a=b'
  const encoded = encodeURIComponent(nasty)

  test('in any field, path or header make no second line and no header (I5)', async () => {
    await signInAsAda(browser)
    const before = lines().length
    let asked = 0
    for (const { method, sample, path } of doorsOf(portal)) {
      if (sample === '/sign-out') continue
      const target = path.includes(':') ? path.replace(/:\w+/, encoded) : sample
      const names = [
        'identifier',
        'proof',
        'comment',
        'version',
        'request',
        'next',
        'q',
        'sort',
        'cursor',
        'action',
        'subject',
        'from',
        'product',
      ]
      const fields = new URLSearchParams(names.map((name) => [name, nasty]))
      const headers = {
        'user-agent': encoded,
        'hx-current-url': encoded,
        'idempotency-key': encoded,
        'x-request-id': encoded,
        'save-data': encoded,
        'if-match': encoded,
      }
      const api = sample.startsWith('/api/')
      const answer = api
        ? await portal.call(method, `${target}?${fields}`, {
            key: acme.apiKey,
            headers,
            ...(method === 'PATCH' ? { body: { comment: nasty } } : {}),
          })
        : await browser.request(
            method,
            method === 'GET' ? `${target}?${fields}` : target,
            method === 'GET' ? undefined : fields,
            headers,
          )
      asked++
      expect([sample, answer.status < 500]).toEqual([sample, true])
      expect(answer.headers.getSetCookie().filter((line) => line.startsWith('a=b'))).toEqual([])
    }
    await portal.deps.settled()
    expect(lines()).toHaveLength(before + asked)
    for (const line of lines()) expect(line).not.toMatch(/[\r\n]/)
    expect(lines().join('')).not.toContain('forged')
  })
})

describe('secrets', () => {
  const marker = {
    cookieKey: 'marker-cookie-key-0123456789abcd',
    handedOutKey: 'marker-handed-out-key-0123456789',
    pepper: 'marker-pepper-0123456789',
    webhookSecret: 'marker-webhook-secret-0123456789',
    password: demoPassword,
    wrongPassword: 'marker-wrong-password',
    order: ada.orders[0],
    wrongOrder: 'JWT990101-9999-99999',
    apiKey: northwind.apiKey,
    wrongApiKey: 'ptk_marker_of_nobody_0123456789',
    search: 'marker-search-text',
    wrongLink: 'lnk_marker.0123456789',
    wrongCookie: 'marker-cookie-of-an-attacker',
    comment: 'marker comment text',
  }

  test('of keys, passwords, links and searches are in no log line; those of ours in no table, page or letter (I6)', async () => {
    const bytes = (text: string) => new TextEncoder().encode(text)
    portal = await openPortal({
      secrets: makeSecrets([{ id: 'one', secret: bytes(marker.cookieKey) }], bytes(marker.handedOutKey)),
      passwords: scryptPasswords(marker.pepper, 2),
      webhookSecrets: { fastspring: [marker.webhookSecret] },
    })
    browser = portal.browser()
    const pages: string[] = []
    const keep = async (answer: Promise<Response>) => pages.push(await (await answer).text())
    const wrong = portal.browser()
    for (const [identifier, proof] of [
      [ada.email, marker.wrongOrder],
      [northwind.login, marker.wrongPassword],
    ] as const) {
      await identify(wrong, identifier)
      await keep(prove(wrong, proof))
    }
    await identify(wrong, ada.email)
    await keep(wrong.request('POST', '/sign-in/links', ''))
    await portal.deps.settled()
    const letters = JSON.stringify(portal.deps.letters)
    const token = /\/links\/([\w.-]+)/.exec(letters)?.[1] ?? ''
    await keep(wrong.request('GET', `/links/${token}`))
    await keep(wrong.request('POST', `/links/${token}`))
    await keep(wrong.request('GET', `/links/${marker.wrongLink}`))
    await signIn(portal.browser(), northwind.login, marker.password)
    await signIn(browser, ada.email, marker.order)
    const cookies = [...browser.cookies.values(), ...wrong.cookies.values()]
    await keep(browser.request('GET', `/?q=${marker.search}`))
    await keep(browser.request('GET', `/licenses.csv?q=${marker.search}`))
    const version = (await portal.db.rows('select version from licenses where id = ?', ada.licenses.lab))[0]?.version
    await keep(
      browser.request('POST', `/licenses/${ada.licenses.lab}/comment`, `comment=${marker.comment}&version=${version}`),
    )
    await keep(browser.request('GET', '/orders', undefined, { cookie: `__Host-portico=${marker.wrongCookie}` }))
    for (const key of [marker.apiKey, marker.wrongApiKey]) {
      await keep(portal.call('GET', `/api/v1/licenses?q=${marker.search}`, { key }))
    }
    const body = '{"events":[]}'
    const signature = createHmac('sha256', marker.webhookSecret).update(body).digest('base64')
    for (const sent of [signature, 'marker-signature']) {
      await keep(portal.call('POST', '/webhooks/fastspring', { body, headers: { 'x-fs-signature': sent } }))
    }
    await portal.deps.settled()

    const log = lines().join('\n')
    expect(requests().length).toBeGreaterThan(20)
    for (const secret of [
      ...Object.values(marker),
      token,
      signature,
      ...cookies.filter((value) => value.length > 20),
    ]) {
      expect([secret, log.includes(secret)]).toEqual([secret, false])
    }
    expect(log).not.toMatch(/@example\.com|Byron/i)

    const kept = await everythingIn(portal.db)
    const ours = [marker.cookieKey, marker.handedOutKey, marker.pepper, marker.webhookSecret]
    const typed = [
      marker.password,
      marker.wrongPassword,
      marker.wrongOrder,
      marker.apiKey,
      marker.wrongApiKey,
      marker.search,
    ]
    for (const secret of [
      ...ours,
      ...typed,
      marker.wrongLink,
      marker.wrongCookie,
      token,
      ...cookies.filter((value) => value.length > 20),
    ]) {
      expect([secret, kept.includes(secret)]).toEqual([secret, false])
    }
    const shown = pages.join('') + JSON.stringify(portal.deps.letters)
    for (const secret of [
      ...ours,
      marker.password,
      marker.wrongPassword,
      marker.wrongOrder,
      marker.wrongApiKey,
      ...cookies.filter((value) => value.length > 20),
    ]) {
      expect([secret, shown.includes(secret)]).toEqual([secret, false])
    }
  })
})
