import * as z from 'zod'
import { billToBody, invoiceQuery } from '#src/api/invoices.ts'
import { billToFields, invoiceKinds } from '#src/domain/invoices/invoice.ts'
import { instant, listOf, money } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_fabrikam'"
const json = "-H 'Content-Type: application/json'"
const inPath = { id: 'The number of the invoice.' }
const eur = (minor: number) => ({ minor, currency: 'EUR' })

const invoice: Shape = {
  name: 'Invoice',
  schema: z.strictObject({
    id: z.string().regex(/^INV-\d{6,}$/),
    kind: z.enum(invoiceKinds),
    createdAt: instant,
    period: z
      .string()
      .regex(/^\d{4}-\d\d$/)
      .nullable()
      .meta({ description: 'The month that it is for; null for what is bought once.' }),
    total: money.schema.meta({ description: 'Due, received or refunded, by its kind.' }),
    tax: money.schema.meta({ description: 'What of the total is tax; the shop reckons it.' }),
    balanceAfter: money.schema.nullable().meta({ description: 'The prepaid balance after it.' }),
    order: z.string().nullable(),
    test: z.boolean().meta({ description: 'Of an order that tested the shop: nothing was paid.' }),
    lines: z.array(z.strictObject({ title: z.string(), quantity: z.int(), subtotal: money.schema })),
    billTo: z.strictObject(Object.fromEntries(billToFields.map((field) => [field, z.string()]))),
  }),
  example: {
    ...{ id: 'INV-000002', kind: 'invoice', createdAt: '2026-08-01T00:07:00.000Z', period: '2026-08' },
    ...{ total: eur(16_590), tax: eur(0), balanceAfter: eur(61_230), order: null, test: false },
    lines: [{ title: 'Live Patching, 2026-08', quantity: 42, subtotal: eur(16_590) }],
    billTo: { ...Object.fromEntries(billToFields.map((field) => [field, ''])), name: 'Fabrikam', country: 'DE' },
  },
}
const edited: Shape = {
  name: 'InvoiceVersion',
  schema: z.strictObject({ id: z.string(), version: z.int() }),
  example: { id: 'INV-000002', version: 2 },
}

export const invoiceOperations: readonly Operation[] = [
  {
    ...{ id: 'listInvoices', tag: 'Billing', method: 'get', path: '/api/v1/invoices', summary: 'List invoices' },
    description: 'Invoices, payments received and refunds of the account itself. Numbers have no gaps.',
    query: queryOf(invoiceQuery, {
      kind: 'Only invoices, payments or refunds.',
      year: 'Only those made in this year, UTC.',
      sort: 'A column, `-` before it for the other way round.',
      ...pageWords,
    }),
    answers: [
      { status: 200, description: 'A page of invoices.', shape: listOf(invoice), csv: true, headers: ['Link'] },
    ],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl 'http://localhost:8787/api/v1/invoices?kind=invoice&limit=5' \\\n  ${key}`,
  },
  {
    ...{ id: 'findInvoice', tag: 'Billing', method: 'get', path: '/api/v1/invoices/{id}', summary: 'Read an invoice' },
    description: 'With its lines and whom it names.',
    inPath,
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The invoice.', shape: invoice, headers: ['ETag'] },
      { status: 304, description: 'It is as you hold it.' },
    ],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/invoices/INV-000002 \\\n  ${key}`,
  },
  {
    ...{ id: 'editInvoice', tag: 'Billing', method: 'patch', path: '/api/v1/invoices/{id}' },
    summary: 'Complete the billing data of an invoice',
    description:
      'Whom it names; what is left out stays. Nothing else of an invoice ever changes. The change is kept in the events.',
    inPath,
    headers: ['If-Match'],
    body: { name: 'InvoiceChange', schema: billToBody, example: { vatNumber: 'DE123456789' } },
    answers: [{ status: 200, description: 'Its new version.', shape: edited, headers: ['ETag'] }],
    problems: ['invalid-request', 'not-found', 'precondition-required', 'version-mismatch'],
    curl: `curl -X PATCH http://localhost:8787/api/v1/invoices/INV-000002 \\\n  ${key} \\\n  ${json} -H 'If-Match: *' -d '{"vatNumber":"DE123456789"}'`,
  },
  {
    ...{ id: 'printInvoice', tag: 'Billing', method: 'get', path: '/api/v1/invoices/{id}/pdf' },
    summary: 'Read an invoice as PDF',
    description: 'With its fonts inside, and with whom it names by now.',
    inPath,
    answers: [{ status: 200, description: 'The PDF.', file: true }],
    problems: ['not-found'],
    curl: `curl -o invoice.pdf http://localhost:8787/api/v1/invoices/INV-000002/pdf \\\n  ${key}`,
  },
]
