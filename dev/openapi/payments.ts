import * as z from 'zod'
import { paymentQuery, settlementBody } from '#src/api/payments.ts'
import { paymentProblems, paymentStates } from '#src/domain/payments/payment.ts'
import { instant, listOf, money } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_acme'"

const payment: Shape = {
  name: 'Payment',
  schema: z.strictObject({
    id: z.string(),
    reference: z.string().meta({ description: 'The order number that the shop gave it.' }),
    test: z.boolean(),
    quote: z.string().meta({ description: 'The quote that was paid, as the shop told it.' }),
    checkout: z.string().nullable(),
    name: z.string(),
    email: z.string(),
    total: money.schema,
    tax: money.schema,
    state: z.enum(paymentStates),
    problem: z.enum(paymentProblems).nullable().meta({ description: 'Why it was held.' }),
    paidAt: instant,
    settledAt: instant.nullable(),
    settledBy: z.string().nullable(),
  }),
  example: {
    id: 'pay_01',
    reference: 'JWT260821-1234-56789',
    test: false,
    quote: 'quo_01',
    checkout: 'chk_01',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    total: { minor: 12000, currency: 'EUR' },
    tax: { minor: 0, currency: 'EUR' },
    state: 'held',
    problem: 'quote-expired',
    paidAt: '2026-08-21T09:30:00.000Z',
    settledAt: null,
    settledBy: null,
  },
}

const settling = {
  tag: 'Payments',
  method: 'post',
  inPath: { id: 'The id of the payment.' },
  headers: ['Idempotency-Key'],
  body: { name: 'PaymentSettlement', schema: settlementBody, example: {} },
} as const

export const paymentOperations: readonly Operation[] = [
  {
    id: 'listPayments',
    tag: 'Payments',
    method: 'get',
    path: '/api/v1/payments',
    summary: 'List payments for quotes',
    description: 'What came in for quotes, the newest first: those that wait to be settled, unless all are asked for.',
    query: queryOf(paymentQuery, { state: 'Those to settle, or all.', ...pageWords }),
    answers: [
      { status: 200, description: 'A page of payments.', shape: listOf(payment), csv: true, headers: ['Link'] },
    ],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl 'http://localhost:8787/api/v1/payments?state=all' \\\n  ${key}`,
  },
  {
    id: 'findPayment',
    tag: 'Payments',
    method: 'get',
    path: '/api/v1/payments/{id}',
    summary: 'Read a payment',
    description: 'With its state and, where it is held, the reason.',
    inPath: { id: 'The id of the payment.' },
    answers: [{ status: 200, description: 'The payment.', shape: payment }],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/payments/pay_00-lost \\\n  ${key}`,
  },
  {
    ...settling,
    id: 'applyPayment',
    path: '/api/v1/payments/{id}/applications',
    summary: 'Apply a held payment',
    description:
      'Grants what was quoted, as if all had fitted. Where no quote is known, it becomes an order of the shop.',
    answers: [{ status: 201, description: 'The payment as it is now.', shape: payment }],
    problems: ['not-found', 'payment-settled', 'payment-not-applicable', 'version-mismatch'],
    curl: `curl -X POST http://localhost:8787/api/v1/payments/pay_00-lost/applications \\\n  ${key}`,
  },
  {
    ...settling,
    id: 'refundPayment',
    path: '/api/v1/payments/{id}/refunds',
    summary: 'Mark a held payment as refunded',
    description: 'Refund it in the shop first: the portal moves no money.',
    answers: [{ status: 201, description: 'The payment as it is now.', shape: payment }],
    problems: ['not-found', 'payment-settled', 'version-mismatch'],
    curl: `curl -X POST http://localhost:8787/api/v1/payments/pay_00-stray/refunds \\\n  ${key}`,
  },
]
