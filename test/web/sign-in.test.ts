import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ada, contoso, demoPassword, demoSignIns, fabrikam, grace, lucerne, northwind } from '#dev/world/people.ts'
import { everythingIn, identify, prove } from '../support/doors.ts'
import { type Browser, openPortal, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
const freshPortal = () =>
  beforeEach(async () => {
    portal = await openPortal()
    browser = portal.browser()
  })

/** One portal for all tests of a group, a new browser and a day later for each. */
function sharedPortal() {
  let shared: Portal
  beforeAll(async () => {
    shared = await openPortal()
  })
  beforeEach(() => {
    shared.deps.clock.forward(86_400_000)
    shared.db.forget()
    portal = shared
    browser = portal.browser()
  })
}

const identifyForm = 'form[action="/sign-in"]'
const proveForm = 'form[action="/sign-in/proof"]'
const session = '__Host-portico'

/** An answer without what differs from one to the next: its request's id and the values of cookies. */
async function bare(answer: Response) {
  const headers = [...answer.headers].filter(([name]) => !/^(x-request-id|date|set-cookie)$/.test(name))
  const cookies = answer.headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '='))
  return { status: answer.status, headers, cookies, body: (await answer.text()).replace(/req_\w+/g, '') }
}

describe('the first step', () => {
  sharedPortal()

  test('is a public page "License portal", "Manage your licenses", linked to from anywhere (R1 R2 R20)', async () => {
    const page = await browser.open('/')
    expect([page.status, page.url]).toEqual([200, '/sign-in'])
    expect(page.dom.querySelector('h1')?.text).toBe('License portal')
    expect(page.dom.querySelector('h1 + p')?.text).toBe('Manage your licenses')
    expect(page.dom.querySelector('title')?.text).toBe('License portal · Acme Software')
    expect(portal.db.trips).toEqual([])
  })

  test('asks for one thing, the e-mail address or login, with a hint; the second field is not there yet (R3 R4 R5)', async () => {
    const page = await browser.open('/sign-in')
    const fields = page.dom.querySelectorAll(`${identifyForm} input`)
    expect(fields.map((field) => field.getAttribute('name'))).toEqual(['identifier'])
    expect(page.dom.querySelector('label[for=identifier]')?.text).toBe('E-mail address / login')
    expect(fields[0]?.getAttribute('aria-describedby')).toBe('identifier-hint')
    expect(page.dom.querySelector('#identifier-hint')?.text).toMatch(/e-mail of your purchase order, or your login/)
    expect(page.html).not.toMatch(/order number"|type="password"/i)
  })

  test.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['10,000 characters', 'a'.repeat(10_000)],
  ])('refuses %s with the same form, an error summary and what to do; no database is asked', async (_, identifier) => {
    portal.db.forget()
    const page = await browser.submit(await browser.open('/sign-in'), identifyForm, { identifier })
    expect(page.status).toBe(422)
    expect(page.dom.querySelector('title')?.text).toMatch(/^Error: /)
    expect(page.dom.querySelector('#error-summary h2')?.text).toBe('There is a problem')
    expect(page.dom.querySelector('#error-summary a')?.getAttribute('href')).toBe('#identifier')
    expect(page.dom.querySelector('#identifier')?.getAttribute('aria-invalid')).toBe('true')
    expect(page.html.length).toBeLessThan(40_000)
    expect(portal.db.trips).toEqual([])
  })

  test('says nothing of whom it knows: 40 answers each to known, unknown, disabled and suspended are one (R5 A1)', async () => {
    await portal.db.client.execute({
      sql: 'update logins set disabled_at = 1 where id = ?',
      args: [fabrikam.logins.servers.loginId],
    })
    const kinds: [string, (i: number) => string][] = [
      ['known', () => ada.email],
      ['known by login', () => northwind.email],
      ['unknown', (i) => `nobody${i}@example.com`],
      ['disabled', () => fabrikam.logins.servers.email],
      ['suspended', () => lucerne.email],
    ]
    const seen = new Set<string>()
    portal.db.forget()
    for (const [, identifier] of kinds) {
      for (let i = 0; i < 40; i++) {
        const visitor = portal.browser()
        seen.add(JSON.stringify(await bare(await identify(visitor, identifier(i)))))
      }
    }
    expect(seen.size).toBe(1)
    expect(portal.db.trips).toEqual([])
  })
})

