import * as z from 'zod'
import { balanceEntryQuery, costQuery } from '#src/api/billing.ts'
import { autopaymentBody, paymentMethodBody } from '#src/api/payment-methods.ts'
import { autopaymentModes } from '#src/domain/billing/autopayment.ts'
import { costSources } from '#src/domain/billing/costs.ts'
import { balanceReasons } from '#src/domain/billing/entry.ts'
import { day, instant, listOf, money } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const json = "-H 'Content-Type: application/json'"
const key = "-H 'Authorization: Bearer ptk_demo_fabrikam'"
const eur = (minor: number) => ({ minor, currency: 'EUR' })
const forThose = 'Null for whoever may not see prices.'

const billing: Shape = {
  name: 'Billing',
  schema: z.strictObject({
    balance: money.schema.meta({ description: 'Below zero is owed.' }),
    otherBalances: z
      .array(money.schema)
      .meta({ description: 'What was paid in other currencies; nothing is charged from it.' }),
    nextCharge: z.strictObject({
      on: day,
      total: money.schema,
      lines: z.array(
        z.strictObject({
          product: z.string(),
          servers: z.int().meta({ description: 'Servers in use now.' }),
          each: money.schema.nullable().meta({ description: forThose }),
          due: money.schema.nullable().meta({ description: 'Null where the product has no price.' }),
        }),
      ),
    }),
    prices: z
      .array(
        z.strictObject({
          product: z.string(),
          from: z.int().meta({ description: 'From this number of servers on, each costs this.' }),
          each: money.schema,
        }),
      )
      .nullable()
      .meta({ description: `By the month, by volume. ${forThose}` }),
  }),
  example: {
    balance: eur(61_230),
    otherBalances: [],
    nextCharge: {
      on: '2026-09-01',
      total: eur(29_120),
      lines: [{ product: 'live-patching', servers: 42, each: eur(395), due: eur(16_590) }],
    },
    prices: [
      { product: 'live-patching', from: 1, each: eur(395) },
      { product: 'live-patching', from: 1000, each: eur(345) },
    ],
  },
}

const entry: Shape = {
  name: 'BalanceEntry',
  schema: z.strictObject({
    id: z.string(),
    at: instant,
    reason: z.enum(balanceReasons),
    amount: money.schema.meta({ description: 'Negative where money went.' }),
    balanceAfter: money.schema,
    note: z.string(),
    order: z.string().nullable().meta({ description: 'The order that paid it.' }),
    charge: z
      .strictObject({
        product: z.string(),
        month: z.string().regex(/^\d{4}-\d\d$/),
        servers: z.int().meta({ description: 'In use as the month began.' }),
        each: money.schema.nullable().meta({ description: forThose }),
      })
      .nullable(),
  }),
  example: {
    ...{ id: 'bal_00-00042', at: '2026-08-01T00:07:00.000Z', reason: 'charge', amount: eur(-16_590) },
    ...{ balanceAfter: eur(61_230), note: '', order: null },
    charge: { product: 'live-patching', month: '2026-08', servers: 42, each: eur(395) },
  },
}

const costs: Shape = {
  name: 'Costs',
  schema: z.strictObject({
    months: z.array(
      z.strictObject({
        month: z.string().regex(/^\d{4}-\d\d$/),
        total: money.schema,
        lines: z.array(
          z.strictObject({
            what: z.enum(costSources),
            product: z.string().nullable().meta({ description: 'Of servers; null for what the shop charged.' }),
            amount: money.schema,
          }),
        ),
      }),
    ),
  }),
  example: {
    months: [
      {
        month: '2026-08',
        total: eur(16_590),
        lines: [{ what: 'servers', product: 'live-patching', amount: eur(16_590) }],
      },
    ],
  },
}

const method: Shape = {
  name: 'PaymentMethod',
  schema: z.strictObject({
    id: z.string(),
    brand: z.string(),
    lastFour: z.string().regex(/^\d{4}$/),
    expires: z
      .string()
      .regex(/^\d{4}-\d\d$/)
      .meta({ description: 'The last month in which it can be charged.' }),
    default: z.boolean().meta({ description: 'Whether it is the one that is charged.' }),
    version: z.int(),
  }),
  example: {
    id: 'pmt_00-fabrikam-visa',
    brand: 'Visa',
    lastFour: '4242',
    expires: '2028-11',
    default: true,
    version: 1,
  },
}

const autopayment: Shape = {
  name: 'Autopayment',
  schema: z.strictObject({
    mode: z.enum(autopaymentModes).meta({
      description: '`add` fills up to `refill` when `below`; `repay` pays what is owed, at least 20.00; `none`.',
    }),
    below: money.schema.nullable(),
    refill: money.schema.nullable(),
    failure: z
      .strictObject({ at: instant, why: z.string(), nextTryAt: instant.nullable() })
      .nullable()
      .meta({ description: 'The last charge that failed, until something is done about it.' }),
  }),
  example: { mode: 'add', below: eur(10_000), refill: eur(50_000), failure: null },
}

