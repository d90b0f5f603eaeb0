import { beforeEach, describe, expect, test } from 'vitest'
import { demoPassword, northwind, southridge, tailspin, wingtip } from '#dev/world/people.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import { lastDayOfTerms, nextTermEnd } from '#src/domain/subscriptions/subscription.ts'
import { renewDue } from '#src/use-cases/subscriptions/renew-due.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

const day = 86_400_000
const key = northwind.apiKey
const seeded = 'sub_00-northwind-haven'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const enter = (login: string = northwind.login) => signIn(browser, login, demoPassword)
const form = 'form[action="/subscriptions"]'
const fields = { channels: '4', email: 'desk@customer.example', activationKey: 'BAKK-ER1J-JANS-2B00' }
const generate = async (more: Record<string, string> = {}) =>
  browser.submit(await browser.open('/subscriptions/new'), form, { ...fields, ...more })
const newestId = async () => String((await portal.db.rows('select max(id) as id from subscriptions'))[0]?.id)
const count = async (what: string) => Number((await portal.db.rows(`select count(*) as n from ${what}`))[0]?.n)
const errorAt = (page: Page, field: string) => page.dom.querySelector(`#${field}-error`)?.text ?? ''

describe('generating a subscription', () => {
  test('goes from the menu over the form to the new subscription, without credits (R129 R130 R131 R132 R133 R134)', async () => {
    const home = await enter()
    const page = await browser.follow(home, 'Subscriptions')
    expect(page.url).toBe('/subscriptions')
    const asked = await browser.follow(page, 'Generate a subscription')
    const software = asked.dom.querySelectorAll('#product option')
    expect(software.map((one) => one.text.trim())).toEqual(['Remote Support'])
    expect(asked.dom.querySelector('label[for=channels]')?.text).toBe('Channel')
    expect(asked.dom.querySelector('#channels-hint')?.text).toContain('at the same time')
    expect(asked.text).toContain('No credits: the vendor bills a subscription by its channels and term.')
    expect(asked.dom.querySelector(`${form} button.main`)?.text.trim()).toBe('Submit')
    const before = await portal.db.rows('select * from credit_balances')
    const made = await browser.submit(asked, form, { ...fields, term: 'month', comment: 'Night shift' })
    expect(made.url).toMatch(/^\/subscriptions\/sub_/)
    expect(made.text).toContain('Subscription generated.')
    expect(made.text).toContain('Active, renews on 21 Sep 2026')
    expect(made.text).toContain('4 sessions at the same time')
    expect(await portal.db.rows('select * from credit_balances')).toEqual(before)
    expect((await browser.open('/subscriptions')).text).toContain('desk@customer.example')
    const [license] = await portal.db.rows("select * from licenses where email = 'desk@customer.example'")
    expect(license).toMatchObject({ kind: 'subscription', size: 4, ends_on: '2026-09-20', edition_code: 'standard' })
    const events = await portal.db.rows(
      "select action from events where actor_id = ? and action like '%created'",
      northwind.loginId,
    )
    expect(events.slice(-2).map(({ action }) => action)).toEqual(['license.created', 'subscription.created'])
  })

  test.each([
    ['', 'whole number from 1 to 1000'],
    ['0', 'whole number from 1 to 1000'],
    ['-1', 'whole number from 1 to 1000'],
    ['1.5', 'whole number from 1 to 1000'],
    ['1001', 'whole number from 1 to 1000'],
    ['1000000000', 'whole number from 1 to 1000'],
    ['ten', 'whole number from 1 to 1000'],
  ])('refuses %j channels at the field, keeps what was typed and does nothing (R132)', async (channels, words) => {
    await enter()
    const before = await count('licenses')
    const page = await generate({ channels, comment: 'kept' })
    expect(page.status).toBe(422)
    expect(errorAt(page, 'channels')).toContain(words)
    expect(page.dom.querySelector('#error-summary a')?.text).toContain(words)
    expect(page.dom.querySelector('#channels')?.getAttribute('value')).toBe(channels)
    expect(page.dom.querySelector('#comment')?.text.trim()).toBe('kept')
    expect(page.dom.querySelector('#activationKey option[selected]')?.getAttribute('value')).toBe(fields.activationKey)
    expect(await count('licenses')).toBe(before)
  })

  test('says at each field what is missing (R133)', async () => {
    await enter()
    const page = await generate({ email: 'nobody', term: 'week', activationKey: '', comment: 'x'.repeat(501) })
    expect(page.status).toBe(422)
    for (const field of ['email', 'term', 'activationKey', 'comment']) expect(errorAt(page, field)).not.toBe('')
  })

  test("takes one's own keys alone, and does not tell whose another is", async () => {
    await enter()
    const [other] = await portal.db.rows('select code from activation_keys where account_id = ?', tailspin.accountId)
    const foreign = await generate({ activationKey: String(other?.code) })
    const unknown = await generate({ activationKey: 'ZZZZ-ZZZZ-ZZZZ-ZZZZ' })
    expect(foreign.status).toBe(422)
    expect(errorAt(foreign, 'activationKey')).toBe(errorAt(unknown, 'activationKey'))
  })

  test('offers the software that was given and no other (R131)', async () => {
    await enter(tailspin.login)
    const page = await browser.open('/subscriptions/new')
    expect(page.dom.querySelector(form)).toBeNull()
    expect(page.text).toContain('No software that is subscribed to was given to you.')
    const refused = await browser.request(
      'POST',
      '/subscriptions',
      new URLSearchParams({ ...fields, product: 'remote-support', term: 'year' }),
    )
    expect(refused.status).toBe(422)
  })

  test('of a product taken back or withdrawn while the form was open is refused with what to do (R131)', async () => {
    await enter()
    const page = await browser.open('/subscriptions/new')
    await portal.db.client.execute("update account_products set given = 0 where product_code = 'remote-support'")
    const taken = await browser.submit(page, form, fields)
    expect(taken.status).toBe(409)
    expect(taken.text).toContain('No software that is subscribed to was given to you.')
    await portal.db.client.execute("update account_products set given = 1 where product_code = 'remote-support'")
    await portal.db.client.execute("update products set withdrawn_at = 1 where code = 'remote-support'")
    expect((await browser.submit(page, form, fields)).status).toBe(409)
    expect(await count("licenses where email = 'desk@customer.example'")).toBe(0)
  })

  test('sent twice is one subscription, also at once', async () => {
    await enter()
    const page = await browser.open('/subscriptions/new')
    const answers = await Promise.all([1, 2, 3].map(() => browser.submit(page, form, fields)))
    expect(new Set(answers.map(({ url }) => url)).size).toBe(1)
    expect(await count("licenses where email = 'desk@customer.example'")).toBe(1)
  })
})

