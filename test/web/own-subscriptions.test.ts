import { beforeEach, describe, expect, test } from 'vitest'
import { acme, ada, demoPassword, fabrikam, grace } from '#dev/world/people.ts'
import { ShopUnavailable } from '#src/gateways/checkout.ts'
import { callChecked } from '../support/api.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'
import { eventOf, postEvents, returnOf } from '../support/shop.ts'

const offer = 'remote-support/standard/channel'
const day = 86_400_000

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
})

/** Presses what a page offers first. */
const first = (page: Page, fields: Record<string, string> = {}) => browser.submit(page, 'main form', fields)

/** Buys channels for a year, as catalog, cart, quote and shop do. */
async function buy(channels: string): Promise<void> {
  await browser.request('POST', '/cart/items', new URLSearchParams({ offer, quantity: channels }))
  const paid = await first(await first(await first(await browser.open('/cart'))))
  expect(paid.text).toContain('The shop confirmed the payment')
}

const openOne = async () => browser.follow(await browser.open('/subscriptions'), 'Remote Support')
const own = () =>
  portal.db.rows(
    `select l.size, l.ends_on as ends, s.term_ends_on as term from licenses l join subscriptions s on s.license_id = l.id
      where l.account_id = ?`,
    ada.accountId,
  )
async function later(days: number): Promise<void> {
  portal.deps.clock.forward(days * day)
  browser = portal.browser()
  await signInAsAda(browser)
}

test('R19 R129 R130 R131 R132 R133 R134: a customer buys a subscription from its page, adds channels and pays another term', async () => {
  const empty = await browser.follow(await browser.open('/'), 'Subscriptions')
  expect(empty.text).toContain('No subscriptions yet.')
  expect((await browser.follow(empty, 'Buy a subscription')).text).toContain('A channel is a session')
  await buy('3')
  const page = await openOne()
  expect(page.text).toContain('Active, paid until 20 Aug 2027')
  expect(page.text).toContain('3 sessions at the same time')
  expect(page.text).toContain('not charged again by itself')
  expect(page.text).not.toContain('Owner')

  const more = await browser.follow(page, 'More channels')
  expect(more.dom.querySelector('h1')?.text).toBe('Renew or change')
  expect(more.text).toContain('4 channels instead of 3')
  const quote = await first(more, { size: '5' })
  expect(quote.text).toContain('2 more × EUR 216.00 a year × 365 of 365 days left')
  await first(await first(quote))
  expect(await own()).toEqual([{ size: 5, ends: '2027-08-20', term: '2027-08-20' }])

  const another = await browser.follow(await openOne(), 'Pay another year')
  expect(another.text).toContain('5 channels from 2027-08-21 to 2028-08-20')
  await first(await first(await first(another)))
  expect(await own()).toEqual([{ size: 5, ends: '2028-08-20', term: '2028-08-20' }])
  expect((await openOne()).text).toContain('Active, paid until 20 Aug 2028')
})

test('R78: the total of channels and terms follows what is chosen', async () => {
  await buy('3')
  const page = await browser.follow(await openOne(), 'More channels')
  const part = await browser.open(`${page.url}?size=3&terms=2`, { 'hx-request': 'true', 'hx-request-type': 'partial' })
  expect(part.html).toMatch(/^<section class="card" id="cost"/)
  expect(part.text).toContain('from 2027-08-21 to 2029-08-20')
  expect(page.dom.querySelector('#terms')?.getAttribute('hx-get')).toBe(page.url)
})

test('one that has ended says so, is renewed from the day of the quote, and only then grows', async () => {
  await buy('3')
  await later(400)
  const page = await openOne()
  expect(page.text).toContain('Ended on 20 Aug 2027')
  expect(page.text).not.toContain('More channels')
  const form = await browser.follow(page, 'Pay another year')
  expect((await first(form, { size: '4' })).text).toContain('It has ended: pay a further term first')
  await first(await first(await first(form)))
  expect(await own()).toEqual([{ size: 3, ends: '2028-09-24', term: '2028-09-24' }])
  expect((await openOne()).text).toContain('Active, paid until 24 Sep 2028')
})

