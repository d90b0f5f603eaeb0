import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'node-html-parser'
import { beforeAll, describe, expect, test } from 'vitest'
import { acme, ada, demoPassword, northwind } from '#dev/world/people.ts'
import { cookieNames } from '#src/http/cookies.ts'
import { doorsOf, identify } from '../support/doors.ts'
import { type Browser, openPortal, type Portal, signIn, signInAsAda } from '../support/portal.ts'
import { appWith } from '../support/two-factor.ts'

/** An answer and how it came about. */
type Answered = { what: string; answer: Response; body: string }

let portal: Portal
let answers: Answered[]

const settingsOfDevelopment = {
  origin: 'https://portal.acme.example',
  vendorName: 'Acme Software',
  supportEmail: 'support@acme.example',
  orderPrefix: 'JWT',
  development: true,
}

/** Every route, asked by a stranger, by Ada, by the vendor, by a script, in whole and in part; and what goes wrong. */
beforeAll(async () => {
  portal = await openPortal({ settings: settingsOfDevelopment })
  const browsers: [string, Browser][] = [
    ['a stranger', portal.browser()],
    ['Ada', portal.browser()],
    ['the vendor', portal.browser()],
  ]
  await signInAsAda(browsers[1]?.[1] as Browser)
  await signIn(browsers[2]?.[1] as Browser, acme.login, demoPassword)
  await portal.deps.settled()
  answers = []
  const keep = async (what: string, answer: Response) => answers.push({ what, answer, body: await answer.text() })
  for (const { method, sample } of doorsOf(portal)) {
    const api = sample.startsWith('/api/')
    if (api) await keep(`${method} ${sample} by a script`, await portal.call(method, sample, { key: acme.apiKey }))
    for (const [who, browser] of browsers) {
      if (sample === '/sign-out') await identify(browser, ada.email)
      const body = method === 'POST' && !api ? 'comment=x&version=1&identifier=&proof=x' : undefined
      await keep(`${method} ${sample} by ${who}`, await browser.request(method, sample, body))
      if (method === 'GET' && !api) {
        const part = { 'hx-request': 'true', 'hx-request-type': 'partial' }
        await keep(`${method} ${sample} in part by ${who}`, await browser.request(method, sample, undefined, part))
      }
    }
    if (sample === '/sign-out') {
      await signInAsAda(browsers[1]?.[1] as Browser)
      await signIn(browsers[2]?.[1] as Browser, acme.login, demoPassword)
    }
  }
  const stranger = portal.browser()
  await identify(stranger, ada.email)
  await keep('the second step', await stranger.request('GET', '/sign-in/proof'))
  await keep('a wrong proof', await stranger.request('POST', '/sign-in/proof', 'proof=wrong'))
  await keep('a right proof', await stranger.request('POST', '/sign-in/proof', `proof=${ada.orders[0]}&remember=on`))
  await keep('a search', await stranger.request('GET', '/?q=<script>alert(1)</script>"onload=x'))
  await keep('a bad filter', await stranger.request('GET', '/?sort=<b>'))
  await keep('a bad cursor', await stranger.request('GET', '/?cursor=nonsense'))
  await keep('nothing there', await stranger.request('GET', '/nowhere'))
  await keep('another method', await stranger.request('PUT', '/'))
  await keep('HEAD', await stranger.request('HEAD', '/'))
  await keep('OPTIONS', await stranger.request('OPTIONS', '/'))
  await keep(
    'from elsewhere',
    await stranger.request('POST', '/sign-in', 'identifier=x', { origin: 'https://evil.example' }),
  )
  await keep('too much', await stranger.request('POST', '/sign-in', 'x'.repeat(70_000)))
  await keep('another host', await portal.app.request('https://evil.example/'))
  await keep('a script without a key', await portal.call('GET', '/api/v1/licenses'))
  const license = await portal.call('GET', `/api/v1/licenses/${ada.licenses.lab}`, { key: acme.apiKey })
  const held = { 'if-none-match': license.headers.get('etag') ?? '' }
  await walkCookies(keep)
  await keep(
    '304',
    await portal.call('GET', `/api/v1/licenses/${ada.licenses.lab}`, { key: acme.apiKey, headers: held }),
  )
})

