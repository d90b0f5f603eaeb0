import { Hono } from 'hono'
import * as z from 'zod'
import { findInvoice, findSeller } from '#src/db/invoices.ts'
import { billToFields, invoiceNumber } from '#src/domain/invoices/invoice.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { fileResponse } from '#src/http/files.ts'
import { invoiceFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { bodyOf } from '#src/http/input.ts'
import { invoiceList } from '#src/http/lists/invoices.ts'
import { editBillTo } from '#src/use-cases/invoices/edit-bill-to.ts'
import { printInvoice } from '#src/use-cases/invoices/print-invoice.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { invoiceColumns, invoiceShape } from './shapes/invoice.ts'

/** The query of the list of invoices. */
export const invoiceQuery = z.strictObject({ ...invoiceFilterSchema.shape, ...pageFields })

const text = z.string('This is a text, in quotes').max(400).optional()

/** The body of a change: whom the invoice names; what is left out stays. */
export const billToBody = z.strictObject(
  Object.fromEntries(billToFields.map((field) => [field, text])) as Record<(typeof billToFields)[number], typeof text>,
)

/** Calls about documents of the billing. */
export const invoiceCalls = new Hono<HttpEnv>()
  .get('/api/v1/invoices', may('invoice.read'), list)
  .get('/api/v1/invoices/:id', may('invoice.read'), show)
  .patch('/api/v1/invoices/:id', may('invoice.edit'), change)
  .get('/api/v1/invoices/:id/pdf', may('invoice.read'), download)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** The account's own documents, filtered and paged; a CSV of all of them where that is asked for. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, invoiceQuery)
  const page = { limit, cursor: cursor ?? null }
  return answerList(c, invoiceList(filter), {
    ...{ name: 'invoices', page, format },
    ...{ shape: invoiceShape, columns: invoiceColumns },
  })
}

/** One document, with its `ETag`. */
async function show(c: HttpContext) {
  const [[invoice]] = (await ask(c, (reach) => [findInvoice(reach, invoiceNumber(idIn(c)))])).rows
  if (!invoice) return refuse({ code: 'not-found' })
  const etag = etagOf(invoice.version)
  c.header('ETag', etag)
  return isHeld(c, etag) ? c.body(null, 304) : c.json(invoiceShape(invoice))
}

/** Completes whom the version named in `If-Match` names; answers the new version. */
async function change(c: HttpContext) {
  const typed = await bodyOf(c, billToBody)
  const version = await editBillTo(c.var.deps, c.var.asking, { id: idIn(c), version: versionToMatch(c), typed }, null)
  c.header('ETag', etagOf(version))
  return c.json({ id: idIn(c), version })
}

/** The document as PDF. */
async function download(c: HttpContext) {
  const [[invoice], [seller]] = (await ask(c, (reach) => [findInvoice(reach, invoiceNumber(idIn(c))), findSeller()]))
    .rows
  if (!invoice || !seller) return refuse({ code: 'not-found' })
  return fileResponse(c, `${idIn(c)}.pdf`, await printInvoice(invoice, seller))
}
