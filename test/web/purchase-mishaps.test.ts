import { beforeEach, describe, expect, test } from 'vitest'
import { ada, fabrikam, grace } from '#dev/world/people.ts'
import { callChecked } from '../support/api.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'
import { quoteOf } from '../support/quotes.ts'
import { eventOf, orderOf, postEvents, returnOf } from '../support/shop.ts'

const day = 86_400_000
const today = '2026-08-21'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
})

/** Presses what a page offers first. */
const first = (page: Page, fields: Record<string, string> = {}) => browser.submit(page, 'main form', fields)
const pay = async (quote: Page) => first(await first(quote))

/** Lets the clock go on to a day, and signs in there. */
async function goTo(when: string, who: typeof ada | typeof grace = ada): Promise<void> {
  portal.deps.clock.forward(Date.parse(when) - Date.parse(today))
  browser = portal.browser()
  await signIn(browser, who.email, who.orders[0])
}
const supportEnd = async (license: string) =>
  (await portal.db.rows('select support_ends_on as ends from licenses where id = ?', license))[0]?.ends

describe('the day support ends', () => {
  const license = ada.licenses.lab

  test('still counts: what is added pays one day, and a further year follows it', async () => {
    const ends = String(await supportEnd(license))
    await goTo(ends)
    const quote = await first(await browser.open(`/licenses/${license}/upgrades/new`))
    expect(quote.text).toContain(`Support for the upgrade, until ${ends}`)
    expect(quote.text).toContain('1 of 365 days left')
    const renewal = await first(await browser.open(`/support/sup_00-ada-lab/extensions/new`), { supportYears: '1' })
    expect(renewal.text).toMatch(/from 2026-09-10 to 2027-09-09/)
    await pay(renewal)
    expect(await supportEnd(license)).toBe('2027-09-09')
  })

  test('is over the day after: what is added pays no support, and a year begins on that day, with a gap', async () => {
    await goTo('2026-09-11')
    const quote = await first(await browser.open(`/licenses/${license}/upgrades/new`))
    expect(quote.text).not.toContain('Support for the upgrade')
    const renewal = await first(await browser.open(`/support/sup_00-ada-lab/extensions/new`), { supportYears: '1' })
    expect(renewal.text).toMatch(/from 2026-09-11 to 2027-09-10/)
    await pay(renewal)
    expect(await supportEnd(license)).toBe('2027-09-10')
  })

  test('a quote that counts its days ends with them: the next day it says so, and counts anew', async () => {
    await goTo(String(await supportEnd(license)))
    const quote = await first(await browser.open(`/licenses/${license}/upgrades/new`))
    portal.deps.clock.forward(day)
    const ended = await browser.open(quote.url)
    expect(ended.text).toContain('The time for which its prices held is over')
    const anew = await first(ended)
    expect(anew.text).not.toContain('Support for the upgrade')
    expect((await pay(anew)).text).toContain('The shop confirmed the payment')
  })
})

test('expired support of what is paid by the year is renewed from today before anything is added (R77)', async () => {
  await goTo('2027-03-01', grace)
  const form = await browser.open(`/licenses/${grace.licenses.remoteWork}/upgrades/new`)
  const quote = await first(form, { size: '8' })
  expect(quote.text).toContain('from 2027-03-01 to 2028-02-29')
  expect(quote.text).toContain('3 more workstations × USD 110.00 a year × 366 of 366 days left')
  expect((await pay(quote)).text).toContain('The shop confirmed the payment')
  expect(
    await portal.db.rows('select size, support_ends_on as ends from licenses where id = ?', grace.licenses.remoteWork),
  ).toEqual([{ size: 8, ends: '2028-02-29' }])
})

test('29 February: a year bought on it is a whole one, and so is the next', async () => {
  await goTo('2028-02-29')
  const { unsupported } = ada.licenses
  await pay(await first(await browser.open(`/licenses/${unsupported}/supports/new`), { supportYears: '1' }))
  expect(await supportEnd(unsupported)).toBe('2029-02-27')
  const [row] = await portal.db.rows('select id from supports where license_id = ?', unsupported)
  await pay(await first(await browser.open(`/support/${row?.id}/extensions/new`), { supportYears: '3' }))
  expect(await supportEnd(unsupported)).toBe('2032-02-27')
})

test('renewed in two tabs and paid twice: one year is there, the other payment is kept and shown', async () => {
  const at = `/licenses/${ada.licenses.unsupported}/supports/new`
  const [one, other] = [await first(await browser.open(at)), await first(await browser.open(at))]
  const shops = [await first(one), await first(other)]
  await first(shops[0] as Page)
  const held = await first(shops[1] as Page)
  expect(held.text).toContain('Your payment is being looked at')
  expect(await supportEnd(ada.licenses.unsupported)).toBe('2027-08-20')
  expect(
    await portal.db.rows('select state, problem from payments where account_id = ? order by n', ada.accountId),
  ).toEqual([
    { state: 'applied', problem: null },
    { state: 'held', problem: 'quote-stale' },
  ])
})

