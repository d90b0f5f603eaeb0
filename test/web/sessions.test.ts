import { beforeEach, describe, expect, test } from 'vitest'
import {
  ada,
  contoso,
  demoPassword,
  fabrikam,
  lucerne,
  northwind,
  proseware,
  southridge,
  tailspin,
  wingtip,
} from '#dev/world/people.ts'
import { makeSecrets } from '#src/gateways/secrets.ts'
import { identify, prove } from '../support/doors.ts'
import { type Browser, openPortal, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const session = '__Host-portico'
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const cookieLine = (answer: Response, name: string): string =>
  answer.headers.getSetCookie().find((line) => line.startsWith(`${name}=`)) ?? ''

async function isIn(one: Browser): Promise<boolean> {
  const answer = await one.request('GET', '/')
  if (answer.status === 303) expect(answer.headers.get('location')).toMatch(/^\/sign-in/)
  return answer.status === 200
}

/** A browser that holds one cookie and nothing else. */
function holding(cookie: string, name = session): Browser {
  const one = portal.browser()
  one.cookies.set(name, cookie)
  return one
}

describe('a session', () => {
  test('that is remembered has a cookie of 30 days, another ends with the browser (R8 A9)', async () => {
    await identify(browser, ada.email)
    const remembered = cookieLine(await prove(browser, ada.orders[0], { remember: 'on' }), session)
    expect(remembered).toMatch(/; Max-Age=2592000;/)
    await identify(browser, ada.email)
    const short = cookieLine(await prove(browser, ada.orders[0]), session)
    expect(short).not.toMatch(/max-age|expires/i)
    for (const line of [remembered, short]) expect(line).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })

  test.each<[string, Record<string, string>, number[], number]>([
    ['12 hours after it began, used or not', {}, [11 * hour, 50 * minute], 11 * minute],
    ['14 days after it was used last, where it is remembered', { remember: 'on' }, [13 * day], 14 * day + minute],
    [
      '30 days after it began, where it is remembered',
      { remember: 'on' },
      [10 * day, 10 * day, 10 * day - minute],
      2 * minute,
    ],
  ])('ends %s (A9)', async (_, more, uses, over) => {
    await identify(browser, ada.email)
    await prove(browser, ada.orders[0], more)
    for (const use of uses) {
      portal.deps.clock.forward(use)
      expect(await isIn(browser)).toBe(true)
      await portal.deps.settled()
    }
    portal.deps.clock.forward(over)
    const kept = browser.cookies.get(session) as string
    expect(await isIn(browser)).toBe(false)
    expect(browser.cookies.has(session)).toBe(false)
    expect(await isIn(holding(kept))).toBe(false)
  })

  test('has an id of its own each time, and the one it replaces ends (A10)', async () => {
    await signInAsAda(browser)
    const first = browser.cookies.get(session) as string
    await signInAsAda(browser)
    expect(browser.cookies.get(session)).not.toBe(first)
    expect(await isIn(holding(first))).toBe(false)
    expect(await isIn(browser)).toBe(true)
  })

  test('does not end when somebody else signs in elsewhere', async () => {
    await signInAsAda(browser)
    await signInAsAda(portal.browser())
    await signIn(portal.browser(), northwind.login, demoPassword)
    expect(await isIn(browser)).toBe(true)
  })

  test('is not made by a cookie that was there before sign-in (A10)', async () => {
    const planted = holding('planted-by-an-attacker')
    await signInAsAda(planted)
    expect(planted.cookies.get(session)).not.toBe('planted-by-an-attacker')
    expect(await isIn(holding('planted-by-an-attacker'))).toBe(false)
  })
})

describe('signing out', () => {
  test('is an entry of the menu and ends the session at once: the old cookie leads to sign-in (R12 A7)', async () => {
    const home = await signInAsAda(browser)
    const kept = browser.cookies.get(session) as string
    const page = await browser.submit(home, 'form[action="/sign-out"]')
    expect(page.url).toBe('/sign-in')
    expect(page.text).toContain('You are signed out.')
    expect(browser.cookies.has(session)).toBe(false)
    expect(await isIn(holding(kept))).toBe(false)
    expect((await holding(kept).request('POST', '/sign-out')).status).toBe(303)
  })

  test('clears what the browser has cached, and leaves a line in the audit trail (B6)', async () => {
    await signInAsAda(browser)
    const answer = await browser.request('POST', '/sign-out')
    expect(answer.headers.get('clear-site-data')).toBe('"cache"')
    expect(cookieLine(answer, session)).toMatch(/^__Host-portico=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    const [event] = await portal.db.rows("select actor_name from events where action = 'session.ended'")
    expect(event).toEqual({ actor_name: ada.name })
  })

  test('ends every spelling of the cookie: a signature whose last bits are not read has four (A6)', async () => {
    await signInAsAda(browser)
    const cookie = browser.cookies.get(session) as string
    const mac = Buffer.from(cookie.split('.')[2] as string, 'base64url')
    const spellings = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      .map((letter) => cookie.slice(0, -1) + letter)
      .filter((one) => Buffer.from(one.split('.')[2] as string, 'base64url').equals(mac))
    expect(spellings).toHaveLength(4)
    await browser.request('POST', '/sign-out')
    for (const one of spellings) expect(await isIn(holding(one))).toBe(false)
  })

  test('leaves the sessions of other browsers alone', async () => {
    const other = portal.browser()
    await signInAsAda(browser)
    await signInAsAda(other)
    await browser.request('POST', '/sign-out')
    expect(await isIn(other)).toBe(true)
  })

  test('is no link: nothing happens on GET', async () => {
    await signInAsAda(browser)
    expect((await browser.request('GET', '/sign-out')).status).toBe(405)
    expect(await isIn(browser)).toBe(true)
  })
})

describe('somebody whose rights were taken', () => {
  test('a disabled login is out at the next request, and does not come in again (A7)', async () => {
    await signIn(browser, fabrikam.logins.servers.email, demoPassword)
    await portal.db.client.execute({
      sql: 'update logins set disabled_at = ? where id = ?',
      args: [portal.deps.now().getTime(), fabrikam.logins.servers.loginId],
    })
    expect(await isIn(browser)).toBe(false)
    await identify(browser, fabrikam.logins.servers.email)
    expect((await prove(browser, demoPassword)).status).toBe(422)
  })

  test('a suspended partner takes everyone below along, at the next request, and nobody beside (A7)', async () => {
    const sellers = [northwind, tailspin, wingtip, proseware, southridge]
    const signedIn = await Promise.all(
      sellers.map(async ({ login }) => {
        const one = portal.browser()
        await signIn(one, login, demoPassword)
        return one
      }),
    )
    await portal.db.client.execute({
      sql: 'update accounts set suspended_at = 1 where id = ?',
      args: [northwind.accountId],
    })
    const answers = await Promise.all(signedIn.map((one) => one.request('GET', '/')))
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 200])
    for (const answer of answers.slice(0, 4)) {
      const page = await answer.text()
      expect(page).toContain('Account suspended')
      expect(page).not.toContain('Northwind')
    }
    expect((await portal.call('GET', '/api/v1/licenses', { key: northwind.apiKey })).status).toBe(403)
  })

  test('a reseller who is suspended already signs in and reads why, nothing else (A7)', async () => {
    await identify(browser, lucerne.email)
    expect((await prove(browser, demoPassword)).status).toBe(303)
    const kept = browser.cookies.get(session) as string
    for (const path of ['/', '/licenses', '/orders', '/events', '/licenses.csv', '/documentation']) {
      const answer = await holding(kept).request('GET', path)
      expect([path, answer.status]).toEqual([path, 403])
      expect(await answer.text()).toContain('Account suspended')
    }
  })

  test.each(['expires_at', 'idle_until', 'ended_at'])(
    'a session whose %s was set to now in the database is over, whatever its cookie says (A7)',
    async (column) => {
      await signInAsAda(browser)
      await portal.db.client.execute({
        sql: `update sessions set ${column} = ?`,
        args: [portal.deps.now().getTime()],
      })
      expect(await isIn(browser)).toBe(false)
    },
  )

  test('a changed role counts from the next request on (A7)', async () => {
    await signIn(browser, fabrikam.logins.billing.email, demoPassword)
    expect((await browser.request('GET', '/orders')).status).toBe(200)
    await portal.db.client.execute({
      sql: "update logins set role = 'servers' where id = ?",
      args: [fabrikam.logins.billing.loginId],
    })
    expect((await browser.request('GET', '/orders')).status).toBe(403)
  })
})