describe('the list', () => {
  test('shows what is below and nothing beside, finds, narrows, sorts and pages both ways (R129)', async () => {
    await enter()
    const page = await browser.open('/subscriptions')
    expect(page.text).toContain('3 subscriptions')
    expect(page.text).toContain('Ended on')
    expect((await browser.open('/subscriptions?q=haven')).text).toContain('1 subscription,')
    expect((await browser.open('/subscriptions?state=ended')).text).toContain('info@molen.example')
    const none = await browser.open('/subscriptions?state=canceled')
    expect(none.text).toContain('No subscription fits.')
    expect((await browser.follow(none, 'Show all subscriptions')).text).toContain('3 subscriptions')
    const api = await portal.call('GET', '/api/v1/subscriptions?limit=2', { key })
    expect(await api.json()).toMatchObject({ data: [{}, {}] })
    for (let i = 0; i < 45; i++) await generate({ email: `c${i}@customer.example` })
    const first = await browser.open('/subscriptions?sort=started')
    const second = await browser.follow(first, 'Next')
    const third = await browser.follow(second, 'Next')
    expect([first, second, third].map((one) => one.dom.querySelectorAll('tbody tr').length)).toEqual([20, 20, 8])
    const back = await browser.follow(third, 'Previous')
    expect(back.dom.querySelector('tbody')?.text).toBe(second.dom.querySelector('tbody')?.text)
    const csv = await (await browser.request('GET', '/subscriptions.csv?q=customer.example')).text()
    expect(csv.trim().split('\n')).toHaveLength(46)
    const southern = portal.browser()
    await signIn(southern, southridge.login, demoPassword)
    const theirs = await southern.open('/subscriptions')
    expect(theirs.text).toContain('1 subscription')
    expect(theirs.text).toContain('office@mesadental.example')
    const empty = portal.browser()
    await signIn(empty, wingtip.login, demoPassword)
    expect((await empty.open('/subscriptions')).text).toContain('No subscriptions yet.Generate one for a customer')
  })

  test('asks the database for the page it shows, by an index and without sorting', async () => {
    await enter()
    await portal.deps.settled()
    portal.db.forget()
    for (const query of ['', '?sort=started', '?q=haven', '?state=active']) await browser.open(`/subscriptions${query}`)
    for (const { statements } of portal.db.trips) {
      const list = statements.find((sql) => sql.includes('"license_reach"."kind" = \'subscription\'')) as string
      const args = (list.match(/\?/g) ?? []).map(() => 1)
      const plan = (await portal.db.rows(`explain query plan ${list}`, ...args)).map(({ detail }) => String(detail))
      expect(plan[0]).toContain('license_reach_subscription')
      expect(plan.filter((line) => /SCAN|TEMP B-TREE/.test(line) && !line.includes('CONSTANT'))).toEqual([])
    }
  })
})