test('the webhook before the redirect: whoever comes back finds it paid, and a resend changes nothing', async () => {
  const quote = await quoteOf(portal)
  const shop = await first(await browser.open(`/quotes/${quote}`))
  const [row] = await portal.db.rows('select id from checkouts where quote_id = ?', quote)
  const order = orderOf(1, { total: 120, tax: 0, tags: { quote, checkout: row?.id } })
  await postEvents(portal.deps, eventOf('e1', order))
  await postEvents(portal.deps, eventOf('e2', order))
  for (const from of ['paid', 'left', 'declined']) {
    expect((await browser.open(`/checkouts/${row?.id}?from=${from}`)).text).toContain('The shop confirmed the payment')
  }
  expect(await portal.db.rows('select count(*) as n from payments where quote_id = ?', quote)).toEqual([{ n: 1 }])
  expect(shop.url).toMatch(/^\/sandbox-shop\//)
})

test('nothing more is sold for licenses that were refunded, and nobody is asked to (R68 R82 R324)', async () => {
  const { frontDesk, unsupported, lab, spare } = ada.licenses
  const home = await browser.open('/')
  expect(home.text).toContain('1 license misses')
  const all = [frontDesk, unsupported, lab, spare]
  const rows = await portal.db.rows(
    `select distinct o.reference, o.provider_order_id as id, o.total_minor as total from orders o join order_items i on i.order_id = o.id
      join licenses l on l.order_item_id = i.id where l.id in (select value from json_each(?))`,
    JSON.stringify(all),
  )
  for (const [i, { id, reference, total }] of rows.entries()) {
    const back = returnOf(`ret-${i}`, 1, { original: { order: id, id, reference }, totalReturn: Number(total) / 100 })
    await postEvents(portal.deps, eventOf(`e-${i}`, back, { type: 'return.created' }))
  }
  await goTo('2026-09-20')
  const after = await browser.open('/')
  expect(after.text).not.toMatch(/misses|miss Update/)
  expect(after.html).not.toMatch(/href="[^"]*(upgrades|supports)\/new"/)
  expect((await browser.open(`/licenses/${unsupported}`)).html).not.toMatch(/href="[^"]*(upgrades|supports)\/new"/)
  expect((await browser.open('/support/renewal')).dom.querySelectorAll('input[name="license"]')).toEqual([])
  await portal.db.client.execute({
    sql: "update api_keys set account_id = ? where id like '%fabrikam'",
    args: [ada.accountId],
  })
  for (const item of [{ size: 10 }, { supportYears: 1 }]) {
    const body = { items: [{ license: frontDesk, ...item }] }
    const refused = await callChecked(portal, 'POST', '/api/v1/quotes', { key: fabrikam.apiKey, body })
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [{ pointer: '/items/0/license', detail: 'It was refunded and has ended: buy a new license instead' }],
    ])
  }
  const form = await browser.open(`/licenses/${frontDesk}/upgrades/new`)
  expect(form.text).toContain('It was refunded and has ended')
})

test('a payment that never finds the database as it read it is held for the vendor, not lost (R301 R324)', async () => {
  const quote = await quoteOf(portal)
  await portal.db.client.execute(`create trigger always_taken before insert on orders begin
    select raise(abort, 'UNIQUE constraint failed: activation_keys.account_id'); end`)
  await postEvents(portal.deps, eventOf('e1', orderOf(1, { total: 120, tax: 0, tags: { quote } })))
  expect(await portal.db.rows('select state, problem from payments where quote_id = ?', quote)).toEqual([
    { state: 'held', problem: 'impossible' },
  ])
})

describe('an amount that cannot be', () => {
  test.each([
    ['negative', { total: -120, tax: 0 }],
    ['nothing', { total: 0, tax: 0 }],
    ['absurd', { total: 9e15, tax: 0 }],
    ['a cent too little', { total: 119.99, tax: 0 }],
    ['a cent too much', { total: 120.01, tax: 0 }],
    ['a text', { total: 'all of it', tax: 0 }],
    ['none', { total: null, tax: 0 }],
    ['no number of a currency', { total: 120, tax: 0, currency: 'XXXX' }],
  ])('%s: nothing is granted, and the payment is kept for the vendor', async (_, more) => {
    const quote = await quoteOf(portal)
    await postEvents(portal.deps, eventOf('e1', orderOf(1, { ...more, tags: { quote } })))
    expect(await portal.db.rows('select size from licenses where id = ?', ada.licenses.frontDesk)).toEqual([
      { size: 5 },
    ])
    const kept = [
      ...(await portal.db.rows("select 1 from payments where state = 'held' and quote_id = ?", quote)),
      ...(await portal.db.rows("select 1 from provider_events where id = 'e1' and outcome = 'refused'")),
    ]
    expect(kept).toHaveLength(1)
    const page = await browser.open(`/quotes/${quote}`)
    expect(page.text).toMatch(/Your payment came in, but something|This price holds until/)
  })
})

describe('by the API', () => {
  const key = fabrikam.apiKey
  const post = (path: string, body: unknown) => callChecked(portal, 'POST', path, { key, body })
  beforeEach(() =>
    portal.db.client.execute({
      sql: 'update api_keys set account_id = ? where account_id = ?',
      args: [ada.accountId, fabrikam.accountId],
    }),
  )

  test('a quote that has ended is not paid, and says so', async () => {
    const { body } = await post('/api/v1/quotes', { items: [{ license: ada.licenses.frontDesk, size: 10 }] })
    portal.deps.clock.forward(8 * day)
    const refused = await post('/api/v1/checkouts', { quote: body.id })
    expect([refused.status, refused.body.code]).toEqual([409, 'quote-expired'])
  })

  test.each([
    [{ size: 3 }, '/items/0/size', 'It is for 5 users already'],
    [{ edition: 'essentials' }, '/items/0/edition', 'It is the Pro edition already'],
    [{ size: 10, supportYears: -1 }, '/items/0/supportYears', 'Write a whole number'],
    [{ size: -10 }, '/items/0/size', 'Write a whole number'],
  ])('%j, less than is in use or less than nothing, is refused at its field', async (item, pointer, sentence) => {
    const { status, body } = await post('/api/v1/quotes', { items: [{ license: ada.licenses.frontDesk, ...item }] })
    expect([status, body.errors[0].pointer]).toEqual([422, pointer])
    expect(body.errors[0].detail).toContain(sentence)
  })
})