describe('htmx after the session has ended', () => {
  test.each(['/', '/licenses?q=a', '/orders', '/events', `/licenses/${ada.licenses.lab}/comment`])(
    '%s answers 401 and where to go, never a page to swap in (B7)',
    async (path) => {
      const answer = await browser.request('GET', path, undefined, {
        'hx-request': 'true',
        'hx-request-type': 'partial',
        'hx-current-url': `https://portal.acme.example/orders?q=x`,
      })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('hx-redirect')).toBe('/sign-in?next=%2Forders%3Fq%3Dx')
      expect(await answer.text()).toBe('')
    },
  )

  test('a form sent too late goes the same way, and changes nothing (B7)', async () => {
    await signInAsAda(browser)
    portal.deps.clock.forward(15 * day)
    const answer = await browser.request(
      'POST',
      `/licenses/${ada.licenses.lab}/comment`,
      new URLSearchParams({ comment: 'late', version: '1' }),
      { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-current-url': 'https://evil.example/licenses' },
    )
    expect([answer.status, answer.headers.get('hx-redirect')]).toEqual([401, '/sign-in?next=%2Flicenses'])
    expect(await portal.db.rows("select id from licenses where comment = 'late'")).toEqual([])
  })
})

describe('keys of the cookies', () => {
  const handedOut = new Uint8Array(32).fill(8)
  const old = { id: 'old', secret: new Uint8Array(32).fill(1) }
  const fresh = { id: 'fresh', secret: new Uint8Array(32).fill(2) }

  test('two are accepted, the first signs, and a cookie of a dropped one is refused (A8)', async () => {
    const keys = { current: makeSecrets([old], handedOut) }
    const secrets = {
      sign: (...args: Parameters<typeof keys.current.sign>) => keys.current.sign(...args),
      open: (...args: Parameters<typeof keys.current.open>) => keys.current.open(...args),
      tokenFor: (kind: string, id: string) => keys.current.tokenFor(kind, id),
    }
    portal = await openPortal({ secrets })
    const before = portal.browser()
    await signIn(before, contoso.email, contoso.orders[0])
    const between = portal.browser()
    await identify(between, ada.email)
    keys.current = makeSecrets([fresh, old], handedOut)
    expect(await isIn(before)).toBe(true)
    expect((await prove(between, ada.orders[0])).status).toBe(303)
    const [header = ''] = (between.cookies.get(session) ?? '').split('.')
    expect(JSON.parse(Buffer.from(header, 'base64url').toString()).kid).toBe('fresh')
    keys.current = makeSecrets([fresh], handedOut)
    expect(await isIn(before)).toBe(false)
    expect(await isIn(between)).toBe(true)
  })
})
