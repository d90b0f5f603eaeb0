import * as z from 'zod'
import { orderQuery } from '#src/api/orders.ts'
import { day, instant, listOf, money } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_acme'"

const fields = {
  id: z.string(),
  reference: z.string(),
  test: z.boolean().meta({ description: 'Whether it is a test order of the payment provider.' }),
  name: z.string(),
  email: z.string(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  total: money.schema,
  tax: money.schema,
  orderedAt: instant,
  createdAt: instant,
}

const item = z.strictObject({
  id: z.string(),
  name: z.string(),
  sku: z.string().nullable(),
  offer: z.string().nullable().meta({
    description:
      'The code of the offer; `null` where the catalog does not know it, and of what was paid into a balance.',
  }),
  quantity: z.int(),
  subtotal: money.schema,
  refundedOn: day.nullable().meta({ description: 'When its price went back in full.' }),
  licenses: z.array(z.strictObject({ id: z.string(), serial: z.string() })),
})

const example = {
  id: 'ord_00-ada-1',
  reference: 'JWT190724-1001-10001',
  test: false,
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  country: 'GB',
  city: 'London',
  total: { minor: 15224, currency: 'EUR' },
  tax: { minor: 2537, currency: 'EUR' },
  orderedAt: '2019-07-24T09:41:24.000Z',
  createdAt: '2019-07-24T09:41:26.000Z',
}

const order: Shape = { name: 'Order', schema: z.strictObject(fields), example }

const orderWithItems: Shape = {
  name: 'OrderWithItems',
  schema: z.strictObject({ ...fields, items: z.array(item) }),
  example: {
    ...example,
    items: [
      {
        id: 'itm_00-ada-1-1',
        name: 'Remote Access Pro edition, 10 users',
        sku: null,
        offer: 'remote-access/pro/10',
        quantity: 1,
        subtotal: { minor: 15224, currency: 'EUR' },
        refundedOn: null,
        licenses: [{ id: 'lic_00-ada-1', serial: 'S-7K2M9-QX4TD' }],
      },
    ],
  },
}

export const orderOperations: readonly Operation[] = [
  {
    id: 'listOrders',
    tag: 'Orders',
    method: 'get',
    path: '/api/v1/orders',
    summary: 'List orders',
    description: 'Orders of the account of the key and of all accounts below it.',
    query: queryOf(orderQuery, {
      q: 'Finds by the beginning of the order number or of the e-mail.',
      unknown: 'Only orders with an item that the catalog does not know.',
      sort: 'By the time ordered or by the total; a minus turns it round.',
      ...pageWords,
    }),
    answers: [{ status: 200, description: 'A page of orders.', shape: listOf(order), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl 'http://localhost:8787/api/v1/orders?sort=-total&limit=5' \\\n  ${key}`,
  },
  {
    id: 'findOrder',
    tag: 'Orders',
    method: 'get',
    path: '/api/v1/orders/{reference}',
    summary: 'Read an order',
    description: 'With its items, each with the licenses it became.',
    inPath: { reference: 'The order number, in any case, with or without dashes.' },
    answers: [{ status: 200, description: 'The order.', shape: orderWithItems }],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/orders/JWT190724-1001-10001 \\\n  ${key}`,
  },
]
