import { beforeEach, describe, expect, test } from 'vitest'
import { ada, demoPassword, fabrikam, grace, northwind } from '#dev/world/people.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import { everythingIn, guess, identify } from '../support/doors.ts'
import { type Browser, openPortal, type Portal, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const session = '__Host-portico'
const minute = 60_000

const mailed = () => portal.deps.letters.filter(({ subject }) => subject === 'Your sign-in link')

/** Asks for a link as a person does, and answers its path out of the letter. */
async function linkFor(identifier: string, one: Browser = browser): Promise<string> {
  await identify(one, identifier)
  const page = await one.submit(await one.open('/sign-in/proof'), 'form[action="/sign-in/links"]')
  expect(page.text).toContain('If we know this e-mail or login, a sign-in link is on its way')
  await portal.deps.settled()
  return pathIn(mailed().at(-1)?.text ?? '')
}

function pathIn(text: string): string {
  const [, path = ''] = /https:\/\/portal\.acme\.example(\/links\/\S+)/.exec(text) ?? []
  return path
}

describe('a mailed sign-in link', () => {
  test('says what it will do, then does it, once (R333 A15)', async () => {
    const path = await linkFor(ada.email)
    expect(mailed()).toHaveLength(1)
    expect(mailed()[0]?.to).toBe(ada.email)
    const mailbox = portal.browser()
    const page = await mailbox.open(path)
    expect(page.status).toBe(200)
    expect(page.text).toContain(`This link signs you in as ${ada.name}, once.`)
    const home = await mailbox.submit(page, `form[action="${path}"]`)
    expect([home.status, home.url]).toEqual([200, '/'])
    expect(home.text).toContain(ada.activationKey)
    for (const method of ['GET', 'POST']) {
      const again = await portal.browser().request(method, path)
      expect([method, again.status]).toEqual([method, 400])
      expect(await again.text()).toContain('used already or is too old')
    }
  })

  test('changes nothing when it is only opened, however often: a mail scanner does no harm', async () => {
    const path = await linkFor(ada.email)
    const before = await everythingIn(portal.db)
    for (const method of ['GET', 'HEAD', 'GET']) expect((await portal.browser().request(method, path)).status).toBe(200)
    expect(await everythingIn(portal.db)).toBe(before)
    expect((await portal.browser().request('POST', path)).status).toBe(303)
  })

  test('ends after ten minutes (A15)', async () => {
    const path = await linkFor(ada.email)
    portal.deps.clock.forward(10 * minute)
    expect((await browser.request('GET', path)).status).toBe(400)
    expect((await browser.request('POST', path)).status).toBe(400)
    expect(browser.cookies.has(session)).toBe(false)
  })

  test('opens exactly one session for 20 who follow it at once (A15)', async () => {
    const path = await linkFor(ada.email)
    const answers = await Promise.all(Array.from({ length: 20 }, () => portal.browser().request('POST', path)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, ...Array(19).fill(400)])
    expect(await portal.db.rows('select id from sessions')).toHaveLength(1)
  })

  test('signs in a login with its role, and announces the new browser (Decision 11)', async () => {
    const path = await linkFor(fabrikam.logins.billing.email)
    const mailbox = portal.browser()
    const home = await mailbox.submit(await mailbox.open(path), `form[action="${path}"]`)
    expect(home.dom.querySelector('.bar')?.text).toContain(fabrikam.logins.billing.name)
    expect((await mailbox.request('GET', '/orders')).status).toBe(200)
    expect((await mailbox.request('GET', '/orders')).headers.get('cache-control')).toBe('no-store')
    await portal.deps.settled()
    const announced = portal.deps.letters.filter(({ subject }) => subject.startsWith('New sign-in'))
    expect(announced.map(({ to }) => to)).toEqual([fabrikam.logins.billing.email])
  })

  test('makes its browser known, and does not announce a known one', async () => {
    await signInAsAda(browser)
    const path = await linkFor(ada.email)
    expect((await browser.request('POST', path)).status).toBe(303)
    await portal.deps.settled()
    expect(portal.deps.letters.filter(({ subject }) => subject.startsWith('New sign-in'))).toHaveLength(1)
  })

  test('is mailed to the e-mail of a login that was typed by name', async () => {
    await linkFor(northwind.login)
    expect(mailed()[0]?.to).toBe(northwind.email)
  })

  test('of a login that was disabled meanwhile leads nowhere', async () => {
    const path = await linkFor(fabrikam.logins.servers.email)
    await portal.db.client.execute({
      sql: 'update logins set disabled_at = 1 where id = ?',
      args: [fabrikam.logins.servers.loginId],
    })
    await browser.request('POST', path)
    expect((await browser.request('GET', '/')).status).toBe(303)
  })

  test.each(['nonsense', 'lnk_1.AAAA', `${'a'.repeat(5000)}`, '%00', "' or 1=1 --", '..%2f..%2fsign-in'])(
    'that was never made, %.20s, opens nothing',
    async (token) => {
      for (const method of ['GET', 'POST']) {
        const answer = await browser.request(method, `/links/${token}`)
        expect([400, 404]).toContain(answer.status)
        expect(await answer.text()).not.toContain(ada.name)
      }
    },
  )

  test('guessed from another by a letter opens nothing', async () => {
    const path = await linkFor(ada.email)
    const wrong = path.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))
    expect((await browser.request('POST', wrong)).status).toBe(400)
    expect((await browser.request('POST', path)).status).toBe(303)
  })

  test('has a secret of 256 bits that is nowhere in the database, only its hash (A15, Decision 15)', async () => {
    const path = await linkFor(ada.email)
    const token = path.replace('/links/', '')
    const [, mac = ''] = token.split('.')
    expect(Buffer.from(mac, 'base64url')).toHaveLength(32)
    const all = await everythingIn(portal.db)
    expect(all).not.toContain(token)
    expect(all).not.toContain(mac)
    expect(all).toContain(await fingerprintOf(token))
    expect(JSON.stringify(portal.deps.logs)).not.toContain(mac)
  })
})