/** What sets the cookies that a walk of the routes alone does not come by: of two-factor, and of a made password. */
async function walkCookies(keep: (what: string, answer: Response) => Promise<unknown>) {
  const partner = portal.browser()
  await signIn(partner, northwind.login, demoPassword)
  const seller = { login: 'adatum', email: 'sales@adatum.example', products: 'remote-access' }
  const filled = await partner.submit(await partner.open('/resellers/new'), 'form[action="/resellers"]', {
    ...seller,
    random: 'yes',
  })
  const made = (name: string) => filled.dom.querySelector(`[name="${name}"]`)?.getAttribute('value') ?? ''
  const sent = new URLSearchParams({ ...seller, password: made('password'), request: made('request') })
  await keep('a made password', await partner.request('POST', '/resellers', sent))
  const { dom } = await partner.open('/settings/two-factor')
  const setup = dom.querySelector('form[action="/settings/two-factor"]')
  const typed = new URLSearchParams({ code: appWith(setup?.querySelector('code')?.text ?? '', portal).code() })
  for (const hidden of setup?.querySelectorAll('input[type=hidden]') ?? [])
    typed.set(hidden.getAttribute('name') ?? '', hidden.getAttribute('value') ?? '')
  await keep('two-factor on', await partner.request('POST', '/settings/two-factor', typed))
  const fresh = portal.browser()
  await identify(fresh, northwind.login)
  await keep('a password before a code', await fresh.request('POST', '/sign-in/proof', `proof=${demoPassword}`))
}

const each = (wrong: (one: Answered) => unknown) => answers.filter((one) => wrong(one)).map(({ what }) => what)
const pages = () => answers.filter(({ answer }) => answer.headers.get('content-type')?.startsWith('text/html'))
const whole = ({ answer }: Answered) => answer.status !== 304

test('the walk is a long one: every route, several readers, all kinds of answers', () => {
  expect(answers.length).toBeGreaterThan(120)
  const statuses = new Set(answers.map(({ answer }) => answer.status))
  for (const status of [200, 303, 304, 400, 401, 403, 404, 405, 413, 421, 422]) expect(statuses).toContain(status)
  expect(each(({ answer }) => answer.status >= 500)).toEqual([])
})

describe('headers of every answer of every route', () => {
  test('the content policy, exactly: no inline script, the one style block by its hash (B4)', () => {
    const policy = answers[0]?.answer.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-[A-Za-z0-9+/]{43}='; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(each((one) => whole(one) && one.answer.headers.get('content-security-policy') !== policy)).toEqual([])
  })

  test.each([
    ['strict-transport-security', 'max-age=31536000; includeSubDomains', 'B5'],
    ['referrer-policy', 'same-origin', 'B2'],
    ['x-content-type-options', 'nosniff', 'B5'],
    ['x-frame-options', 'DENY', 'B5'],
    ['cross-origin-opener-policy', 'same-origin', 'B5'],
    ['cross-origin-resource-policy', 'same-origin', 'B5'],
  ])('%s: %s (%s)', (name, value) => {
    expect(each((one) => whole(one) && one.answer.headers.get(name) !== value)).toEqual([])
  })

  test('nothing is stored: pages, parts, exports, redirects, refusals, 304; public documents aside (B6)', () => {
    const cached = each(({ answer }) => answer.headers.get('cache-control') !== 'no-store')
    expect(cached.filter((what) => !/openapi\.json|jwks\.json/.test(what))).toEqual([])
  })

  test('Vary says that parts and whole pages differ (B6)', () => {
    expect(
      each((one) => whole(one) && !/HX-Request, HX-Request-Type/.test(one.answer.headers.get('vary') ?? '')),
    ).toEqual([])
  })

  test('a request id of our own, another each time', async () => {
    const ids = answers.map(({ answer }) => answer.headers.get('x-request-id') ?? '')
    expect(ids.filter((id) => !/^req_\w{22}$/.test(id))).toEqual([])
    expect(new Set(ids).size).toBe(answers.length)
    const chosen = await portal.browser().request('GET', '/sign-in', undefined, { 'x-request-id': 'req_mine' })
    expect(chosen.headers.get('x-request-id')).not.toBe('req_mine')
  })

  test('nothing tells what it is built with, and nobody else is let read it', () => {
    for (const name of ['server', 'x-powered-by', 'access-control-allow-origin']) {
      expect(each(({ answer }) => answer.headers.has(name))).toEqual([])
    }
  })

  test('every cookie is __Host-, Secure, HttpOnly, SameSite=Lax, of the whole host (A9)', () => {
    const lines = answers.flatMap(({ answer }) => answer.headers.getSetCookie())
    const names = new Set(lines.map((line) => line.split('=')[0]))
    expect(names).toEqual(new Set(Object.values(cookieNames)))
    const fine = /^__Host-portico[a-z-]*=[\w.%-]*(; Max-Age=\d+)?; Path=\/; HttpOnly; Secure; SameSite=Lax$/
    expect(lines.filter((line) => !fine.test(line))).toEqual([])
    expect(lines.filter((line) => line.length > 4000)).toEqual([])
  })
})