describe('channels', () => {
  const change = async (channels: string) =>
    browser.submit(await browser.open(`/subscriptions/${seeded}`), 'form[action$="/channels"]', { channels })

  test('change at once and are recorded', async () => {
    await enter()
    const page = await change('12')
    expect(page.text).toContain('Channels changed.')
    expect(page.text).toContain('12 sessions at the same time')
    expect(page.text).toContain('Channels changedNora West')
    const [event] = await portal.db.rows(
      "select before, after from events where action = 'subscription.channels-changed'",
    )
    expect(event).toEqual({ before: '{"channels":10}', after: '{"channels":12}' })
  })

  test.each(['', '0', '-1', '2.5', '1001', 'many'])('refuse %j at the field', async (channels) => {
    await enter()
    const page = await change(channels)
    expect(page.status).toBe(422)
    expect(errorAt(page, 'channels')).toContain('a whole number from 1 to 1000')
    expect(page.dom.querySelector('#channels')?.getAttribute('value')).toBe(channels)
  })

  test('of two tabs are changed by the first; the second is told', async () => {
    await enter()
    const tab = await browser.open(`/subscriptions/${seeded}`)
    await change('12')
    const told = await browser.submit(tab, 'form[action$="/channels"]', { channels: '20' })
    expect(told.status).toBe(412)
    expect(errorAt(told, 'channels')).toContain('Somebody changed this subscription while you wrote')
    expect((await browser.submit(told, 'form[action$="/channels"]')).text).toContain('20 sessions at the same time')
  })
})

describe('canceling', () => {
  const confirmation = 'form[action$="/cancellation"]'
  test('says when and what stops, then happens at the end of the term, once', async () => {
    await enter()
    const page = await browser.follow(await browser.open(`/subscriptions/${seeded}`), 'Cancel at the end of the term')
    expect(page.text).toContain('Remote Support, 10 channels, for helpdesk@haven.example')
    expect(page.text).toContain('It works until 21 Jun 2027, that day included.')
    expect(page.text).toContain('all its 10 sessions stop')
    const done = await browser.submit(page, confirmation)
    expect(done.text).toContain('Canceled, ends on 21 Jun 2027')
    expect(done.dom.querySelector('form[action$="/channels"]')).toBeNull()
    expect((await browser.submit(page, confirmation)).text).toContain('Subscription canceled.')
    const again = await browser.open(`/subscriptions/${seeded}/cancellation`)
    expect(again.dom.querySelector(confirmation)).toBeNull()
    expect(again.text).toContain('was canceled already')
    const stale = await browser.request('POST', `/subscriptions/${seeded}/cancellation`, 'request=req_other')
    expect(stale.status).toBe(409)
    expect(await count(`events where action = 'subscription.canceled' and subject_id = '${seeded}'`)).toBe(1)
  })

  test('and changing channels at the same moment leave one of them refused, never a canceled one changed', async () => {
    const etag = { 'if-match': '*' }
    const acts = Array.from({ length: 40 }, (_, i) =>
      i % 2 === 0
        ? portal.call('PATCH', `/api/v1/subscriptions/${seeded}`, { key, headers: etag, body: { channels: 11 + i } })
        : portal.call('POST', `/api/v1/subscriptions/${seeded}/cancellations`, { key, body: {} }),
    )
    const statuses = (await Promise.all(acts)).map(({ status }) => status)
    expect(statuses.every((status) => [200, 201, 409, 412].includes(status))).toBe(true)
    const lines = await portal.db.rows('select action from events where subject_id = ? order by n', seeded)
    const actions = lines.map(({ action }) => action)
    expect(actions.filter((action) => action === 'subscription.canceled').length).toBeLessThanOrEqual(1)
    const canceledAt = actions.indexOf('subscription.canceled')
    if (canceledAt >= 0) expect(actions.slice(canceledAt + 1)).toEqual([])
    expect(statuses.filter((status) => status === 201)).toHaveLength(canceledAt >= 0 ? 1 : 0)
  })
})