describe('the second step', () => {
  freshPortal()

  test('asks an e-mail for "Order number or password" with the shop\'s prefix as a hint, and remembers by default (R5 R6 R8 R9)', async () => {
    const page = await browser.submit(await browser.open('/sign-in'), identifyForm, { identifier: ada.email })
    expect([page.status, page.url]).toEqual([200, '/sign-in/proof'])
    expect(page.dom.querySelector('label[for=proof]')?.text).toBe('Order number or password')
    expect(page.dom.querySelector('#proof-hint')?.text).toContain('JWT')
    expect(page.dom.querySelector('#remember')?.hasAttribute('checked')).toBe(true)
    const button = page.dom.querySelector(`${proveForm} button`)
    expect([button?.text, button?.classNames]).toEqual(['Login', 'main'])
    expect(page.text).toContain(`Signing in as ${ada.email}`)
  })

  test('asks a login for its password (R10 R161)', async () => {
    const page = await browser.submit(await browser.open('/sign-in'), identifyForm, { identifier: northwind.login })
    expect(page.dom.querySelector('label[for=proof]')?.text).toBe('Password')
    expect(page.dom.querySelector('#proof-hint')).toBeNull()
  })

  test('fails alike for known, unknown, disabled and suspended, in page, headers and hashes (A1 A2)', async () => {
    await portal.db.client.execute({
      sql: 'update logins set disabled_at = 1 where id = ?',
      args: [fabrikam.logins.servers.loginId],
    })
    const seen = new Set<string>()
    const tries: [string, string][] = [
      ['ada@example.com', 'JWT190724-1001-99999'],
      ['nobody@example.com', 'JWT190724-1001-99999'],
      ['nobody@example.com', ada.orders[0]],
      [ada.email, grace.orders[0]],
      [northwind.email, 'wrong'],
      [fabrikam.logins.servers.email, demoPassword],
      [lucerne.email, 'wrong'],
    ]
    for (const [identifier, proof] of tries) {
      const visitor = portal.browser()
      await identify(visitor, identifier)
      const answer = await bare(await prove(visitor, proof))
      seen.add(JSON.stringify({ ...answer, body: answer.body.replaceAll(identifier, '…') }))
      expect(visitor.cookies.has(session)).toBe(false)
    }
    expect(seen.size).toBe(1)
    expect([...seen][0]).toContain('"status":422')
  })

  test('without the first is a step back to it (A11)', async () => {
    expect((await browser.open('/sign-in/proof')).url).toBe('/sign-in')
    const answer = await prove(browser, ada.orders[0])
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('Start again')
    expect(browser.cookies.has(session)).toBe(false)
  })

  test('takes 10,000 characters and emoji for a wrong proof, nothing worse', async () => {
    for (const proof of ['9'.repeat(10_000), '🔑'.repeat(200), '\u0000', '%', "' or 1=1 --", 'مفتاح', '']) {
      const visitor = portal.browser({ 'cf-connecting-ip': `192.0.2.${proof.length % 250}` })
      await identify(visitor, `someone-${proof.length}@example.com`)
      const answer = await prove(visitor, proof)
      expect(answer.status).toBe(422)
      expect(await answer.text()).not.toContain(`value="${proof || '…'}"`)
    }
    expect((await identify(browser, '🦊@例え.テスト')).status).toBe(303)
    expect((await browser.open('/sign-in/proof')).text).toContain('🦊@例え.テスト')
  })
})

