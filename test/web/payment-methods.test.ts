import { beforeEach, describe, expect, test } from 'vitest'
import { fabrikam } from '#dev/world/people.ts'
import { fastspringCheckout } from '#src/gateways/checkout/fastspring.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'
import { submitTogether } from '../support/race.ts'
import { eventOf, orderOf, postEvents } from '../support/shop.ts'

let portal: Portal
let billing: Browser
beforeEach(async () => {
  portal = await openPortal()
  billing = portal.browser()
  await signIn(billing, fabrikam.logins.billing.email, 'portico-demo')
})

const methods = () =>
  portal.db.rows(
    'select brand, last_four as four, is_default as active from payment_methods where account_id = ? and removed_at is null order by n',
    fabrikam.accountId,
  )

test('R167 R234 R236: cards are tiles with brand, last four digits, end and which is active; a card is added at the provider', async () => {
  const page = await billing.open('/billing/payment-methods')
  expect(page.text).toContain('Visa ending 4242Expires November 2028 Active')
  expect(page.text).toContain('Mastercard ending 0002Expires April 2027 Kept')
  const wallet = await billing.submit(page, 'main > form')
  expect(wallet.url).toMatch(/^\/sandbox-shop\/wallets\/acc_/)
  const added = await billing.submit(wallet, 'form', { card: 'expired' })
  expect(added.url).toBe('/billing/payment-methods')
  expect(added.text).toContain('Payment method added.')
  expect(added.text).toContain('American Express ending 0005Expires August 2025 Expired')
  expect((await billing.open('/events?action=payment-method.added')).text).toContain('American Express ending 0005')
})

test('nothing that could be the number of a card is kept', async () => {
  const insert = (token: string, four: string, brand = 'Visa') =>
    portal.db.client.execute({
      sql: "insert into payment_methods (id, account_id, provider, token, brand, last_four, expires, created_at) values ('pmt_x', ?, 'sandbox', ?, ?, ?, '2030-01', 0)",
      args: [fabrikam.accountId, token, brand, four],
    })
  await expect(insert('4242424242424242', '4242')).rejects.toThrow('payment_method_no_number')
  await expect(insert('tok_x', '4242424242424242')).rejects.toThrow('payment_method_last_four')
  await expect(insert('tok_x', '4242', 'Visa 4242424242424242')).rejects.toThrow('payment_method_no_number')
})

test('another one is made active; the active one is removed, and the oldest that is left takes its place', async () => {
  const page = await billing.open('/billing/payment-methods')
  await billing.submit(page, 'form[action$="mastercard/defaults"]')
  expect(await methods()).toMatchObject([
    { four: '4242', active: 0 },
    { four: '0002', active: 1 },
  ])
  const again = await billing.open('/billing/payment-methods')
  const ask = await billing.follow(again, 'Remove Mastercard')
  expect(ask.text).toContain('From then on Visa ending 4242 is charged')
  await billing.submit(ask, 'main form')
  expect(await methods()).toEqual([{ brand: 'Visa', four: '4242', active: 1 }])
  const last = await billing.follow(await billing.open('/billing/payment-methods'), 'Remove Visa')
  expect(last.text).toContain('It is the last one')
  const gone = await billing.submit(last, 'main form')
  expect(gone.text).toContain('No payment method yet.')
})

test('of two tabs that change one method at once the second is told', async () => {
  const fields = { version: '1' }
  const path = '/billing/payment-methods/pmt_00-fabrikam-mastercard'
  const forms = ['defaults', 'removals'].map((act) => ({ cookies: billing.cookies, path: `${path}/${act}`, fields }))
  expect((await submitTogether(portal, forms)).toSorted()).toEqual([303, 412])
})

describe('R237 autopayment', () => {
  const save = async (fields: Record<string, string>) =>
    billing.submit(await billing.open('/billing/autopayment'), 'main form', fields)

  test('the three modes; funds are added up to an amount', async () => {
    const page = await billing.open('/billing/autopayment')
    expect(page.dom.querySelectorAll('[name="mode"]')).toHaveLength(3)
    expect(page.dom.querySelector('[name="mode"][checked]')?.getAttribute('value')).toBe('repay')
    expect(page.text).toContain('at least EUR 20.00')
    const saved = await save({ mode: 'add', refill: '500,00' })
    expect(saved.text).toContain('Saved.')
    expect(saved.dom.querySelector('#refill')?.getAttribute('value')).toBe('500.00')
    expect(
      await portal.db.rows(
        'select mode, low_minor as low, refill_minor as refill from autopayment_settings where account_id = ?',
        fabrikam.accountId,
      ),
    ).toEqual([{ mode: 'add', low: 10_000, refill: 50_000 }])
    const trail = await billing.open('/events?action=autopayment.changed')
    expect(trail.text).toContain('Auto add funds')
  })

  test.each(['', '100', '109.99', '50000.01', '-5', 'much'])(
    'an amount of "%s" comes back with how to mend it',
    async (refill) => {
      const page = await save({ mode: 'add', refill })
      expect(page.status).toBe(422)
      expect(page.text).toContain('Write an amount from EUR 110.00 to EUR 50000.00')
      expect(page.dom.querySelector('#refill')?.getAttribute('value')).toBe(refill)
    },
  )

  test('a choice made meanwhile in another tab is not overwritten', async () => {
    const stale = await billing.open('/billing/autopayment')
    await save({ mode: 'none' })
    const late = await billing.submit(stale, 'main form', { mode: 'repay' })
    expect([late.status, late.dom.querySelector('#mode-error')?.text]).toEqual([
      412,
      expect.stringMatching(/^Error: It says “.+” now$/),
    ])
    expect((await billing.submit(late, 'main form')).text).toContain('Saved.')
  })
})

