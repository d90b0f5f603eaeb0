import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acme, ada, grace } from '#dev/world/people.ts'
import { fastspringCheckout } from '#src/gateways/checkout/fastspring.ts'
import { noCheckout } from '#src/gateways/checkout.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { holdWord } from '../support/deps.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'
import { quoteOf, upgrade } from '../support/quotes.ts'
import { bodyOf, eventOf, orderOf, postEvents, returnOf, signatureOf } from '../support/shop.ts'

let portal: Portal
let browser: Browser

beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
})

/** Begins to pay a quote as its page's button does. */
async function begin(quote: string, who = browser): Promise<Page> {
  const answer = await who.request('POST', `/quotes/${quote}/checkouts`, new URLSearchParams())
  return who.open(answer.headers.get('location') ?? '')
}
const act = (page: Page, name: string) => browser.submit(page, `form[action$="/${name}"]`)
/** Presses what a page offers first, as whoever just wants to get on with it. */
const first = (page: Page) => browser.submit(page, 'main form')

const sizes = () =>
  portal.db.rows(
    'select size, support_ends_on from licenses where id in (?, ?) order by id = ? desc',
    ...[ada.licenses.frontDesk, ada.licenses.unsupported, ada.licenses.frontDesk],
  )
const bought = [expect.objectContaining({ size: 10 }), expect.objectContaining({ support_ends_on: '2027-08-20' })]
const payments = () =>
  portal.db.rows('select state, problem, settled_by from payments where account_id = ? order by n', ada.accountId)
const checkout = () => portal.db.rows('select id from checkouts where account_id = ?', ada.accountId)
const noPostForm = (page: Page) => expect(page.dom.querySelector('main form[method="post"]')).toBeNull()

test('a quote is paid in the sandbox shop, and all it says is done (R79 R81 R82 R301)', async () => {
  const shop = await begin(await quoteOf(portal))
  expect(shop.url).toMatch(/^\/sandbox-shop\/[\w-]{22}$/)
  expect(shop.text).toContain('Pay EUR 120.00')
  const paid = await first(shop)
  expect(paid.url).toMatch(/^\/checkouts\/chk_/)
  expect(paid.text).toMatch(/Paid.*JWT260821-\d{4}-\d{5}.*Refresh license/)
  expect(paid.text).toContain(ada.activationKey)
  noPostForm(paid)
  expect(await sizes()).toEqual(bought)
  await portal.deps.settled()
  expect(portal.deps.letters.at(-1)).toMatchObject({ to: ada.email })
  expect(portal.deps.letters.at(-1)?.text).toMatch(/The order with its invoice: \S+\/orders\/JWT260821-\d{4}-\d{5}\n/)
  const order = await browser.follow(paid, 'JWT260821')
  expect(order.text).toContain('EUR 120.00')
  expect(await payments()).toEqual([{ state: 'applied', problem: null, settled_by: null }])
})