describe('what signs in', () => {
  sharedPortal()

  test.each([
    ['as printed', ada.orders[0]],
    ['with a blank after the prefix', 'JWT 190724-1001-10001'],
    ['without dashes', 'JWT190724100110001'],
    ['in lower case', 'jwt190724-1001-10001'],
    ['with blanks around and between', '  jwt 190724 - 1001 - 10001 '],
    ['with long dashes of a word processor', 'JWT190724–1001—10001'],
    ['any other of the same customer', ada.orders[1]],
  ])(
    'an order number %s signs in its customer, who sees their own and nothing else (R5 R6 R7 R11)',
    async (_, proof) => {
      const page = await signIn(browser, ada.email, proof)
      expect(page.url).toBe('/')
      expect(page.text).toContain(ada.activationKey)
      for (const other of [contoso, grace]) {
        expect(page.html).not.toContain(other.activationKey)
        expect(page.html).not.toContain(other.orders[0])
      }
      const orders = await browser.open('/orders')
      const references = [...orders.html.matchAll(/JWT\d{6}-\d{4}-\d{5}/g)].map(([reference]) => reference)
      expect(new Set(references)).toEqual(new Set(ada.orders))
    },
  )

  test.each([
    ['a number that does not exist', 'JWT190724-1001-10009'],
    ["another customer's number", grace.orders[0]],
    ['a part of the number', 'JWT190724-1001-1000'],
    ['the number and more', 'JWT190724-1001-100011'],
    ['nothing', ''],
    ['punctuation alone', '- - -'],
    ['the activation key', ada.activationKey],
    ['the password of the demo, which Ada has not', demoPassword],
  ])('%s is refused: same form, error summary, nothing of the proof in it (R5 R7)', async (_, proof) => {
    const first = await browser.submit(await browser.open('/sign-in'), identifyForm, { identifier: ada.email })
    const page = await browser.submit(first, proveForm, { proof })
    expect(page.status).toBe(422)
    expect(page.dom.querySelector('#error-summary a')?.getAttribute('href')).toBe('#proof')
    expect(page.dom.querySelector('#proof')?.getAttribute('value') ?? '').toBe('')
    expect(browser.cookies.has(session)).toBe(false)
    const again = await browser.submit(page, proveForm, { proof: ada.orders[0] })
    expect(again.url).toBe('/')
  })

  test.each(demoSignIns)('$who signs in as the demo says (R10 R88 R89)', async ({ identifier, proof }) => {
    expect((await signIn(browser, identifier, proof)).status).toBe(200)
  })

  test.each(['northwind', 'NORTHWIND', ' Northwind ', northwind.email, 'Partner@NorthWind.Example'])(
    'the login "%s" with its password (R10 R88)',
    async (identifier) => {
      const page = await signIn(browser, identifier, demoPassword)
      expect(page.text).toContain(northwind.person)
    },
  )

  test('a password is compared as it is typed: no blank, no case is forgiven', async () => {
    for (const proof of ['portico-demo ', 'Portico-demo', 'porticodemo']) {
      await identify(browser, northwind.login)
      expect((await prove(browser, proof)).status).toBe(422)
    }
  })

  test.each([
    'аda@example.com',
    'ada@example.com.',
    'ada@exämple.com',
    'ADA@EXAMPLE.COM\u0130',
    'a\u0000da@example.com',
    'ada+x@example.com',
    'ada@example.com@example.org',
  ])('the look-alike %j is not Ada (I4)', async (identifier) => {
    await identify(browser, identifier)
    expect((await prove(browser, ada.orders[0])).status).toBe(422)
  })

  test('no look-alike of a letter k or s reaches a login (I4)', async () => {
    for (const identifier of [
      'fabri\u212Aam',
      'admin@fabri\u212Aam.example.',
      '\u017Ftaff@acme.example',
      'northw\u0130nd',
    ]) {
      await identify(browser, identifier)
      expect((await prove(browser, demoPassword)).status).toBe(422)
    }
  })
})

describe('the step between', () => {
  freshPortal()

  const stepCookie = '__Host-portico-step'

  test('is spent by its first use, right or wrong (A11)', async () => {
    await identify(browser, ada.email)
    const step = browser.cookies.get(stepCookie) as string
    expect((await prove(browser, 'wrong')).status).toBe(422)
    browser.cookies.set(stepCookie, step)
    const replayed = await prove(browser, ada.orders[0])
    expect(replayed.status).toBe(400)
    expect(browser.cookies.has(session)).toBe(false)
  })

  test('is spent by success, and worth nothing afterwards (A10 A11)', async () => {
    await identify(browser, ada.email)
    const step = browser.cookies.get(stepCookie) as string
    expect((await prove(browser, ada.orders[0])).status).toBe(303)
    expect(browser.cookies.has(stepCookie)).toBe(false)
    const other = portal.browser()
    other.cookies.set(stepCookie, step)
    expect((await prove(other, ada.orders[0])).status).toBe(400)
    other.cookies.set(session, step)
    expect((await other.request('GET', '/')).status).toBe(303)
  })

  test('50 posts of one step at once open at most one session (A11)', async () => {
    await identify(browser, ada.email)
    const step = browser.cookies.get(stepCookie) as string
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => {
        const one = portal.browser()
        one.cookies.set(stepCookie, step)
        return prove(one, ada.orders[0])
      }),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(49)
    expect(await portal.db.rows('select id from sessions')).toHaveLength(1)
  })

  test('ends after five minutes (A11)', async () => {
    await identify(browser, ada.email)
    portal.deps.clock.forward(5 * 60_000 + 6000)
    expect((await prove(browser, ada.orders[0])).status).toBe(400)
    await identify(browser, ada.email)
    portal.deps.clock.forward(4 * 60_000)
    expect((await prove(browser, ada.orders[0])).status).toBe(303)
  })

  test('belongs to one identifier: what the form says of another counts for nothing (A11)', async () => {
    await identify(browser, grace.email)
    const answer = await prove(browser, ada.orders[0], { username: ada.email, identifier: ada.email })
    expect(answer.status).toBe(422)
  })

  test('is of no use changed by one letter', async () => {
    await identify(browser, ada.email)
    const step = browser.cookies.get(stepCookie) as string
    const [head, payload, mac] = step.split('.') as [string, string, string]
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: grace.email })).toString('base64url')
    browser.cookies.set(stepCookie, [head, forged, mac].join('.'))
    expect((await prove(browser, grace.orders[0])).status).toBe(400)
  })
})