export const billingOperations: readonly Operation[] = [
  {
    id: 'findBilling',
    tag: 'Billing',
    method: 'get',
    path: '/api/v1/billing',
    summary: 'Read the prepaid balance',
    description:
      'What the account has, what it is charged next for the servers in use now, and its prices. Servers are charged on the first of each month, in advance.',
    answers: [{ status: 200, description: 'The balance.', shape: billing }],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/billing \\\n  ${key}`,
  },
  {
    id: 'listBalanceEntries',
    tag: 'Billing',
    method: 'get',
    path: '/api/v1/billing/entries',
    summary: 'List the ledger of the balance',
    description: 'Every amount that came or went, newest first, with the balance after it. Lines are never changed.',
    query: queryOf(balanceEntryQuery, { reason: 'Only charges, payments received or refunds.', ...pageWords }),
    answers: [{ status: 200, description: 'A page of lines.', shape: listOf(entry), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl 'http://localhost:8787/api/v1/billing/entries?reason=charge&limit=5' \\\n  ${key}`,
  },
  {
    id: 'listCosts',
    tag: 'Billing',
    method: 'get',
    path: '/api/v1/billing/costs',
    summary: 'List costs by month',
    description:
      'Before tax, in the currency of the balance, this month last. What was paid into the balance is no cost before it is charged; what was refunded is none.',
    query: queryOf(costQuery, { months: 'Of how many months: 6, 12 or 24.' }),
    answers: [{ status: 200, description: 'The months.', shape: costs }],
    problems: ['invalid-query', 'not-found'],
    curl: `curl 'http://localhost:8787/api/v1/billing/costs?months=6' \\\n  ${key}`,
  },
  {
    id: 'listPaymentMethods',
    tag: 'Billing',
    method: 'get',
    path: '/api/v1/billing/payment-methods',
    summary: 'List payment methods',
    description:
      'The one that is charged first. They are added in the portal, at the payment provider; no number is kept.',
    answers: [{ status: 200, description: 'All of them.', shape: listOf(method) }],
    problems: [],
    curl: `curl http://localhost:8787/api/v1/billing/payment-methods \\\n  ${key}`,
  },
  {
    id: 'editPaymentMethod',
    tag: 'Billing',
    method: 'patch',
    path: '/api/v1/billing/payment-methods/{id}',
    summary: 'Make a payment method the one that is charged',
    description: 'The one before it is kept.',
    inPath: { id: 'The id of the payment method.' },
    headers: ['If-Match'],
    body: { name: 'PaymentMethodEdit', schema: paymentMethodBody, example: { default: true } },
    answers: [{ status: 200, description: 'The payment method.', shape: method, headers: ['ETag'] }],
    problems: ['invalid-request', 'not-found', 'precondition-required', 'version-mismatch'],
    curl: `curl -X PATCH http://localhost:8787/api/v1/billing/payment-methods/pmt_00-fabrikam-visa \\\n  ${key} \\\n  -H 'If-Match: *' ${json} -d '{"default":true}'`,
  },
  {
    id: 'removePaymentMethod',
    tag: 'Billing',
    method: 'delete',
    path: '/api/v1/billing/payment-methods/{id}',
    summary: 'Remove a payment method',
    description: 'The oldest that is left is charged from then on.',
    inPath: { id: 'The id of the payment method.' },
    headers: ['If-Match?'],
    answers: [{ status: 204, description: 'It is not charged any more.' }],
    problems: ['not-found', 'version-mismatch'],
    curl: `curl -X DELETE http://localhost:8787/api/v1/billing/payment-methods/pmt_00-fabrikam-mastercard \\\n  ${key}`,
  },
  {
    id: 'findAutopayment',
    tag: 'Billing',
    method: 'get',
    path: '/api/v1/billing/autopayment',
    summary: 'Read how the balance is filled',
    description: 'With the last charge that failed, until something is done about it.',
    answers: [{ status: 200, description: 'The choice.', shape: autopayment, headers: ['ETag'] }],
    problems: [],
    curl: `curl http://localhost:8787/api/v1/billing/autopayment \\\n  ${key}`,
  },
  {
    id: 'editAutopayment',
    tag: 'Billing',
    method: 'patch',
    path: '/api/v1/billing/autopayment',
    summary: 'Choose how the balance is filled',
    description: '`refill` is the amount to add funds up to, for the mode `add`. What failed before is tried anew.',
    headers: ['If-Match'],
    body: {
      name: 'AutopaymentEdit',
      schema: autopaymentBody,
      example: { mode: 'add', refill: eur(50_000) },
    },
    answers: [{ status: 200, description: 'The choice.', shape: autopayment, headers: ['ETag'] }],
    problems: ['invalid-request', 'no-balance', 'precondition-required', 'version-mismatch'],
    curl: `curl -X PATCH http://localhost:8787/api/v1/billing/autopayment \\\n  ${key} \\\n  -H 'If-Match: *' ${json} -d '{"mode":"repay"}'`,
  },
]