describe('renewal', () => {
  test('counts terms from the start, so that ends of months do not drift', () => {
    const ends = (startsOn: Day, times: number) => {
      const list = [lastDayOfTerms(startsOn, 'month', 1)]
      for (let i = 1; i < times; i++) list.push(nextTermEnd(startsOn, 'month', list.at(-1) as Day))
      return list
    }
    expect(ends('2026-01-31', 4)).toEqual(['2026-02-27', '2026-03-30', '2026-04-29', '2026-05-30'])
    expect(ends('2026-08-21', 3)).toEqual(['2026-09-20', '2026-10-20', '2026-11-20'])
    for (const start of ['2024-02-29', '2025-12-31', '2026-03-01', '2026-08-30'] as const) {
      for (const term of ['month', 'year'] as const) {
        for (let terms = 1; terms < 40; terms++) {
          expect(nextTermEnd(start, term, lastDayOfTerms(start, term, terms))).toBe(
            lastDayOfTerms(start, term, terms + 1),
          )
        }
      }
    }
  })

  test('begins the next term the day after the last, once however often it runs, and catches up with missed days', async () => {
    await renewDue(portal.deps)
    expect(await count("events where action = 'subscription.renewed'")).toBe(0)
    portal.deps.clock.forward(100 * day)
    await Promise.all([renewDue(portal.deps), renewDue(portal.deps)])
    await renewDue(portal.deps)
    const today = dayOf(portal.deps.now())
    const rows = await portal.db.rows(
      `select s.id, s.term, s.starts_on, s.term_ends_on, l.ends_on, s.canceled_at from subscriptions s join licenses l on l.id = s.license_id
        where s.provider_subscription_id is null`,
    )
    for (const row of rows) {
      expect(row.ends_on).toBe(row.term_ends_on)
      expect(String(row.term_ends_on) >= today).toBe(row.canceled_at === null)
    }
    const lines = await portal.db.rows(
      "select subject_id, before, after, actor_kind from events where action = 'subscription.renewed' order by n",
    )
    expect(lines.map(({ subject_id }) => subject_id)).toEqual(Array(lines.length).fill('sub_00-northwind-sluis'))
    expect(lines.length).toBe(3)
    expect(lines.every(({ actor_kind }) => actor_kind === 'clock')).toBe(true)
    for (let i = 1; i < lines.length; i++) expect(lines[i]?.before).toBe(lines[i - 1]?.after)
  })

  test('leaves canceled ones and those a provider charges alone, and ends within its bounds', async () => {
    await enter()
    await generate({ term: 'month' })
    await portal.db.client.execute({
      sql: "update subscriptions set provider_subscription_id = 'p-1' where id = ?",
      args: [await newestId()],
    })
    await portal.db.client.execute('update subscriptions set canceled_at = 1 where provider_subscription_id is null')
    portal.deps.clock.forward(400 * day)
    portal.db.forget()
    await renewDue(portal.deps)
    const reads = portal.db.trips.filter(({ mode }) => mode === 'read')
    expect(reads).toHaveLength(1)
    expect(portal.db.trips.filter(({ mode }) => mode === 'write')).toEqual([])
    const plan = await portal.db.rows(`explain query plan ${reads[0]?.statements[0]}`, '2027-01-01', 50)
    expect(plan.map(({ detail }) => detail).join('\n')).toContain('subscriptions_due')
  })
})

