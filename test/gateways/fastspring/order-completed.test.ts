import { expect, test } from 'vitest'
import { eventsOf, type ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import { shopOrderOf } from '#src/gateways/fastspring/order-completed.ts'
import { testNow } from '../../support/deps.ts'
import { bodyOf, eventOf, itemOf, orderOf } from '../../support/shop.ts'

const read = (data: unknown, more = {}) =>
  shopOrderOf(eventsOf(bodyOf(eventOf('evt-1', data, more)))?.[0] as ProviderEvent, testNow)

function readable(data: unknown, more = {}) {
  const result = read(data, more)
  if ('unreadable' in result) throw new Error(result.unreadable)
  return result.order
}

const reason = (data: unknown) => (read(data) as { unreadable: string }).unreadable

test('an order is read in the words of the domain', () => {
  expect(readable(orderOf(1))).toEqual({
    provider: 'fastspring',
    providerOrderId: 'order-1',
    providerAccountId: 'fs-account-1',
    reference: 'JWT260820-1001-10001',
    live: true,
    orderedAt: new Date(Date.UTC(2026, 7, 20, 23, 59) + 1),
    buyer: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      company: null,
      email: 'ada@example.com',
      phone: '+44 20 1234',
    },
    country: 'GB',
    city: 'London',
    postalCode: 'W1',
    region: 'England',
    currency: 'EUR',
    totalMinor: 15224,
    taxMinor: 2431,
    invoiceUrl: 'https://acme.onfastspring.com/account/order/JWT260820-1001-10001/invoice',
    items: [
      {
        path: 'pro-10',
        sku: null,
        display: 'Display of pro-10',
        quantity: 1,
        subtotalMinor: 9950,
        providerSubscriptionId: null,
      },
    ],
    tags: null,
  })
})

test('account, order, product and subscription come as ids or expanded, and read the same', () => {
  const person = { first: 'Ada', last: 'Lovelace', email: 'ada@example.com', company: null, phone: '+44 20 1234' }
  const expanded = orderOf(1, {
    order: { id: 'order-1', order: 'order-1' },
    account: { id: 'fs-account-1', account: 'fs-account-1', contact: person, country: 'GB', language: 'en' },
    items: [
      {
        ...itemOf('pro-10', 1, { subscription: { id: 'sub-1', subscription: 'sub-1', product: 'pro-10', next: 1 } }),
        product: { product: 'pro-10', parent: null, sku: null, display: { en: 'Display of pro-10' }, pricing: {} },
        display: undefined,
      },
    ],
  })
  expect(readable(expanded)).toEqual(readable(orderOf(1, { items: [itemOf('pro-10', 1, { subscription: 'sub-1' })] })))
})

test('the e-mail is the customer’s, else the account’s, else the recipient’s, as typed', () => {
  const [first, last] = ['Ada', 'Lovelace']
  const account = { id: 'fs-1', contact: { first, last, email: 'Account@Example.com' } }
  const recipients = [{ recipient: { first, last, email: 'recipient@example.com' } }]
  const emailOf = (more: object) => readable(orderOf(1, { account, recipients, ...more })).buyer.email
  expect(emailOf({})).toBe('ada@example.com')
  expect(emailOf({ customer: { first, last, email: null } })).toBe('Account@Example.com')
  expect(emailOf({ customer: null, account: 'fs-1' })).toBe('recipient@example.com')
  expect(emailOf({ customer: null, account: null, recipients: [{ email: 'bare@example.com' }] })).toBe(
    'bare@example.com',
  )
  expect(emailOf({ customer: { email: 'no e-mail at all' } })).toBe('Account@Example.com')
})

test('money becomes minor units by its currency', () => {
  const moneyOf = (currency: string, total: unknown) => readable(orderOf(1, { currency, total, tax: 0 })).totalMinor
  expect(moneyOf('EUR', 152.24)).toBe(15224)
  expect(moneyOf('USD', 1.005)).toBe(101)
  expect(moneyOf('EUR', 0.1 + 0.2)).toBe(30)
  expect(moneyOf('JPY', 1500)).toBe(1500)
  expect(moneyOf('BHD', 1.234)).toBe(1234)
  expect(moneyOf('EUR', '187.00')).toBe(18700)
  expect(moneyOf('EUR', 0)).toBe(0)
})

test('a test order is told by the event or by the order', () => {
  expect(readable(orderOf(1)).live).toBe(true)
  expect(readable(orderOf(1, { live: false })).live).toBe(false)
  expect(readable(orderOf(1, { live: undefined }), { live: false }).live).toBe(false)
})

test('when it was made: the order’s word, else the event’s, else now; never the future', () => {
  const at = (changed: unknown, changedInSeconds: unknown = null, created: unknown = null) =>
    readable(orderOf(1, { changed, changedInSeconds }), { created }).orderedAt.getTime()
  expect(at(1555170640352)).toBe(1555170640352)
  expect(at(null, 1555170640)).toBe(1555170640000)
  expect(at('soon', {}, 1555170640394)).toBe(1555170640394)
  for (const never of [null, 'NaN', -5, 1e300, 253402300800000, Date.UTC(2050, 1, 1)]) {
    expect(at(never)).toBe(testNow.getTime())
  }
})

