import { createHmac } from 'node:crypto'
import { receiveFastspring } from '#src/api/webhooks.ts'
import { insertAccount } from '#src/db/accounts.ts'
import { commit } from '#src/db/commit.ts'
import type { Connection } from '#src/db/connection.ts'
import { build, write } from '#src/db/query.ts'
import { editions, families, offers, products, shopItems } from '#src/db/schema/catalog.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { testId, testNow } from './deps.ts'

export const shopSecret = 'portico-demo'
export const vendorId = testId('account')

const remote = { productCode: 'remote-access', editionCode: 'pro' }

/** A vendor, one product, and the items its shop sells. */
export async function openShop(db: Connection): Promise<void> {
  const values = <T extends typeof families | typeof products | typeof editions | typeof offers | typeof shopItems>(
    table: T,
    ...rows: T['$inferInsert'][]
  ) => write(build.insert(table as typeof families).values(rows as never))
  await commit(db, [
    insertAccount({
      id: vendorId,
      kind: 'vendor',
      name: 'Acme Software',
      email: 'staff@acme.example',
      emailKey: 'staff@acme.example',
      createdAt: testNow,
    }),
    values(families, { code: 'remote-access', name: 'Remote Access', position: 1 }),
    values(products, {
      ...{ code: 'remote-access', familyCode: 'remote-access', name: 'Remote Access' },
      ...{ unit: 'user', pricingRule: 'perpetual', position: 1 },
    }),
    values(editions, { productCode: 'remote-access', code: 'pro', name: 'Pro', rank: 1 }),
    values(
      offers,
      { code: 'pro/10', kind: 'license', ...remote, size: 10, sku: 'RA-PRO-10' },
      { code: 'pro/unlimited', kind: 'license', ...remote, size: null, sku: 'RA-TWICE' },
      { code: 'pro/per-user', kind: 'license', ...remote, size: null, perUnit: true, sku: 'RA-TWICE' },
      { code: 'pro/support', kind: 'support', ...remote, size: 10, sku: 'RA-SUP' },
    ),
    values(
      shopItems,
      { path: 'pro-10', offerCode: 'pro/10', supportYears: 1 },
      { path: 'pro-10-bare', offerCode: 'pro/10' },
      { path: 'pro-unlimited', offerCode: 'pro/unlimited', supportYears: 2 },
      { path: 'pro-users', offerCode: 'pro/per-user', quantityIs: 'size', supportYears: 1 },
      { path: 'pro-one-user', offerCode: 'pro/per-user' },
      { path: 'pro-support', offerCode: 'pro/support', supportYears: 1 },
    ),
  ])
}

type Json = Record<string, unknown>

/** An item as the shop tells it. */
export const itemOf = (product: string, quantity = 1, more: Json = {}): Json => ({
  product,
  quantity,
  display: `Display of ${product}`,
  sku: null,
  subtotal: 99.5,
  discount: 0,
  fulfillments: {},
  driver: { type: 'direct', path: product },
  ...more,
})

/** The data of an `order.completed`; ids where the shop does not expand them. */
export const orderOf = (n: number, more: Json = {}): Json => ({
  order: `order-${n}`,
  id: `order-${n}`,
  reference: `JWT260820-${1000 + n}-${10000 + n}`,
  buyerReference: null,
  completed: true,
  changed: Date.UTC(2026, 7, 20, 23, 59) + n,
  changedInSeconds: Math.floor((Date.UTC(2026, 7, 20, 23, 59) + n) / 1000),
  language: 'en',
  live: true,
  currency: 'EUR',
  payoutCurrency: 'USD',
  invoiceUrl: `https://acme.onfastspring.com/account/order/JWT260820-${1000 + n}-${10000 + n}/invoice`,
  account: 'fs-account-1',
  total: 152.24,
  tax: 24.31,
  subtotal: 127.93,
  payment: { type: 'test', cardEnding: '4242' },
  customer: { first: 'Ada', last: 'Lovelace', email: 'ada@example.com', company: null, phone: '+44 20 1234' },
  address: { country: 'GB', city: 'London', postalCode: 'W1', region: 'England', display: 'London, GB' },
  recipients: [{ recipient: { first: 'Ada', last: 'Lovelace', email: 'ada@example.com', company: null } }],
  notes: [],
  items: [itemOf('pro-10')],
  ...more,
})

/** A subscription as the shop tells it; days are `2026-08-20`. */
export const subscriptionOf = (id: string, more: Json = {}): Json => ({
  id,
  subscription: id,
  active: true,
  state: 'active',
  changed: Date.UTC(2026, 7, 21),
  live: true,
  currency: 'EUR',
  account: 'fs-account-1',
  product: 'pro-users',
  sku: null,
  display: 'Remote Access by the month',
  quantity: 5,
  autoRenew: true,
  price: 20,
  subtotal: 100,
  next: Date.UTC(2026, 8, 20),
  end: null,
  canceledDate: null,
  deactivationDate: null,
  sequence: 1,
  periods: null,
  remainingPeriods: null,
  begin: Date.UTC(2026, 7, 20),
  intervalUnit: 'month',
  intervalLength: 1,
  nextChargeDate: Date.UTC(2026, 8, 20),
  nextChargeTotal: 100,
  ...more,
})

/** A charge of a subscription as the shop tells it. */
export const chargeOf = (subscription: unknown, sequence: number, timestamp: number, more: Json = {}): Json => ({
  order: { order: `charge-${sequence}`, id: `charge-${sequence}`, reference: `JWT260820-1001-10001B${sequence}` },
  currency: 'EUR',
  total: 100,
  status: 'successful',
  timestamp,
  sequence,
  periods: null,
  account: 'fs-account-1',
  subscription,
  ...more,
})

/** A refund of order `n` as the shop tells it. */
export const returnOf = (id: string, n: number, more: Json = {}): Json => ({
  return: id,
  quote: null,
  reference: `JWT260825-${2000 + n}-${20000 + n}X`,
  completed: true,
  changed: Date.UTC(2026, 7, 25, 10),
  live: true,
  account: 'fs-account-1',
  currency: 'EUR',
  payoutCurrency: 'USD',
  totalReturn: 152.24,
  tax: 24.31,
  subtotal: 127.93,
  payment: { type: 'test', cardEnding: '4242' },
  reason: 'Product Not As Expected',
  note: '',
  original: {
    order: `order-${n}`,
    id: `order-${n}`,
    reference: `JWT260820-${1000 + n}-${10000 + n}`,
    account: 'fs-account-1',
    currency: 'EUR',
    total: 152.24,
  },
  items: [],
  ...more,
})

/** An event as the shop sends it. */
export const eventOf = (id: string, data: unknown, more: Json = {}): Json => ({
  id,
  processed: false,
  created: Date.UTC(2026, 7, 21, 0, 0, 5),
  type: 'order.completed',
  live: true,
  data,
  ...more,
})

export const bodyOf = (...events: unknown[]): Uint8Array => Buffer.from(JSON.stringify({ events }))

export const signatureOf = (body: Uint8Array, secret = shopSecret): string =>
  createHmac('sha256', secret).update(body).digest('base64')

export const origin = { address: '203.0.113.9', requestId: 'req_test' }

/** Posts a body as the shop does, signed. */
export const postBody = (deps: Deps, body: Uint8Array) =>
  receiveFastspring(deps, body, signatureOf(body), [shopSecret], origin)

export const postEvents = (deps: Deps, ...events: unknown[]) => postBody(deps, bodyOf(...events))
