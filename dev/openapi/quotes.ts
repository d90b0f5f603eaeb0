import * as z from 'zod'
import { applicationBody, quoteBody, quoteQuery } from '#src/api/quotes.ts'
import { day, instant, listOf, money } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_fabrikam'"
const json = "-H 'Content-Type: application/json'"
const eur = (minor: number) => ({ minor, currency: 'EUR' })

const line = z.strictObject({
  text: z.string(),
  reckoning: z.string().meta({ description: 'How the amount was reckoned, in words.' }),
  offer: z.string().nullable(),
  quantity: z.int(),
  startsOn: day.nullable(),
  endsOn: day.nullable(),
  list: money.schema,
  credit: money.schema.meta({ description: 'What is paid already of it.' }),
  due: money.schema,
})

const exampleLine = {
  text: 'Remote Work Standard, 8 workstations instead of 5 (RW-1K4M-22)',
  reckoning: '3 more workstations × EUR 100.00 a year × 146 of 365 days left',
  ...{ offer: 'remote-work/standard/workstation', quantity: 1, startsOn: '2026-08-21', endsOn: '2027-01-13' },
  ...{ list: eur(32000), credit: eur(20000), due: eur(12000) },
}

const made: Shape = {
  name: 'MadeQuote',
  schema: z.strictObject({ id: z.string(), lines: z.array(line), total: money.schema, validUntil: instant }),
  example: { id: 'quo_01', lines: [exampleLine], total: eur(12000), validUntil: '2026-08-28T09:30:00.000Z' },
}

const fields = {
  id: z.string(),
  state: z.enum(['open', 'expired', 'paid', 'applied', 'refunded']),
  stands: z.boolean().meta({ description: 'Whether licenses and prices still are what it was reckoned from.' }),
  total: money.schema,
  validUntil: instant,
  createdAt: instant,
}
const exampleFields = {
  ...{ id: 'quo_01', state: 'open', stands: true, total: eur(12000) },
  ...{ validUntil: '2026-08-28T09:30:00.000Z', createdAt: '2026-08-21T09:30:00.000Z' },
}
const listed: Shape = { name: 'Quote', schema: z.strictObject(fields), example: exampleFields }
const whole: Shape = {
  name: 'QuoteWithLines',
  schema: z.strictObject({ ...fields, lines: z.array(line) }),
  example: { ...exampleFields, lines: [exampleLine] },
}

export const quoteOperations: readonly Operation[] = [
  {
    id: 'createQuote',
    tag: 'Quotes',
    method: 'post',
    path: '/api/v1/quotes',
    summary: 'Ask what something costs',
    description:
      'Reckons upgrades, support, further terms and new licenses, and keeps the answer: `POST /api/v1/checkouts` charges exactly its total. An item names a license of the account (`size`, `edition`, `supportYears` or `supportUntil`, `terms` of a subscription) or an `offer` with a `quantity`. `topUp` pays an amount into the prepaid balance, in a quote of its own.',
    headers: ['Idempotency-Key'],
    body: { name: 'NewQuote', schema: quoteBody, example: { items: [{ offer: 'remote-access/pro/10', quantity: 2 }] } },
    answers: [{ status: 201, description: 'The quote, payable until `validUntil`.', shape: made }],
    problems: [
      'invalid-request',
      'not-found',
      'offer-withdrawn',
      'no-balance',
      'not-sold-for-money',
      'subscription-of-shop',
    ],
    curl: `curl -X POST http://localhost:8787/api/v1/quotes \\\n  ${key} \\\n  ${json} -d '{"items":[{"offer":"remote-access/pro/10","quantity":2}]}'`,
  },
  {
    id: 'listQuotes',
    tag: 'Quotes',
    method: 'get',
    path: '/api/v1/quotes',
    summary: 'List quotes',
    description: 'The account’s own, the newest first.',
    query: queryOf(quoteQuery, pageWords),
    answers: [{ status: 200, description: 'A page of quotes.', shape: listOf(listed), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl http://localhost:8787/api/v1/quotes \\\n  ${key}`,
  },
  {
    id: 'findQuote',
    tag: 'Quotes',
    method: 'get',
    path: '/api/v1/quotes/{id}',
    summary: 'Read a quote',
    description: 'With its lines, and whether it still stands.',
    inPath: { id: 'The id of the quote.' },
    answers: [{ status: 200, description: 'The quote.', shape: whole }],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/quotes/quo_00-fabrikam \\\n  ${key}`,
  },
  {
    id: 'applyQuote',
    tag: 'Quotes',
    method: 'post',
    path: '/api/v1/quotes/{id}/applications',
    summary: 'Carry out a quote that costs nothing',
    description:
      'The shop sells nothing for nothing, so a quote with a total of 0 is done here, once, and becomes an order. Every other quote is done when its checkout is paid.',
    inPath: { id: 'The id of the quote.' },
    headers: ['Idempotency-Key'],
    body: { name: 'QuoteApplication', schema: applicationBody, example: {} },
    answers: [{ status: 201, description: 'The quote, `applied`.', shape: whole }],
    problems: ['invalid-request', 'not-found', 'quote-unpaid', 'quote-paid', 'quote-expired', 'quote-stale'],
    curl: `curl -X POST http://localhost:8787/api/v1/quotes/quo_00-fabrikam-gift/applications \\\n  ${key} \\\n  ${json} -d '{}'`,
  },
]
