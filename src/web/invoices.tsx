import { Hono } from 'hono'
import { findInvoice, findSeller, type InvoiceRow, invoiceSortValue, listInvoices } from '#src/db/invoices.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { dayOf } from '#src/domain/day.ts'
import { billToFields, invoiceId, invoiceKindNames, invoiceNumber } from '#src/domain/invoices/invoice.ts'
import { formatMoney } from '#src/domain/money.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { type Column, chunkSize, csvResponse } from '#src/http/csv.ts'
import { besideIn } from '#src/http/cursors.ts'
import { fileResponse } from '#src/http/files.ts'
import { invoiceFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { invoiceList, invoicePlace } from '#src/http/lists/invoices.ts'
import { readPage } from '#src/http/lists/list.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { editBillTo } from '#src/use-cases/invoices/edit-bill-to.ts'
import { printInvoice } from '#src/use-cases/invoices/print-invoice.ts'
import { BillToPage } from '#views/pages/invoices/bill-to.tsx'
import { InvoicePage, InvoicePopup } from '#views/pages/invoices/details.tsx'
import { InvoiceList, InvoicesPage } from '#views/pages/invoices/list.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'
import { type Again, saidBy, versionOf } from './meanwhile.ts'
import { mendable } from './mendable.ts'

/** Documents of the billing: the list, each as page, popup and PDF, and whom it names (R238–R247 R323). */
export const invoicePages = new Hono<HttpEnv>()
  .get(paths.invoices, may('invoice.read'), showList)
  .get(paths.invoicesCsv, may('invoice.read'), downloadCsv)
  .get('/billing/invoices/:id', may('invoice.read'), show)
  .get('/billing/invoices/:id/bill-to', may('invoice.edit'), (c) => showBillTo(c, null))
  .post('/billing/invoices/:id/bill-to', may('invoice.edit'), saveBillTo)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

async function showList(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(invoiceFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, invoicePlace)
  const { actor, rows } = await ask(c, (reach) => [listInvoices(reach, filter, { limit: limit + 1, ...beside })])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, (row) => ({
    value: invoiceSortValue(filter.sort, row),
    number: row.number,
  }))
  const list = { filter, rows: shown, pages, years: lastYears(c.var.deps.now()) }
  if (wantsPart(c)) return c.html(<InvoiceList {...list} />)
  return c.html(<InvoicesPage frame={frameOf(c, actor)} list={list} balance={actor.balance !== null} />)
}

const lastYears = (now: Date): number[] => [0, 1, 2].map((ago) => now.getUTCFullYear() - ago)

/** A document; `….pdf` is the same to keep. */
async function show(c: HttpContext) {
  const [, id = '', file] = /^(.*?)(\.pdf)?$/.exec(idIn(c)) ?? []
  const { actor, rows } = await ask(c, (reach) => [findInvoice(reach, invoiceNumber(id)), findSeller()])
  const [[invoice], [seller]] = rows
  if (!invoice || !seller) return refuse({ code: 'not-found' })
  if (file) return fileResponse(c, `${id}.pdf`, await printInvoice(invoice, seller))
  const document = {
    ...{ invoice, seller },
    may: { edit: allows(actor, 'invoice.edit'), orders: allows(actor, 'order.read') },
  }
  if (wantsPart(c)) return c.html(<InvoicePopup {...document} />)
  return c.html(<InvoicePage frame={frameOf(c, actor)} {...document} />)
}

async function showBillTo(c: HttpContext, again: Again | null) {
  const { actor, rows } = await ask(c, (reach) => [findInvoice(reach, invoiceNumber(idIn(c)))])
  const [[invoice]] = rows
  if (!invoice) return refuse({ code: 'not-found' })
  const draft = {
    values: again?.form ?? invoice.billTo,
    version: versionOf(again, again?.form.version, invoice.version),
    request: c.var.deps.newId('request'),
    errors: saidBy(again, invoice.billTo, billToFields),
  }
  const page = <BillToPage frame={frameOf(c, actor)} number={invoice.number} draft={draft} />
  return c.html(page, again?.status ?? 200)
}

async function saveBillTo(c: HttpContext) {
  const form = await formBody(c)
  try {
    const { request: _, version, ...typed } = form
    const edit = { id: idIn(c), version: Number(version), typed }
    await editBillTo(c.var.deps, c.var.asking, edit, await onceOfForm(c, form))
  } catch (error) {
    return showBillTo(c, { form, ...mendable(error) })
  }
  leaveNotice(c, 'invoice-saved')
  return c.redirect(paths.invoice(idIn(c)), 303)
}

/** Columns for people: a year for whoever does the books. */
const columns: readonly Column<InvoiceRow>[] = [
  ['Invoice', (row) => invoiceId(row.number)],
  ['Created (UTC)', (row) => row.at.toISOString()],
  ['Type', (row) => invoiceKindNames[row.kind]],
  ['Pay period', (row) => row.period?.slice(0, 7) ?? null],
  ['Total', (row) => formatMoney({ minor: row.totalMinor, currency: row.currency })],
  ['Tax in it', (row) => formatMoney({ minor: row.taxMinor, currency: row.currency })],
  ['Balance after', (row) => money(row.balanceAfterMinor, row.currency)],
  ['Order', (row) => row.orderReference],
  ['What', (row) => row.lines.map(({ title, quantity }) => `${quantity} × ${title}`).join('; ')],
  ['To', (row) => row.billTo.name],
  ['VAT No', (row) => row.billTo.vatNumber],
]

const money = (minor: number | null, currency: string) => (minor === null ? null : formatMoney({ minor, currency }))

function downloadCsv(c: HttpContext) {
  const filter = queryOf(invoiceFilterSchema, c.req.query())
  const name = `invoices-${filter.year ?? dayOf(c.var.deps.now())}.csv`
  return csvResponse(c, name, columns, (cursor) => readPage(c, invoiceList(filter), { limit: chunkSize, cursor }))
}