test('one whose money went back is over, and only a term that is paid anew begins it again (R324)', async () => {
  await buy('3')
  const [order = {}] = await portal.db.rows(
    'select reference, provider_order_id as id, total_minor as total from orders where account_id = ? order by n desc limit 1',
    ada.accountId,
  )
  portal.deps.clock.forward(4 * day)
  const original = { order: order.id, id: order.id, reference: order.reference }
  const back = { original, totalReturn: Number(order.total) / 100, tax: 0, live: false }
  await postEvents(portal.deps, eventOf('ev-back', returnOf('ret-1', 1, back), { type: 'return.created' }))
  expect(await own()).toEqual([{ size: 3, ends: '2026-08-25', term: '2026-08-25' }])
  await later(10)
  const page = await openOne()
  expect(page.text).toContain('Ended on 25 Aug 2026')
  const another = await browser.follow(page, 'Pay another year')
  expect(another.text).toContain('3 channels from 2026-09-04 to 2027-09-03')
})

test('the last day still counts: channels are added on it, and another term follows it', async () => {
  await buy('3')
  await later(364)
  const page = await openOne()
  expect(page.text).toContain('Active, paid until 20 Aug 2027')
  const quote = await first(await browser.follow(page, 'More channels'), { size: '4' })
  expect(quote.text).toContain('1 more × EUR 240.00 a year × 1 of 365 days left')
})

describe.each([
  [{ size: '2' }, 422, 'It has 3 channels already: choose more'],
  [{ size: '3' }, 422, 'It has that already'],
  [{ size: '0' }, 422, ''],
  [{ size: '-1' }, 422, ''],
  [{ size: '1001' }, 422, 'Write at most 1000'],
  [{ size: 'unlimited' }, 422, 'Write a whole number'],
  [{ size: '3', terms: '13' }, 422, 'Choose up to 12 terms'],
  [{ size: '3', terms: '-1' }, 422, 'Choose up to 12 terms'],
])('%j', (fields, status, sentence) => {
  test('is refused with what was typed, and nothing is quoted', async () => {
    await buy('3')
    const quotes = await portal.db.rows('select 1 from quotes')
    const page = await first(await browser.follow(await openOne(), 'More channels'), fields as Record<string, string>)
    expect(page.status).toBe(status)
    expect(page.text).toContain(sentence)
    expect(page.dom.querySelector('#size')?.getAttribute('value')).toBe(fields.size)
    expect(await portal.db.rows('select 1 from quotes')).toEqual(quotes)
  })
})

test('paid in two tabs: the second quote is told that the license has changed', async () => {
  await buy('3')
  const form = await browser.follow(await openOne(), 'More channels')
  const one = await first(form, { size: '4', request: 'a' })
  const other = await first(form, { size: '6', request: 'b' })
  await first(await first(one))
  expect((await browser.open(other.url)).text).toContain('A license it is for has changed since')
  expect(await own()).toMatchObject([{ size: 4 }])
})

