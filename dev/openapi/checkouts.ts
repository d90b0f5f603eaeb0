import * as z from 'zod'
import { checkoutBody } from '#src/api/checkouts.ts'
import { checkoutStandings } from '#src/domain/checkouts/standing.ts'
import { instant, money } from './common.ts'
import type { Operation, Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_fabrikam'"
const json = "-H 'Content-Type: application/json'"

const checkout: Shape = {
  name: 'Checkout',
  schema: z.strictObject({
    id: z.string(),
    quote: z.string(),
    state: z.enum(checkoutStandings).meta({
      description:
        '`open` to be paid; `waiting` for the shop’s word; `paid`; `paid-elsewhere` by another checkout of the quote; `held` for the vendor; `declined`, `left`; `over` with its quote; `refunded`.',
    }),
    total: money.schema,
    url: z.string().nullable().meta({ description: 'Where it is paid, in a browser.' }),
    expiresAt: instant.meta({ description: 'Until when the shop takes the payment.' }),
    reference: z.string().nullable().meta({ description: 'The order that paid it.' }),
    paidAt: instant.nullable(),
    createdAt: instant,
  }),
  example: {
    id: 'chk_01',
    quote: 'quo_01',
    state: 'open',
    total: { minor: 12000, currency: 'EUR' },
    url: 'https://acme.onfastspring.com/session/4xZ',
    expiresAt: '2026-08-22T09:30:00.000Z',
    reference: null,
    paidAt: null,
    createdAt: '2026-08-21T09:30:00.000Z',
  },
}

export const checkoutOperations: readonly Operation[] = [
  {
    id: 'createCheckout',
    tag: 'Checkouts',
    method: 'post',
    path: '/api/v1/checkouts',
    summary: 'Begin to pay a quote',
    description:
      'Opens a session at the shop with the prices of the quote. Nothing is granted before the shop confirms the payment. While a checkout of the quote is open, it is answered again.',
    headers: ['Idempotency-Key'],
    body: { name: 'NewCheckout', schema: checkoutBody, example: { quote: 'quo_01' } },
    answers: [{ status: 201, description: 'The checkout.', shape: checkout }],
    problems: [
      'invalid-request',
      'not-found',
      'quote-expired',
      'quote-free',
      'quote-stale',
      'quote-paid',
      'shop-closed',
      'shop-unavailable',
    ],
    curl: `curl -X POST http://localhost:8787/api/v1/checkouts \\\n  ${key} \\\n  ${json} -d '{"quote":"quo_00-fabrikam"}'`,
  },
  {
    id: 'findCheckout',
    tag: 'Checkouts',
    method: 'get',
    path: '/api/v1/checkouts/{id}',
    summary: 'Read a checkout',
    description: 'Ask again while it is `open` or `waiting`; every few seconds is enough.',
    inPath: { id: 'The id of the checkout.' },
    answers: [{ status: 200, description: 'The checkout.', shape: checkout }],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/checkouts/chk_00-fabrikam \\\n  ${key}`,
  },
]