describe('where it leads', () => {
  sharedPortal()

  test('to the page that was asked for, with its query (bad input: expired cookie)', async () => {
    for (const path of [
      '/orders',
      `/licenses/${ada.licenses.lab}`,
      '/?q=FRONT*&sort=bought',
      '/?q=l%27%C3%A9t%C3%A9',
      '/?tab=support',
    ]) {
      const visitor = portal.browser()
      const asked = await visitor.open(path)
      expect(asked.url).toMatch(/^\/sign-in\?next=/)
      const second = await visitor.submit(asked, identifyForm, { identifier: ada.email })
      const page = await visitor.submit(second, proveForm, { proof: ada.orders[0] })
      expect([page.status, page.url]).toEqual([200, path])
    }
  })

  test('a wrong try between does not lose the way', async () => {
    const second = await browser.submit(await browser.open('/orders'), identifyForm, { identifier: ada.email })
    const wrong = await browser.submit(second, proveForm, { proof: 'wrong' })
    expect((await browser.submit(wrong, proveForm, { proof: ada.orders[0] })).url).toBe('/orders')
  })

  const elsewhere = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/%0d%0aLocation:https://evil.example',
    'https:evil.example',
    '///evil.example',
    'http:\\\\evil.example',
    '@evil.example',
    '/sign-out',
    '/sign-in?next=/sign-in',
    '/links/abc',
    `/${'a'.repeat(600)}`,
  ]
  test.each(elsewhere)('never to %j (A17)', async (next) => {
    const page = await browser.open(`/sign-in?next=${encodeURIComponent(next)}`)
    await identify(browser, ada.email, next)
    const answer = await prove(browser, ada.orders[0])
    const target = new URL(answer.headers.get('location') as string, 'https://portal.acme.example')
    expect(target.origin).toBe('https://portal.acme.example')
    expect(target.pathname).not.toMatch(/^\/(sign-|links)/)
    expect(page.html).not.toContain('https://evil')
  })

  test('no other parameter of any page leads elsewhere (A17)', async () => {
    await signInAsAda(browser)
    for (const path of ['/sign-in', '/', '/orders', '/events', '/documentation']) {
      for (const name of ['next', 'redirect', 'return_to', 'url', 'continue']) {
        for (const target of elsewhere.slice(0, 5)) {
          const answer = await browser.request('GET', `${path}?${new URLSearchParams({ [name]: target })}`)
          expect(answer.headers.get('location') ?? '').not.toContain('evil')
          expect(answer.status).toBeLessThan(500)
        }
      }
    }
  })
})

describe('a new device', () => {
  freshPortal()

  const letters = async () => {
    await portal.deps.settled()
    return portal.deps.letters.filter(({ subject }) => subject === 'New sign-in to your license portal')
  }

  test('is announced by letter, once; a known one is not (Decision 11)', async () => {
    await signInAsAda(browser)
    expect(await letters()).toHaveLength(1)
    expect((await letters())[0]).toMatchObject({ to: ada.email })
    await signInAsAda(browser)
    expect(await letters()).toHaveLength(1)
    await signInAsAda(portal.browser())
    expect(await letters()).toHaveLength(2)
  })

  test('stays known for most of a year, however long no session stood', async () => {
    await signInAsAda(browser)
    portal.deps.clock.forward(300 * 86_400_000)
    await signInAsAda(browser)
    expect(await letters()).toHaveLength(1)
  })

  test('is known for one person, not for the next who uses the browser', async () => {
    await signInAsAda(browser)
    await signIn(browser, grace.email, grace.orders[0])
    expect((await letters()).map(({ to }) => to)).toEqual([ada.email, grace.email])
  })

  test('is not known by a forged token', async () => {
    await signInAsAda(browser)
    const device = browser.cookies.get('__Host-portico-device') as string
    const thief = portal.browser()
    thief.cookies.set('__Host-portico-device', `${device.slice(0, -3)}abc`)
    await signInAsAda(thief)
    expect(await letters()).toHaveLength(2)
  })
})

test('nothing that signs in stands in the database in clear', async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
  await signIn(portal.browser(), northwind.login, demoPassword)
  await portal.deps.settled()
  const all = await everythingIn(portal.db)
  expect(all).not.toContain(demoPassword)
  for (const value of browser.cookies.values()) expect(all).not.toContain(value)
})