test('the e-mail for billing that somebody else changed meanwhile is shown, and sent again it is saved (R235)', async () => {
  const [one, other] = [await billing.open('/billing/information'), await billing.open('/billing/information')]
  await billing.submit(one, 'main form', { billingEmail: 'one@fabrikam.example' })
  const late = await billing.submit(other, 'main form', { billingEmail: 'other@fabrikam.example' })
  expect([late.status, late.text]).toEqual([412, expect.stringContaining('it says “one@fabrikam.example” now')])
  expect((await billing.submit(late, 'main form')).text).toContain('Saved.')
})

test('R235: the e-mail for billing is saved on its tab', async () => {
  const page = await billing.open('/billing/information')
  expect((await billing.submit(page, 'main form', { billingEmail: 'nobody' })).status).toBe(422)
  const saved = await billing.submit(page, 'main form', { billingEmail: 'money@fabrikam.example' })
  expect(saved.text).toContain('Saved.')
  expect(saved.dom.querySelector('#billingEmail')?.getAttribute('value')).toBe('money@fabrikam.example')
})

test('R268: whoever reads billing sees methods and choice, and changes nothing', async () => {
  const reader = portal.browser()
  await signIn(reader, fabrikam.logins['read-billing'].email, 'portico-demo')
  for (const path of ['/billing/payment-methods', '/billing/autopayment']) {
    const page = await reader.open(path)
    expect([page.status, page.dom.querySelectorAll('main form').length]).toEqual([200, 0])
  }
  expect((await reader.open('/billing/information')).status).toBe(403)
})

test('scripts list, choose and remove methods, and choose how the balance is filled', async () => {
  const key = fabrikam.apiKey
  const list = await (await portal.call('GET', '/api/v1/billing/payment-methods', { key })).json()
  expect(list.data[0]).toEqual({
    ...{ id: 'pmt_00-fabrikam-visa', brand: 'Visa', lastFour: '4242', expires: '2028-11', default: true, version: 1 },
  })
  const at = '/api/v1/billing/payment-methods/pmt_00-fabrikam-mastercard'
  expect((await portal.call('PATCH', at, { key, body: { default: true } })).status).toBe(428)
  const made = await portal.call('PATCH', at, { key, body: { default: true }, headers: { 'if-match': '"1"' } })
  expect([made.status, (await made.json()).default, made.headers.get('etag')]).toEqual([200, true, '"2"'])
  expect((await portal.call('DELETE', at, { key, headers: { 'if-match': '"1"' } })).status).toBe(412)
  expect((await portal.call('DELETE', at, { key })).status).toBe(204)
  const chosen = await portal.call('PATCH', '/api/v1/billing/autopayment', {
    ...{ key, headers: { 'if-match': '*' }, body: { mode: 'add', refill: { minor: 20_000, currency: 'EUR' } } },
  })
  expect(await chosen.json()).toEqual({
    ...{
      mode: 'add',
      below: { minor: 10_000, currency: 'EUR' },
      refill: { minor: 20_000, currency: 'EUR' },
      failure: null,
    },
  })
})

test('FastSpring keeps its methods itself: the way there is a signed-in page of its own, and before a first payment there is none', async () => {
  const asked: string[] = []
  const url = 'https://acme.onfastspring.com/account/x?token=y'
  const answer = { accounts: [{ action: 'account.authenticate.get', account: 'fs-1', result: 'success', url }] }
  const fetcher = (async (at: string) => {
    asked.push(at)
    return Response.json(answer)
  }) as unknown as typeof fetch
  const settings = {
    storefront: 'acme.onfastspring.com/popup-portal',
    username: 'u',
    password: 'p',
    product: 'portal-order',
  }
  portal = await openPortal({ checkout: fastspringCheckout(settings, fetcher), sandbox: null })
  billing = portal.browser()
  await signIn(billing, fabrikam.logins.billing.email, 'portico-demo')
  const page = await billing.open('/billing/payment-methods')
  expect(page.text).toContain('charges them only while you are there')
  const none = await billing.request('POST', '/billing/payment-methods', new URLSearchParams())
  expect([none.status, await none.text()]).toEqual([409, expect.stringContaining('keeps nothing of yours yet')])
  const pays = async (n: number, email: string, account: string) => {
    const quote = await billing.submit(await billing.open('/billing'), 'form[action="/billing/top-ups"]', {
      amount: '50',
    })
    const customer = { first: 'Fay', last: 'Brik', email }
    const tags = { quote: quote.url.split('/').at(-1) }
    await postEvents(
      portal.deps,
      eventOf(`paid-${n}`, orderOf(n, { total: 50, tax: 0, account, customer, recipients: [], tags })),
    )
    expect(await portal.db.rows('select state from payments where quote_id = ?', String(tags.quote))).toEqual([
      { state: 'applied' },
    ])
  }
  await pays(1, 'somebody@example.com', 'fs-of-somebody')
  expect((await billing.request('POST', '/billing/payment-methods', new URLSearchParams())).status).toBe(409)
  await pays(2, fabrikam.email, 'fs-1')
  await pays(3, fabrikam.email, 'fs-2')
  const away = await billing.request('POST', '/billing/payment-methods', new URLSearchParams())
  expect([away.status, away.headers.get('location'), asked]).toEqual([
    ...[303, url],
    ['https://api.fastspring.com/accounts/fs-1/authenticate'],
  ])
})
