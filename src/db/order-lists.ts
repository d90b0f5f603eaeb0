import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { OrderFilter, OrderSort } from '#src/domain/orders/filter.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { build, compile, compiledBy } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { editions, offers, products } from './schema/catalog.ts'
import { licenses } from './schema/licenses.ts'
import { contacts, orderItems, orderReach, orders } from './schema/orders.ts'

const orderColumns = {
  n: orders.n,
  id: orders.id,
  reference: orders.reference,
  live: orders.live,
  name: orders.name,
  email: orders.email,
  country: orders.country,
  city: orders.city,
  currency: orders.currency,
  totalMinor: orders.totalMinor,
  taxMinor: orders.taxMinor,
  orderedAt: orders.orderedAt,
  createdAt: orders.createdAt,
}

/** A row beside which a page of orders begins. */
export type OrderCursor = { readonly value: number; readonly n: number }

/** At most so many of a search's finds, and of the orders to settle, are put in order. */
const mostFinds = sql.raw('1000')

/** By the beginning of its number or of the buyer's e-mail. */
const found: SQL = sql`select order_n from (select order_n from ${orderReach} where account_n = ${accountInReach}
    and reference_key >= ${sql.placeholder('reference')} and reference_key < ${sql.placeholder('referenceEnd')} limit ${mostFinds})
  union select order_n from (select order_n from ${orderReach} where account_n = ${accountInReach}
    and email_key >= ${sql.placeholder('email')} and email_key < ${sql.placeholder('emailEnd')} limit ${mostFinds})`

/** An item that the catalog does not know; what was paid into a balance needs none. */
const isUnknown: SQL<boolean> = sql`${orderItems.offerCode} is null and ${orderItems.path} <> 'top-up'`

/** Orders with an item that the catalog does not know. */
const unsettled: SQL = sql`select distinct item_order.n as order_n from ${orderItems} indexed by order_items_unknown
  cross join ${orders} as item_order on item_order.id = ${orderItems.orderId}
  where ${isUnknown} limit ${mostFinds}`

/** What is few is gone through whole and put in order; else the account's orders are read as they are sorted. */
function driven(q: string, unknown: string): SQL {
  if (!q && !unknown) return sql`${orderReach}`
  const few = q && unknown ? sql`${found} intersect select * from (${unsettled})` : q ? found : unsettled
  return sql`(${few}) as few cross join ${orderReach} on ${orderReach.orderN} = few.order_n`
}

/** A page goes on after a row, or back before one; rows of a page going back come in the turned order. */
export type OrderPage = {
  readonly limit: number
  readonly after?: OrderCursor | null
  readonly before?: OrderCursor | null
}

type Shape = `${OrderSort}|${'q' | ''}|${'unknown' | ''}|${'after' | 'before' | ''}`

const listOf = compiledBy((shape: Shape) => {
  const [sort, q, unknown, from] = shape.split('|') as [OrderSort, string, string, string]
  const column = sort.endsWith('ordered') ? orderReach.orderedAt : orderReach.totalMinor
  const descending = sort.startsWith('-') !== (from === 'before')
  const order = descending ? desc : asc
  return build
    .select(orderColumns)
    .from(driven(q, unknown))
    .innerJoin(orders, eq(orders.n, orderReach.orderN))
    .where(
      and(
        eq(orderReach.accountN, accountInReach),
        from
          ? sql`(${column}, ${orderReach.orderN}) ${sql.raw(descending ? '<' : '>')} (${sql.placeholder('besideValue')}, ${sql.placeholder('besideN')})`
          : undefined,
      ),
    )
    .orderBy(order(column), order(orderReach.orderN))
    .limit(sql.placeholder('limit'))
})

const upTo = (text: string) => `${text}\u{10FFFF}`

/** A page of orders, beside a cursor, or the first. */
export function listOrders(reach: Reach, filter: OrderFilter, { limit, after, before }: OrderPage) {
  const shape: Shape = `${filter.sort}|${filter.q ? 'q' : ''}|${filter.unknown ? 'unknown' : ''}|${before ? 'before' : after ? 'after' : ''}`
  const reference = referenceKey(filter.q) || '\u0001'
  const email = filter.q.includes('@') ? emailKey(filter.q) : filter.q.toLowerCase()
  return listOf(shape, {
    ...within(reach),
    ...{ reference, referenceEnd: upTo(reference), email, emailEnd: upTo(email) },
    limit,
    besideValue: (before ?? after)?.value,
    besideN: (before ?? after)?.n,
  })
}

export type OrderRow = ReturnType<ReturnType<typeof listOrders>['rows']>[number]