test('a declined payment changes nothing; the same quote is paid at the second try', async () => {
  const declined = await act(await begin(await quoteOf(portal)), 'declines')
  expect(declined.text).toContain('The payment was declined')
  expect(await payments()).toEqual([])
  const shop = await first(declined)
  expect(shop.url).toMatch(/^\/sandbox-shop\//)
  expect((await first(shop)).text).toContain('The shop confirmed the payment')
})

test('whoever leaves the shop comes back to the price, which still holds', async () => {
  const left = await act(await begin(await quoteOf(portal)), 'abandonments')
  expect(left.text).toContain('Nothing was paid')
  expect((await first(await first(left))).text).toContain('The shop confirmed the payment')
})

test('back before the webhook: the page waits, looks again by itself or by link, and then is paid', async () => {
  const tell = holdWord(portal)
  const waiting = await act(await begin(await quoteOf(portal)), 'late-payments')
  expect(waiting.text).toContain('Waiting for the shop')
  noPostForm(waiting)
  const status = waiting.dom.querySelector('#checkout')
  expect(status?.getAttribute('hx-trigger')).toBe('load delay:1s')
  expect(waiting.html).toMatch(
    /<noscript><meta http-equiv="refresh" content="1; url=\/checkouts\/chk_\w+\?from=paid&amp;looked=1"/,
  )
  const part = await browser.open(status?.getAttribute('hx-get') ?? '', {
    'hx-request': 'true',
    'hx-request-type': 'partial',
  })
  expect(part.html).toMatch(/^<section id="checkout"[^>]*load delay:2s/)
  tell()
  await portal.deps.settled()
  const paid = await browser.open(status?.getAttribute('hx-get') ?? '', {
    'hx-request': 'true',
    'hx-request-type': 'partial',
  })
  expect(paid.headers.get('hx-retarget')).toBe('#page')
  expect((await browser.follow(waiting, 'Look again')).text).toContain('The shop confirmed the payment')
})

test('a transfer that takes days is waited for, does what it paid for at the quoted price, and is not paid twice by mistake', async () => {
  const tell = holdWord(portal)
  const quote = await quoteOf(portal)
  await act(await begin(quote), 'late-payments')
  portal.deps.clock.forward(9 * 86_400_000)
  await runDue(portal.deps, '*/10 * * * *')
  browser = portal.browser()
  await signInAsAda(browser)
  const page = await browser.open(`/quotes/${quote}`)
  expect(page.text).toContain('A payment for it is under way')
  expect(page.text).not.toContain('Buy for')
  expect((await browser.follow(page, 'See how it stands')).text).toContain('Waiting for the shop')
  tell()
  await portal.deps.settled()
  expect(await payments()).toEqual([{ state: 'applied', problem: null, settled_by: null }])
  expect(await sizes()).toEqual(bought)
})

test('while a transfer is under way, one can say that one pays in another way; the later of the two is given back', async () => {
  const tell = holdWord(portal)
  const quote = await quoteOf(portal)
  await act(await begin(quote), 'late-payments')
  const shop = await browser.submit(await browser.open(`/quotes/${quote}`), 'form[action$="/checkouts"]')
  expect((await first(shop)).text).toContain('The shop confirmed the payment')
  tell()
  await portal.deps.settled()
  expect(await payments()).toMatchObject([{ state: 'applied' }, { state: 'held', problem: 'quote-paid' }])
})

test('a browser that says it paid is believed for some looks; then the shop’s word of a decline counts', async () => {
  await act(await begin(await quoteOf(portal)), 'declines')
  const [{ id } = {}] = await checkout()
  expect((await browser.open(`/checkouts/${id}?from=paid`)).text).toContain('Waiting for the shop')
  expect((await browser.open(`/checkouts/${id}?from=paid&looked=5`)).text).toContain('The payment was declined')
})

test('a quote that has gone stale is not paid from its checkout either (R301)', async () => {
  const quote = await quoteOf(portal)
  await begin(quote)
  const [{ id } = {}] = await checkout()
  const page = await browser.open(`/checkouts/${id}`)
  await portal.db.client.execute({
    sql: "update licenses set size = 6 where id in (select value ->> 'id' from quotes, json_each(licenses) where quotes.id = ?)",
    args: [quote],
  })
  const stale = await browser.submit(page, 'form[action$="/sessions"]')
  expect(stale.text).toContain('This quote does not hold any more')
  expect(stale.dom.querySelector('form[action$="/sessions"]')).toBeNull()
  expect((await browser.follow(stale, 'Ask for a new quote')).url).toBe(`/quotes/${quote}`)
})

test('the browser’s word grants nothing, whatever it says', async () => {
  const quote = await quoteOf(portal)
  const shop = await begin(quote)
  const [{ id } = {}] = await checkout()
  const claimed = await browser.open(`/checkouts/${id}?from=paid`)
  expect(claimed.text).toContain('Waiting for the shop')
  expect((await sizes())[0]).toMatchObject({ size: 5 })
  expect((await browser.open('/checkouts')).url).toContain(String(id))
  // The webhook alone does, also for whoever never comes back.
  await act(shop, 'payments')
  expect((await browser.open(`/checkouts/${id}`)).text).toContain('The shop confirmed the payment')
})

test('paid twice it is done once; the second payment is held and shown to the vendor (R301)', async () => {
  const paid = await act(await begin(await quoteOf(portal)), 'double-payments')
  expect(paid.text).toContain('The shop confirmed the payment')
  expect(paid.text).toContain('A further payment came in for the same quote')
  expect(await payments()).toMatchObject([{ state: 'applied' }, { state: 'held', problem: 'quote-paid' }])
  expect(await portal.db.rows('select count(*) as n from support_periods where ends_on = ?', '2027-08-20')).toEqual([
    { n: 1 },
  ])
  await portal.deps.settled()
  expect(portal.deps.letters.at(-1)).toMatchObject({ to: 'support@acme.example' })
})

test('bought in two tabs at once: one shop session, one effect, two payments told apart', async () => {
  const quote = await quoteOf(portal)
  const [one, other] = await Promise.all([begin(quote), begin(quote)])
  const [a, b] = await Promise.all([act(one, 'payments'), act(other, 'payments')])
  expect([a, b].filter(({ text }) => text.includes('The shop confirmed the payment')).length).toBeGreaterThan(0)
  expect((await payments()).map(({ state }) => state).sort()).toEqual(['applied', 'held'])
  expect(await sizes()).toEqual(bought)
})

describe('a payment that does not fit', () => {
  let vendor: Browser
  const asVendor = async () => {
    vendor = portal.browser()
    await signIn(vendor, acme.login, 'portico-demo')
    const [row] = await portal.db.rows("select id from payments where state = 'held' and account_id = ?", ada.accountId)
    return vendor.open(`/admin/payments/${row?.id}`)
  }

  test.each([
    ['foreign-payments', 'wrong-currency', 'It was paid in another currency than quoted'],
    ['short-payments', 'wrong-amount', 'Another amount was paid than quoted'],
  ])('%s are held; the buyer is told, and the vendor applies what is in the currency', async (scene, problem, why) => {
    const held = await act(await begin(await quoteOf(portal)), scene)
    expect(held.text).toContain('Your payment is being looked at')
    noPostForm(held)
    expect((await sizes())[0]).toMatchObject({ size: 5 })
    expect(await payments()).toMatchObject([{ state: 'held', problem }])
    const page = await asVendor()
    expect(page.text).toContain(why)
    if (problem === 'wrong-currency') {
      expect(page.text).toContain('is not applied')
      expect(page.dom.querySelector('form[action$="/application"]')).toBeNull()
      return
    }
    expect((await vendor.submit(page, 'form[action$="/application"]')).text).toContain('Payment applied.')
    expect(await sizes()).toEqual(bought)
    expect((await browser.open(held.url)).text).toContain('The shop confirmed the payment')
    expect(
      await portal.db.rows(
        `select o.total_minor as total, i.subtotal_minor as line from orders o join order_items i on i.order_id = o.id
          where o.provider_order_id in (select provider_order_id from payments where account_id = ?) order by i.position`,
        ada.accountId,
      ),
    ).toEqual([
      { total: 6000, line: 3000 },
      { total: 6000, line: 3000 },
    ])
  })

  test('it can be given back instead, and then the quote is over', async () => {
    const held = await act(await begin(await quoteOf(portal)), 'short-payments')
    await vendor_refunds(await asVendor())
    expect((await browser.open(held.url)).text).toContain('This payment went back to you')
    expect((await sizes())[0]).toMatchObject({ size: 5 })
  })
  const vendor_refunds = (page: Page) => vendor.submit(page, 'form[action$="/refund"]')

  test('a license that was changed meanwhile is not changed by an older quote', async () => {
    const [older, newer] = [await quoteOf(portal, [upgrade]), await quoteOf(portal, [upgrade])]
    const shop = await begin(older)
    await act(await begin(newer), 'payments')
    const held = await act(shop, 'payments')
    expect(held.text).toContain('Your payment is being looked at')
    const page = await asVendor()
    expect(page.text).toContain('What the quote was made for was changed meanwhile')
    const refused = await vendor.submit(page, 'form[action$="/application"]')
    expect([refused.status, refused.text.includes('cannot be done as quoted')]).toEqual([409, true])
  })

  test('paid long after its end it is held', async () => {
    const shop = await begin(await quoteOf(portal))
    portal.deps.clock.forward(4 * 86_400_000)
    const page = portal.browser()
    const answer = await page.request('POST', `${shop.url}/payments`, new URLSearchParams())
    expect(answer.status).toBe(303)
    expect(await payments()).toMatchObject([{ state: 'held', problem: 'quote-expired' }])
  })
})

test('a price that changed after the checkout began is honored; before it, the quote says so', async () => {
  const [started, late] = [await quoteOf(portal), await quoteOf(portal)]
  const shop = await begin(started)
  await portal.db.client.execute(
    "update prices set unit_minor = unit_minor + 100 where offer_code = 'remote-access/pro/10'",
  )
  const answer = await browser.request('POST', `/quotes/${late}/checkouts`, new URLSearchParams())
  expect(answer.headers.get('location')).toBe(`/quotes/${late}`)
  expect((await act(shop, 'payments')).text).toContain('The shop confirmed the payment')
})

test('a full refund takes back what was bought, license by license, and the checkout says so (R81)', async () => {
  const paid = await act(await begin(await quoteOf(portal)), 'payments')
  const [order] = await portal.db.rows(
    "select provider_order_id as id, reference from orders where reference like 'JWT260821-%'",
  )
  const refund = (id: string, total: number) =>
    eventOf(
      id,
      returnOf(`ret-${id}`, 1, { original: { order: order?.id, reference: order?.reference }, totalReturn: total }),
      { type: 'return.created' },
    )
  await postEvents(portal.deps, refund('r1', 50))
  expect((await sizes())[0]).toMatchObject({ size: 10 })
  await postEvents(portal.deps, refund('r2', 70))
  expect(await sizes()).toEqual([
    expect.objectContaining({ size: 5 }),
    expect.objectContaining({ support_ends_on: '2026-08-25' }),
  ])
  expect((await browser.open(paid.url)).text).toContain('This payment went back to you')
})

test('a full refund of what was changed since leaves that as it is, and tells the vendor so (R81)', async () => {
  await act(await begin(await quoteOf(portal)), 'payments')
  await portal.db.client.execute({
    sql: 'update licenses set size = 20, version = version + 1 where id = ?',
    args: [ada.licenses.frontDesk],
  })
  const [order] = await portal.db.rows(
    "select provider_order_id as id, reference from orders where reference like 'JWT260821-%'",
  )
  const original = { order: order?.id, reference: order?.reference }
  await postEvents(
    portal.deps,
    eventOf('r1', returnOf('ret-1', 1, { original, totalReturn: 120 }), { type: 'return.created' }),
  )
  expect((await sizes())[0]).toMatchObject({ size: 20 })
  await portal.deps.settled()
  const letter = portal.deps.letters.find(
    ({ to, subject }) => to === 'support@acme.example' && subject.includes('was refunded'),
  )
  expect(letter?.subject).toBe(`Order ${order?.reference} was refunded; some of it was changed since and stays`)
  expect(letter?.text).toContain('EUR 120.00 by this refund')
})

test('a refund that overtakes its payment leaves nothing granted', async () => {
  const quote = await quoteOf(portal)
  await postEvents(portal.deps, eventOf('r1', returnOf('ret-1', 1), { type: 'return.created' }))
  await postEvents(portal.deps, eventOf('e1', orderOf(1, { total: 120, tax: 0, tags: { quote } })))
  expect((await sizes())[0]).toMatchObject({ size: 5 })
  expect(await payments()).toMatchObject([{ state: 'refunded' }])
})

test.each([
  ['acme.onfastspring.com', 'held'],
  ['acme.test.onfastspring.com', 'applied'],
])(
  'a test order in the store %s is %s: in production it grants nothing unless the vendor applies it',
  async (storefront, state) => {
    const settings = { storefront, username: 'user', password: 'password', product: 'portal-order' }
    portal = await openPortal({ checkout: fastspringCheckout(settings), sandbox: null })
    const quote = await quoteOf(portal)
    const test = orderOf(1, { total: 120, tax: 0, live: false, tags: { quote } })
    await postEvents(portal.deps, eventOf('e1', test, { live: false }))
    expect(await payments()).toMatchObject([{ state, problem: state === 'held' ? 'test-order' : null }])
    if (state === 'applied') return
    expect((await sizes())[0]).toMatchObject({ size: 5 })
    expect(await portal.db.rows('select state from quotes where id = ?', quote)).toEqual([{ state: 'open' }])
    const vendor = portal.browser()
    await signIn(vendor, acme.login, 'portico-demo')
    const [row] = await portal.db.rows("select id from payments where problem = 'test-order'")
    const page = await vendor.open(`/admin/payments/${row?.id}`)
    expect(page.text).toContain('It is a test order: nothing was paid')
    await vendor.submit(page, 'form[action$="/application"]')
    expect(await sizes()).toEqual(bought)
  },
)

test('a payment with one bit changed is refused and does nothing (W1)', async () => {
  const quote = await quoteOf(portal)
  const body = new Uint8Array(bodyOf(eventOf('e1', orderOf(1, { total: 120, tax: 0, tags: { quote } }))))
  const signature = signatureOf(body)
  const post = (sent: Uint8Array<ArrayBuffer>, signed: string) =>
    portal.app.request('https://portal.acme.example/webhooks/fastspring', {
      ...{ method: 'POST', body: sent },
      headers: { 'content-type': 'application/json', 'x-fs-signature': signed },
    })
  for (let bit = 0; bit < body.length * 8; bit += 23) {
    const flipped = new Uint8Array(body)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect((await post(flipped, signature)).status).toBe(403)
  }
  for (let i = 0; i < signature.length; i++) {
    const changed = signature.slice(0, i) + (signature[i] === 'A' ? 'B' : 'A') + signature.slice(i + 1)
    expect((await post(body, changed)).status).toBe(403)
  }
  expect(await payments()).toEqual([])
  expect((await post(body, signature)).status).toBe(200)
  expect(await sizes()).toEqual(bought)
})

test.each([
  ['added', 144, 24],
  ['counted in', 120, 20],
])('tax that the shop %s is no other amount', async (_, total, tax) => {
  const quote = await quoteOf(portal)
  await postEvents(portal.deps, eventOf('e1', orderOf(1, { total, tax, tags: { quote } })))
  expect(await payments()).toMatchObject([{ state: 'applied' }])
})

test('whose quote it is not may neither pay nor see it (T1)', async () => {
  const quote = await quoteOf(portal)
  await begin(quote)
  const [{ id } = {}] = await checkout()
  const other = portal.browser()
  await signIn(other, grace.email, grace.orders[0])
  expect((await other.request('POST', `/quotes/${quote}/checkouts`, new URLSearchParams())).status).toBe(404)
  expect((await other.open(`/checkouts/${id}`)).status).toBe(404)
})

test('a session that nobody paid ends; a payment that comes all the same is taken', async () => {
  const shop = await begin(await quoteOf(portal))
  portal.deps.clock.forward(25 * 3_600_000)
  await runDue(portal.deps, '*/10 * * * *')
  expect(await portal.db.rows('select state from checkouts where account_id = ?', ada.accountId)).toEqual([
    { state: 'abandoned' },
  ])
  await portal.browser().request('POST', `${shop.url}/payments`, new URLSearchParams())
  expect(await portal.db.rows('select state from checkouts where account_id = ?', ada.accountId)).toEqual([
    { state: 'paid' },
  ])
})

describe('with FastSpring configured', () => {
  let asked: Record<string, unknown>[]
  let answers: () => Response
  beforeAll(() => {
    answers = () => Response.json({ id: `S_${asked.length}_session` })
  })
  const open = async (storefront: string) => {
    asked = []
    const settings = { storefront, username: 'user', password: 'password', product: 'portal-order' }
    const checkout = fastspringCheckout(settings, async (_url, init) => {
      asked.push(JSON.parse(String(init?.body)))
      return answers()
    })
    portal = await openPortal({ checkout, sandbox: null })
    browser = portal.browser()
    await signInAsAda(browser)
  }

  test('a popup storefront gets its script, its session and a policy that lets it in, on that page alone (R79)', async () => {
    await open('acme.onfastspring.com/popup-portal')
    const quote = await quoteOf(portal)
    const page = await begin(quote)
    expect(page.url).toMatch(/^\/checkouts\/chk_\d+\?go=now$/)
    expect(asked).toMatchObject([
      { items: [{ product: 'portal-order', pricing: { price: { EUR: 120 } } }], tags: { quote } },
    ])
    const script = page.dom.querySelector('#fsc-api')
    expect(script?.getAttribute('data-storefront')).toBe('acme.onfastspring.com/popup-portal')
    expect(script?.getAttribute('data-popup-closed')).toBe('porticoPopupClosed')
    expect(page.dom.querySelector('main form')?.getAttribute('data-session')).toBe('S_1_session')
    const policy = page.headers.get('content-security-policy') ?? ''
    for (const part of ['script-src', 'frame-src', 'form-action', 'connect-src', 'style-src']) {
      expect(policy).toMatch(
        new RegExp(`${part} [^;]*https://acme\\.onfastspring\\.com https://sbl\\.onfastspring\\.com`),
      )
    }
    expect(policy).not.toContain('unsafe')
    expect((await browser.open('/')).headers.get('content-security-policy')).not.toContain('onfastspring')
    // A swapped page would be held to the policy of the page before.
    const boosted = await browser.request('GET', page.url, undefined, {
      'hx-request': 'true',
      'hx-request-type': 'full',
    })
    expect(boosted.headers.get('hx-redirect')).toMatch(/^\/checkouts\//)
  })

  test('without a popup, or without its script, the form leads to the store’s page of the same session (R80)', async () => {
    await open('acme.onfastspring.com')
    const page = await begin(await quoteOf(portal))
    expect(page.dom.querySelector('#fsc-api')).toBeNull()
    const form = page.dom.querySelector('main form')
    const answer = await browser.request('POST', form?.getAttribute('action') ?? '', new URLSearchParams())
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      'https://acme.onfastspring.com/session/S_1_session',
    ])
    expect(asked).toHaveLength(1)
    // A session that has ended is opened anew.
    portal.deps.clock.forward(4 * 86_400_000 - 25 * 3_600_000)
    await portal.db.client.execute('update checkouts set expires_at = 0')
    await browser.request('POST', form?.getAttribute('action') ?? '', new URLSearchParams())
    expect(asked).toHaveLength(2)
  })

  test('a shop that does not answer is said so, and leaves no checkout behind', async () => {
    await open('acme.onfastspring.com')
    answers = () => new Response('{"error":"no"}', { status: 500 })
    const quote = await quoteOf(portal)
    const answer = await browser.request('POST', `/quotes/${quote}/checkouts`, new URLSearchParams())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
    expect(await answer.text()).toContain('The shop does not answer')
    expect(await portal.db.rows('select * from checkouts where account_id = ?', ada.accountId)).toEqual([])
  })

  test('the sandbox shop does not exist there', async () => {
    await open('acme.onfastspring.com')
    expect((await browser.open('/sandbox-shop/x')).status).toBe(404)
  })
})

test('a portal that sells without a configured shop says so, and has no sandbox either', async () => {
  portal = await openPortal({ checkout: noCheckout, sandbox: null })
  browser = portal.browser()
  await signInAsAda(browser)
  const answer = await browser.request('POST', `/quotes/${await quoteOf(portal)}/checkouts`, new URLSearchParams())
  expect([answer.status, (await answer.text()).includes('Payments are not taken yet')]).toEqual([409, true])
})