test('one that the shop charges is not changed here, is canceled by asking the shop, and shows a payment that failed', async () => {
  await portal.db.client.execute({
    sql: "update subscriptions set provider_subscription_id = 'p-1', unpaid_at = 1 where id = ?",
    args: [seeded],
  })
  await enter()
  const page = await browser.open(`/subscriptions/${seeded}`)
  expect(page.text).toContain('Payment failed, paid until')
  expect(page.text).toContain('The shop charges this subscription')
  expect(page.dom.querySelector('main form:not([action$="/wallet"])')).toBeNull()
  const cancel = await browser.request('POST', `/subscriptions/${seeded}/cancellation`, new URLSearchParams())
  expect(cancel.status).toBe(303)
  expect((await browser.open(`/subscriptions/${seeded}`)).text).toContain('Cancellation asked of the shop')
  const change = new URLSearchParams({ channels: '9', version: '1' })
  expect((await browser.request('POST', `/subscriptions/${seeded}/channels`, change)).status).toBe(409)
})

describe('the API', () => {
  const body = {
    product: 'remote-support',
    channels: 2,
    email: 'it@example.org',
    term: 'month',
    activationKey: 'BAKK-ER1J-JANS-2B00',
  }

  test('generates, reads, changes and cancels with the same use-cases and refusals (R130)', async () => {
    const made = await callChecked(portal, 'POST', '/api/v1/subscriptions', {
      key,
      body,
      headers: { 'idempotency-key': 'a1' },
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      product: 'remote-support',
      channels: 2,
      state: 'active',
      endsOn: '2026-09-20',
      renewsOn: '2026-09-21',
    })
    const twin = await callChecked(portal, 'POST', '/api/v1/subscriptions', {
      key,
      body,
      headers: { 'idempotency-key': 'a1' },
    })
    expect(twin.body).toEqual(made.body)
    const path = `/api/v1/subscriptions/${made.body.id}`
    const read = await callChecked(portal, 'GET', path, { key })
    expect(read.body).toEqual(made.body)
    const etag = String(read.headers.get('etag'))
    expect((await callChecked(portal, 'GET', path, { key, headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await callChecked(portal, 'PATCH', path, { key, body: { channels: 3 } })).status).toBe(428)
    const changed = await callChecked(portal, 'PATCH', path, {
      key,
      body: { channels: 3 },
      headers: { 'if-match': etag },
    })
    expect(changed.body.channels).toBe(3)
    expect(
      (await callChecked(portal, 'PATCH', path, { key, body: { channels: 4 }, headers: { 'if-match': etag } })).status,
    ).toBe(412)
    const canceled = await callChecked(portal, 'POST', `${path}/cancellations`, { key, body: {} })
    expect([canceled.status, canceled.body.state, canceled.body.renewsOn]).toEqual([201, 'canceled', null])
    const again = await callChecked(portal, 'POST', `${path}/cancellations`, { key, body: {} })
    expect([again.status, again.body.code]).toEqual([409, 'subscription-canceled'])
    const late = await callChecked(portal, 'PATCH', path, { key, body: { channels: 5 }, headers: { 'if-match': '*' } })
    expect([late.status, late.body.code]).toEqual([409, 'subscription-canceled'])
  })

  test('refuses nonsense field by field and what was not given (R131 R132)', async () => {
    for (const channels of [0, -1, 1.5, 1001, 1e9, '3', null]) {
      const { status, body: problem } = await callChecked(portal, 'POST', '/api/v1/subscriptions', {
        key,
        body: { ...body, channels },
      })
      expect([channels, status, problem.errors[0].pointer]).toEqual([channels, 422, '/channels'])
    }
    const other = await callChecked(portal, 'POST', '/api/v1/subscriptions', {
      key,
      body: { ...body, product: 'remote-access' },
    })
    expect([other.status, other.body.code]).toEqual([409, 'product-not-given'])
    const keyless = await callChecked(portal, 'POST', '/api/v1/subscriptions', {
      key,
      body: { ...body, activationKey: 'ZZZZ' },
    })
    expect([keyless.status, keyless.body.errors[0].pointer]).toEqual([422, '/activationKey'])
  })

  test('pages through all of them and gives them as CSV', async () => {
    const { rows, pages } = await pageThrough(portal, '/api/v1/subscriptions?limit=2', key)
    expect([new Set(rows.map(({ id }) => id)).size, pages]).toEqual([3, 2])
    const csv = await callChecked(portal, 'GET', '/api/v1/subscriptions?state=active&format=csv', { key })
    expect(String(csv.body).trim().split('\n')).toHaveLength(3)
  })
})