describe('asking for a link', () => {
  test('looks the same for known and unknown, and mails only the known (A1)', async () => {
    const bodies = new Set<string>()
    for (const identifier of [ada.email, 'nobody@example.com', northwind.login, 'nobody']) {
      const one = portal.browser()
      await identify(one, identifier)
      const answer = await one.request('POST', '/sign-in/links', '')
      bodies.add(JSON.stringify([answer.status, answer.headers.get('location'), await answer.text()]))
      await portal.deps.settled()
    }
    expect(bodies.size).toBe(1)
    expect(mailed().map(({ to }) => to)).toEqual([ada.email, northwind.email])
  })

  test('does not tell known from unknown by what it does before it answers', async () => {
    for (const identifier of [ada.email, 'nobody@example.com']) {
      const one = portal.browser()
      await identify(one, identifier)
      portal.db.forget()
      const answering = one.request('POST', '/sign-in/links', '')
      const before = portal.db.trips.length
      await answering
      expect(before).toBe(0)
      await portal.deps.settled()
    }
  })

  test('mails two to one identifier while one of them lives, and no more', async () => {
    for (let i = 0; i < 9; i++) await linkFor(grace.email, portal.browser({ 'cf-connecting-ip': `203.0.113.${i}` }))
    expect(mailed()).toHaveLength(2)
    portal.deps.clock.forward(10 * minute)
    await linkFor(grace.email)
    expect(mailed()).toHaveLength(3)
  })

  test('as often as a stranger likes leaves its owner a link that works, at any minute of an hour (A4)', async () => {
    for (let time = 0; time < 60; time++) {
      for (let i = 0; i < 3; i++) {
        const stranger = portal.browser({ 'cf-connecting-ip': `203.0.113.${time}` })
        await identify(stranger, ada.email)
        await stranger.request('POST', '/sign-in/links', '')
      }
      await portal.deps.settled()
      const path = pathIn(mailed().at(-1)?.text ?? '')
      expect([time, (await portal.browser().request('GET', path)).status]).toEqual([time, 200])
      portal.deps.clock.forward(minute)
    }
  })

  test('needs the first step: without it there is a step back', async () => {
    expect((await browser.request('POST', '/sign-in/links', '')).status).toBe(400)
    await portal.deps.settled()
    expect(mailed()).toEqual([])
  })

  test('is not held up by thousands of bad guesses: the victim signs in by link (A4)', async () => {
    for (let i = 0; i < 40; i++) await guess(portal, ada.email, `wrong-${i}`, `203.0.113.${i % 5}`)
    const windows = ['id:ada@example.com:quarter', 'id:ada@example.com:day', 'ip:127.0.0.1', 'all']
    const at = portal.deps.now().getTime()
    for (const [i, subject] of windows.entries()) {
      const length = [15 * minute, 1440 * minute, 15 * minute, 60 * minute][i] as number
      await portal.db.client.execute({
        sql: `insert into sign_in_attempts values (?, ?, 10000, ?) on conflict do update set count = 10000`,
        args: [subject, Math.floor(at / length), at + length],
      })
    }
    expect((await guess(portal, ada.email, ada.orders[0])).status).toBe(422)
    const path = await linkFor(ada.email)
    const home = await browser.submit(await browser.open(path), `form[action="${path}"]`)
    expect(home.text).toContain(ada.activationKey)
    expect((await guess(portal, northwind.login, demoPassword, '203.0.113.200')).status).toBe(303)
  })
})

test('links in letters are of the configured origin, whatever the request said (A16)', async () => {
  await browser.request('POST', '/sign-in', `identifier=${ada.email}`, { 'x-forwarded-host': 'evil.example' })
  const headers = {
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
    'x-original-host': 'evil.example',
  }
  await browser.request('POST', '/sign-in/links', '', headers)
  await signInAsAda(portal.browser({ ...headers, 'user-agent': 'https://evil.example' }))
  await portal.deps.settled()
  expect(portal.deps.letters).toHaveLength(2)
  expect(JSON.stringify(portal.deps.letters)).not.toContain('evil')
})