describe('one that the shop charges', () => {
  const id = 'sub_00-grace-night'
  const asGrace = async () => {
    browser = portal.browser()
    await signIn(browser, grace.email, grace.orders[0])
    return browser.open(`/subscriptions/${id}`)
  }
  const state = async () =>
    (
      await portal.db.rows(
        'select canceled_at is null as goes, term_ends_on as ends from subscriptions where id = ?',
        id,
      )
    )[0]
  const told = () =>
    portal.db.rows(
      "select actor_kind as who, action from events where subject_id = ? and action like '%asked' or subject_id = ? and action in ('subscription.canceled', 'subscription.resumed') order by n",
      id,
      id,
    )

  test('R19: is resumed and canceled again by whoever pays: the shop is asked, its webhook does it', async () => {
    const page = await asGrace()
    expect(page.text).toContain('Canceled, ends on 10 Feb 2027')
    expect(page.text).toContain('its channels are changed there')
    const resumed = await first(page)
    expect(resumed.text).toContain('The shop was asked to go on')
    expect(resumed.text).toContain('Active, renews on 11 Feb 2027')
    expect(await state()).toEqual({ goes: 1, ends: '2027-02-10' })
    portal.deps.clock.forward(1000)
    const question = await browser.follow(resumed, 'Cancel at the end of the term')
    expect(question.text).toContain('Until that day you can take it back')
    const canceled = await first(question)
    expect(canceled.text).toContain('The shop was asked to cancel it')
    expect(canceled.text).toContain('Canceled, ends on 10 Feb 2027')
    expect(await state()).toEqual({ goes: 0, ends: '2027-02-10' })
    expect((await told()).slice(1)).toEqual([
      { who: 'shop', action: 'subscription.resumed' },
      { who: 'customer', action: 'subscription.resumption-asked' },
      { who: 'shop', action: 'subscription.canceled' },
      { who: 'customer', action: 'subscription.cancellation-asked' },
    ])
  })

  test('asked for twice: it is told how it stands', async () => {
    const page = await asGrace()
    await first(page)
    const again = await first({ ...page, html: page.html }, { request: 'another' })
    expect(again.status).toBe(409)
    expect(again.text).toContain('It was not canceled')
    portal.deps.clock.forward(1000)
    await first(await browser.open(`/subscriptions/${id}/cancellation`))
    expect((await browser.open(`/subscriptions/${id}/cancellation`)).text).toContain('was canceled already')
  })

  test('over: nothing is resumed', async () => {
    const page = await asGrace()
    portal.deps.clock.forward(200 * day)
    await asGrace()
    const answer = await first(page)
    expect([answer.status, answer.text.includes('It has ended: buy a new one')]).toEqual([409, true])
  })

  test('while the shop does not answer stays as it is, and says so', async () => {
    const page = await asGrace()
    portal.deps.wire.post = async () => Promise.reject(new Error('away'))
    portal.deps.checkout.changeSubscription = async () => {
      throw new ShopUnavailable('away')
    }
    const answer = await first(page)
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('The shop does not answer right now')
    expect(await state()).toMatchObject({ goes: 0 })
  })

  test('whose charge failed says so, and leads to where its payment method is mended', async () => {
    await portal.db.client.execute({ sql: 'update subscriptions set unpaid_at = ? where id = ?', args: [1, id] })
    const page = await asGrace()
    expect(page.text).toContain('The shop could not charge it')
    const wallet = await browser.submit(page, 'form[action$="/wallet"]')
    expect(wallet.url).toMatch(/^\/sandbox-shop\/wallets\//)
    portal.deps.checkout.walletOf = async () => null
    const none = await browser.submit(page, 'form[action$="/wallet"]')
    expect([none.status, none.text.includes('use the link in the shop’s own letter')]).toEqual([409, true])
    await signInAsAda(browser)
    expect((await browser.request('POST', `/subscriptions/${id}/wallet`, new URLSearchParams())).status).toBe(404)
  })

  test('is ended by nobody else: another customer finds nothing, the vendor may help', async () => {
    expect((await browser.open(`/subscriptions/${id}`)).status).toBe(404)
    const vendor = portal.browser()
    await signIn(vendor, acme.login, demoPassword)
    const page = await vendor.open(`/subscriptions/${id}`)
    expect((await vendor.submit(page, 'main form')).text).toContain('Active, renews on 11 Feb 2027')
  })
})

test('who sees no prices sees subscriptions and buys none', async () => {
  const reader = portal.browser()
  await signIn(reader, fabrikam.logins.servers.email, demoPassword)
  const page = await reader.open('/subscriptions')
  expect(page.status).toBe(200)
  expect(page.text).toContain('They appear here once there are some.')
  expect(page.dom.querySelector('main a[href="/catalog"]')).toBeNull()
})

test('the API tells how each goes on, and its filter by state agrees with the page', async () => {
  await buy('3')
  await portal.db.client.execute({
    sql: 'update api_keys set account_id = ? where account_id = ?',
    args: [ada.accountId, fabrikam.accountId],
  })
  const list = async (state: string) =>
    (await callChecked(portal, 'GET', `/api/v1/subscriptions?state=${state}`, { key: fabrikam.apiKey })).body.data
  expect(await list('active')).toMatchObject([{ channels: 3, state: 'active', renewal: 'quote', renewsOn: null }])
  expect(await list('canceled')).toEqual([])
  expect(await list('ended')).toEqual([])
  const [{ license }] = await list('active')
  const body = { items: [{ license, size: 5, terms: 1 }] }
  const quote = await callChecked(portal, 'POST', '/api/v1/quotes', { key: fabrikam.apiKey, body })
  expect(quote.body.total).toEqual({ minor: 2 * 21_600 + 5 * 21_600, currency: 'EUR' })
})
