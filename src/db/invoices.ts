import { and, asc, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import type { InvoiceColumn, InvoiceFilter, InvoiceSort } from '#src/domain/invoices/filter.ts'
import type { BillTo, InvoiceLine } from '#src/domain/invoices/invoice.ts'
import { isOwn } from './own-account.ts'
import { build, compile, compiledBy, type Write, write } from './query.ts'
import { type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { balanceEntries, charges } from './schema/billing.ts'
import { products } from './schema/catalog.ts'
import { invoices } from './schema/invoices.ts'
import { orderItems, orders } from './schema/orders.ts'
import { providerCharges, refunds } from './schema/payments.ts'

const line = (title: SQL, quantity: SQL, subtotal: SQL): SQL =>
  sql`json_object('title', ${title}, 'quantity', ${quantity}, 'subtotalMinor', ${subtotal})`

/** The lines of a document, told by what it is of: a month of servers, the items of an order, what of them went back. */
const lines = sql<readonly InvoiceLine[]>`case
  when invoices.charge_id is not null then (select json_array(${line(
    sql`p.name || ', ' || substr(c.period, 1, 7)`,
    sql`c.servers`,
    sql`c.amount_minor`,
  )}) from ${charges} c join ${products} p on p.code = c.product_code where c.id = invoices.charge_id)
  when invoices.refund_key is not null then (select json_group_array(${line(
    // What was sold by quote stands in the shop under one product: the order knows what it was.
    sql`coalesce((select i.display from ${orderItems} i where i.order_id = invoices.order_id
      and i.path = json_extract(told.value, '$.path') limit 1), (select group_concat(i.display, '; ' order by i.position)
      from ${orderItems} i where i.order_id = invoices.order_id), json_extract(told.value, '$.path'))`,
    sql`json_extract(told.value, '$.quantity')`,
    sql`json_extract(told.value, '$.subtotalMinor')`,
  )}) from ${refunds} r, json_each(r.items) told where r.provider = substr(invoices.refund_key, 1, instr(invoices.refund_key, ':') - 1)
    and r.provider_return_id = substr(invoices.refund_key, instr(invoices.refund_key, ':') + 1))
  when invoices.provider_charge_key is not null then (select json_array(${line(
    sql`coalesce((select i.display from ${orderItems} i where i.order_id = invoices.order_id
      and i.provider_subscription_id = c.provider_subscription_id order by i.position limit 1) || ', renewed', 'Subscription')`,
    sql`coalesce(c.quantity, 1)`,
    sql`c.total_minor`,
  )}) from ${providerCharges} c where c.provider = substr(invoices.provider_charge_key, 1, instr(invoices.provider_charge_key, ':') - 1)
    and c.provider_order_id = substr(invoices.provider_charge_key, instr(invoices.provider_charge_key, ':') + 1))
  when invoices.order_id is not null then (select json_group_array(${line(
    sql`i.display`,
    sql`i.quantity`,
    sql`i.subtotal_minor`,
  )} order by i.position) from ${orderItems} i where i.order_id = invoices.order_id)
  else (select json_array(${line(sql`e.note`, sql`1`, sql`abs(e.amount_minor)`)}) from ${balanceEntries} e
    where e.id = invoices.balance_entry_id)
  end`.mapWith((text: string) => JSON.parse(text) as readonly InvoiceLine[])

const columns = {
  number: invoices.number,
  kind: invoices.kind,
  at: invoices.createdAt,
  period: sql<Day | null>`nullif(${invoices.period}, '')`,
  currency: invoices.currency,
  totalMinor: invoices.totalMinor,
  taxMinor: invoices.taxMinor,
  balanceAfterMinor: sql<number | null>`iif(${invoices.balanceEntryId} is null, null, ${invoices.balanceAfterMinor})`,
  orderReference: sql<string | null>`(select o.reference from ${orders} o where o.id = invoices.order_id)`,
  live: invoices.live,
  billTo: invoices.billTo,
  version: invoices.version,
  lines,
}

const sorted: Record<InvoiceColumn, SQL> = {
  created: sql`${invoices.createdAt}`,
  kind: sql`${invoices.kind}`,
  period: sql`${invoices.period}`,
  total: sql`${invoices.totalMinor}`,
  balance: sql`${invoices.balanceAfterMinor}`,
}

type Shape = `${InvoiceSort}|${'kind' | ''}|${'year' | ''}|${'after' | 'before' | ''}`

const listOf = compiledBy((shape: Shape) => {
  const [sort, kind, year, from] = shape.split('|') as [InvoiceSort, string, string, string]
  const column = sorted[sort.replace('-', '') as InvoiceColumn]
  const descending = sort.startsWith('-') !== (from === 'before')
  const order = descending ? desc : asc
  return build
    .select(columns)
    .from(invoices)
    .where(
      and(
        isOwn(invoices.accountId),
        kind ? eq(invoices.kind, sql.placeholder('kind')) : undefined,
        year
          ? and(gte(invoices.createdAt, sql.placeholder('since')), lt(invoices.createdAt, sql.placeholder('until')))
          : undefined,
        from
          ? sql`(${column}, ${invoices.number}) ${sql.raw(descending ? '<' : '>')} (${sql.placeholder('besideValue')}, ${sql.placeholder('besideNumber')})`
          : undefined,
      ),
    )
    .orderBy(order(column), order(invoices.number))
    .limit(sql.placeholder('limit'))
})

/** A row beside which a page of documents begins. */
export type InvoiceCursor = { readonly value: string; readonly number: number }

export type InvoicePage = {
  readonly limit: number
  readonly after?: InvoiceCursor | null
  readonly before?: InvoiceCursor | null
}

/** A page of the account's own documents, beside a cursor, or the first. */
export function listInvoices(reach: Reach, { kind, year, sort }: InvoiceFilter, { limit, after, before }: InvoicePage) {
  const beside = before ?? after
  const isText = sort.endsWith('kind') || sort.endsWith('period')
  return listOf(
    `${sort}|${kind ? 'kind' : ''}|${year === null ? '' : 'year'}|${before ? 'before' : after ? 'after' : ''}`,
    {
      ...{ ...within(reach), kind, limit },
      ...{ since: Date.UTC(year ?? 0, 0), until: Date.UTC((year ?? 0) + 1, 0) },
      ...{ besideValue: beside && !isText ? Number(beside.value) : beside?.value, besideNumber: beside?.number },
    },
  )
}

export type InvoiceRow = ReturnType<ReturnType<typeof listInvoices>['rows']>[number]

/** What a row is sorted by, as a cursor holds it. */
export function invoiceSortValue(sort: InvoiceSort, row: InvoiceRow): string {
  const values: Record<InvoiceColumn, string | number> = {
    created: row.at.getTime(),
    kind: row.kind,
    period: row.period ?? '',
    total: row.totalMinor,
    balance: row.balanceAfterMinor ?? 0,
  }
  return String(values[sort.replace('-', '') as InvoiceColumn])
}

const one = compile(
  build
    .select({ ...columns, accountId: invoices.accountId })
    .from(invoices)
    .where(and(eq(invoices.number, sql.placeholder('number')), isOwn(invoices.accountId))),
)

/** One document of the account's own. */
export const findInvoice = (reach: Reach, number: number | null) => one({ ...within(reach), number: number ?? 0 })
export type InvoiceDetails = ReturnType<ReturnType<typeof findInvoice>['rows']>[number]

const seller = compile(
  build
    .select({
      name: accounts.name,
      addressLine1: accounts.addressLine1,
      addressLine2: accounts.addressLine2,
      addressLine3: accounts.addressLine3,
      zip: accounts.zip,
      city: accounts.city,
      country: accounts.country,
      vatNumber: accounts.vatNumber,
    })
    .from(accounts)
    .where(eq(accounts.kind, sql.raw(`'vendor'`))),
)

/** The vendor, as documents name it. */
export const findSeller = () => seller()
export type SellerRow = ReturnType<ReturnType<typeof findSeller>['rows']>[number]

/** Whom a document names from now on; to be followed by an expectation that the version was still there. */
export const updateBillTo = (number: number, version: number, billTo: BillTo): Write =>
  write(
    build
      .update(invoices)
      .set({ billTo, version: version + 1 })
      .where(and(eq(invoices.number, number), eq(invoices.version, version))),
  )