describe('markup of every page', () => {
  test('the style block is the one of the policy, and stands at most once in a page (B4)', () => {
    const found = new Set<string>()
    for (const { what, body, answer } of pages()) {
      const blocks = [...body.matchAll(/<style>([^<]*)<\/style>/g)].map(([, text]) => text ?? '')
      expect([what, blocks.length <= 1]).toEqual([what, true])
      for (const block of blocks) {
        found.add(block)
        const hash = createHash('sha256').update(block).digest('base64')
        expect(answer.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`)
      }
    }
    expect(found.size).toBe(1)
  })

  test('no inline script, no style attribute, no event handler, no address of another scheme (B3 B4)', () => {
    expect(pages().length).toBeGreaterThan(40)
    for (const { what, body } of pages()) {
      const wrong: string[] = []
      for (const element of parse(body).querySelectorAll('*')) {
        const tag = element.tagName.toLowerCase()
        for (const [name, value] of Object.entries(element.attributes)) {
          const address = ['href', 'src', 'action', 'formaction'].includes(name)
          if (/^on|^style$|^srcdoc$|^hx-on/.test(name)) wrong.push(`${tag} ${name}`)
          if (/^hx-/.test(name) && /javascript:|js:/.test(value)) wrong.push(`${tag} ${name}=${value}`)
          if (address && !/^(\/(?!\/)|#|\?|mailto:|https:\/\/portal\.acme\.example(?:\/|$)|data:,$)/.test(value)) {
            wrong.push(`${tag} ${name}=${value}`)
          }
        }
        if (tag === 'script' && (element.text !== '' || !element.getAttribute('src')?.startsWith('/'))) wrong.push(tag)
        if (['iframe', 'object', 'embed', 'base'].includes(tag)) wrong.push(tag)
      }
      expect([what, wrong]).toEqual([what, []])
    }
  })

  test('what was typed comes back as text (B3)', () => {
    const search = answers.find(({ what }) => what === 'a search')?.body ?? ''
    expect(search).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;onload=x')
    expect(search).not.toContain('<script>alert')
  })

  test('no file of the views holds a style attribute or a handler', () => {
    const files = readdirSync('views', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
    const letters = /^letters\//
    const wrong = files.filter(
      (name) => !letters.test(name) && /\sstyle=|\son[a-z]+=[{"]|hx-on/.test(readFileSync(join('views', name), 'utf8')),
    )
    expect(wrong).toEqual([])
  })
})

test('a page of one account holds no word of another, whatever was asked (T1)', () => {
  for (const { what, body } of answers.filter(({ what }) => / by (Ada|a stranger)$/.test(what))) {
    if (/dev\/mail/.test(what)) continue
    expect([what, body.includes(northwind.person), body.includes('Grace Murray')]).toEqual([what, false, false])
  }
})