test('a link that is none of https is left out', () => {
  for (const invoiceUrl of [
    'javascript:alert(1)',
    'http://x.example',
    'x',
    5,
    null,
    `https://x.example/${'a'.repeat(2000)}`,
  ]) {
    expect(readable(orderOf(1, { invoiceUrl })).invoiceUrl).toBeNull()
  }
})

test('texts are one line without control and turning characters, at most 200 characters', () => {
  const odd = (first: string) => readable(orderOf(1, { customer: { first, last: '', email: 'ada@example.com' } })).buyer
  expect(odd('A\r\nBcc: x\u0000\u202Eevil').firstName).toBe('A Bcc: xevil')
  expect(odd('👩‍💻 Ada').firstName).toBe('👩‍💻 Ada')
  expect([...odd('🦊'.repeat(10_000)).firstName]).toHaveLength(200)
  expect(odd('\ud800').firstName.isWellFormed()).toBe(true)
})

test.each([
  ['no order at all', undefined, 'data:'],
  ['a list', [], 'data:'],
  ['no id', orderOf(1, { order: null, id: null }), 'order: no id'],
  ['no reference', orderOf(1, { reference: null }), 'reference:'],
  ['a reference without a letter', orderOf(1, { reference: '---' }), 'reference:'],
  ['a reference too long', orderOf(1, { reference: 'A'.repeat(65) }), 'reference:'],
  ['a reference that would fold', orderOf(1, { reference: 'ﷺﷺ' }), 'reference:'],
  ['no e-mail', orderOf(1, { customer: null, recipients: [] }), 'customer.email:'],
  [
    'an e-mail with a line break',
    orderOf(1, { customer: { email: 'a@b.c\nBcc: d@e.f' }, recipients: [] }),
    'customer.email:',
  ],
  [
    'an e-mail with a path',
    orderOf(1, { customer: { email: 'a@exämple.com/x.y' }, recipients: [] }),
    'customer.email:',
  ],
  ['no currency', orderOf(1, { currency: null }), 'currency:'],
  ['a currency of many letters', orderOf(1, { currency: 'EURO' }), 'currency:'],
  ['no total', orderOf(1, { total: null }), 'total:'],
  ['a total that is no number', orderOf(1, { total: 'NaN' }), 'total:'],
  ['a negative total', orderOf(1, { total: -1 }), 'total:'],
  ['an endless total', orderOf(1, { total: 1e300 }), 'total:'],
  ['no items', orderOf(1, { items: null }), 'items:'],
  ['an empty list of items', orderOf(1, { items: [] }), 'items:'],
  ['items as an object', orderOf(1, { items: { 0: itemOf('pro-10') } }), 'items:'],
  ['an item that is none', orderOf(1, { items: [5] }), 'items.0:'],
  ['an item without a path', orderOf(1, { items: [itemOf('')] }), 'items.0.product'],
  ['a negative quantity', orderOf(1, { items: [itemOf('pro-10', -1)] }), 'items.0.quantity:'],
  ['half a license', orderOf(1, { items: [itemOf('pro-10', 0.5)] }), 'items.0.quantity:'],
  ['a quantity beyond counting', orderOf(1, { items: [itemOf('pro-10', 1e20)] }), 'items.0.quantity:'],
  ['a quantity in words', orderOf(1, { items: [itemOf('pro-10', 1, { quantity: 'two' })] }), 'items.0.quantity:'],
  ['an item’s price beyond counting', orderOf(1, { items: [itemOf('pro-10', 1, { subtotal: 1e200 })] }), 'total:'],
])('%s cannot be read, and the reason says where', (_, data, start) => {
  expect(reason(data)).toContain(start)
})

test('null or nonsense where nothing is needed does not matter', () => {
  const bare = readable({
    order: 'order-1',
    reference: 'JWT1',
    currency: 'EUR',
    total: 5,
    customer: { email: 'ada@example.com', first: 5, last: [], company: {}, phone: null },
    address: 'nowhere',
    account: { id: {}, contact: 'x', country: 'Great Britain' },
    recipients: 'x',
    tax: null,
    tags: { a: { b: {} } },
    items: [{ product: 'pro-10', quantity: '2', sku: {}, display: null, subtotal: null, subscription: {} }],
  })
  expect(bare).toMatchObject({ country: null, city: null, taxMinor: 0, providerAccountId: null })
  expect(bare.buyer).toMatchObject({ firstName: '', lastName: '', company: null })
  expect(bare.items).toEqual([
    { path: 'pro-10', sku: null, display: 'pro-10', quantity: 2, subtotalMinor: 0, providerSubscriptionId: null },
  ])
})

test('what a checkout gave along comes back; anything that is no quote of ours is an order of the shop', () => {
  const tagged = (tags: unknown) => readable(orderOf(1, { tags })).tags
  expect(tagged({ quote: 'quo_1', checkout: 'chk_1', account: 'acc_1' })).toEqual({ quote: 'quo_1', checkout: 'chk_1' })
  expect(tagged({ quote: 'quo_1' })).toEqual({ quote: 'quo_1', checkout: null })
  for (const other of [null, 'quote', {}, { quote: '' }, { quote: 5 }, { referrer: 'x' }, { quote: "'; --" }]) {
    expect(tagged(other)).toBeNull()
  }
})