export const orderSortValue = (sort: OrderSort, row: OrderRow): number =>
  sort.endsWith('ordered') ? row.orderedAt.getTime() : row.totalMinor

const orderInReach = sql`exists (select 1 from ${orderReach} where ${orderReach.accountN} = ${accountInReach} and ${orderReach.orderN} = ${orders.n})`

const oneOrder = compile(
  build
    .select({
      ...orderColumns,
      firstName: contacts.firstName,
      lastName: contacts.lastName,
      contactEmail: contacts.email,
      company: contacts.company,
      postalCode: orders.postalCode,
      region: orders.region,
    })
    .from(orders)
    .innerJoin(contacts, eq(contacts.id, orders.contactId))
    .where(and(eq(orders.referenceKey, sql.placeholder('reference')), orderInReach)),
)

/** One order by its reference, or nothing where it lies outside the reach. */
export const findOrder = (reach: Reach, reference: string) =>
  oneOrder({ ...within(reach), reference: referenceKey(reference) })

const orderByReference = (reach: Reach, reference: string) => ({
  ...within(reach),
  reference: referenceKey(reference),
})

const itemsOfOrder = compile(
  build
    .select({
      id: orderItems.id,
      display: orderItems.display,
      path: orderItems.path,
      sku: orderItems.sku,
      quantity: orderItems.quantity,
      subtotalMinor: orderItems.subtotalMinor,
      offerCode: orderItems.offerCode,
      unknown: sql<boolean>`${isUnknown}`.mapWith(Boolean),
      refundedOn: orderItems.refundedOn,
      productName: products.name,
      editionName: editions.name,
    })
    .from(orders)
    .innerJoin(orderItems, eq(orderItems.orderId, orders.id))
    .leftJoin(offers, eq(offers.code, orderItems.offerCode))
    .leftJoin(products, eq(products.code, offers.productCode))
    .leftJoin(editions, and(eq(editions.productCode, offers.productCode), eq(editions.code, offers.editionCode)))
    .where(and(eq(orders.referenceKey, sql.placeholder('reference')), orderInReach))
    .orderBy(asc(orderItems.position)),
)

export const listOrderItems = (reach: Reach, reference: string) => itemsOfOrder(orderByReference(reach, reference))

const licensesOfOrder = compile(
  build
    .select({
      id: licenses.id,
      serial: licenses.serial,
      productName: products.name,
      editionName: editions.name,
      unit: products.unit,
      size: licenses.size,
      orderItemId: licenses.orderItemId,
    })
    .from(orders)
    .innerJoin(orderItems, eq(orderItems.orderId, orders.id))
    .innerJoin(licenses, eq(licenses.orderItemId, orderItems.id))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .where(and(eq(orders.referenceKey, sql.placeholder('reference')), orderInReach))
    .orderBy(asc(licenses.n))
    .limit(1000),
)

export const listLicensesOfOrder = (reach: Reach, reference: string) =>
  licensesOfOrder(orderByReference(reach, reference))

const ownAccount = compile(
  build
    .select({ name: accounts.name, country: accounts.country, city: accounts.city, createdAt: accounts.createdAt })
    .from(accounts)
    .where(sql`${accounts.n} = ${accountInReach}`),
)

/** The account itself: the "Details" of the orders page. */
export const findOwnAccount = (reach: Reach) => ownAccount(within(reach))

const ownContacts = compile(
  build
    .select({
      id: contacts.id,
      firstName: contacts.firstName,
      lastName: contacts.lastName,
      email: contacts.email,
      createdAt: contacts.createdAt,
    })
    .from(contacts)
    .innerJoin(accounts, eq(accounts.id, contacts.accountId))
    .where(sql`${accounts.n} = ${accountInReach}`)
    .orderBy(desc(contacts.createdAt))
    .limit(20),
)

/** The people the account bought with, newest first. */
export const listOwnContacts = (reach: Reach) => ownContacts(within(reach))

/** Told before any item is looked at: to everybody but the vendor they are nothing, however many there are. */
const isVendors = sql`(select ${accounts.kind} from ${accounts} where ${accounts.n} = ${accountInReach}) = 'vendor'`

const unknownItems = compile(
  build.select({ count: sql<number>`count(*)` }).from(
    build
      .select({ one: sql`1`.as('one') })
      .from(orderItems)
      .innerJoin(orders, eq(orders.id, orderItems.orderId))
      .where(and(isVendors, isUnknown, orderInReach))
      .limit(101)
      .as('capped'),
  ),
)

/** Order items that the catalog does not know, counted up to 101; the vendor's to settle. */
export const countUnknownItems = (reach: Reach) => unknownItems(within(reach))
