import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import type { QuoteLine } from '#src/domain/quotes/quote.ts'
import { isOwn } from './own-account.ts'
import { build, compile, type Write, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { editions, products } from './schema/catalog.ts'
import { activationKeys, licenses, supports } from './schema/licenses.ts'
import { quoteLines, quotes } from './schema/quotes.ts'
import { subscriptions } from './schema/sellers.ts'

/** Whether every license of a quote is still what it was reckoned from. `quote` is a row of quotes. */
const licensesStand = (quote: SQL): SQL<boolean> =>
  sql<boolean>`not exists (select 1 from json_each(${quote}.licenses) as basis where not exists (
    select 1 from licenses as l where l.id = basis.value ->> 'id' and l.account_id = basis.value ->> 'accountId'
      and l.kind = basis.value ->> 'kind' and l.edition_code = basis.value ->> 'editionCode'
      and l.size is basis.value ->> 'size' and l.ends_on is basis.value ->> 'endsOn'
      and l.support_ends_on is basis.value ->> 'supportEndsOn'))`

/** Whether every price of a quote is still asked, and its offer still sold. */
const pricesStand = (quote: SQL): SQL<boolean> =>
  sql<boolean>`not exists (select 1 from json_each(${quote}.prices) as basis where (
    select p.unit_minor from prices as p join offers as o on o.code = p.offer_code join products as s on s.code = o.product_code
    where p.offer_code = basis.value ->> 'offerCode' and p.currency = ${quote}.currency
      and p.min_quantity <= basis.value ->> 'quantity' and o.withdrawn_at is null and s.withdrawn_at is null
    order by p.min_quantity desc limit 1) is not basis.value ->> 'unitMinor')`

const row = sql`quotes`

/** Whether a quote, a row of `quotes`, could be paid as it was reckoned. */
export const quoteStands = sql<boolean>`(${licensesStand(row)} and ${pricesStand(row)})`.mapWith(Boolean)

const columns = {
  n: quotes.n,
  id: quotes.id,
  accountId: quotes.accountId,
  accountName: accounts.name,
  state: quotes.state,
  currency: quotes.currency,
  totalMinor: quotes.totalMinor,
  quotedOn: quotes.quotedOn,
  validUntil: quotes.validUntil,
  items: quotes.items,
  madeByName: quotes.madeByName,
  replacesId: quotes.replacesId,
  orderId: quotes.orderId,
  orderReference: sql<string | null>`(select o.reference from orders as o where o.id = ${quotes.orderId})`,
  appliedAt: quotes.appliedAt,
  version: quotes.version,
  createdAt: quotes.createdAt,
  licensesStand: licensesStand(row).mapWith(Boolean),
  pricesStand: pricesStand(row).mapWith(Boolean),
}

const quoteOf = (where: SQL | undefined) =>
  build.select(columns).from(quotes).innerJoin(accounts, eq(accounts.id, quotes.accountId)).where(where)

const isInReach = sql`exists (select 1 from account_reach as r where r.ancestor_n = ${accountInReach} and r.descendant_n = ${accounts.n})`

const inReach = compile(quoteOf(and(eq(quotes.id, sql.placeholder('id')), isInReach)))

/** One quote, with whether what it was reckoned from still stands; nothing where it lies outside the reach. */
export const findQuote = (reach: Reach, id: string) => inReach({ ...within(reach), id })
export type QuoteRow = ReturnType<ReturnType<typeof findQuote>['rows']>[number]

/** A quote by its id for whoever tells that it was paid: a provider's signed word stands behind it, nobody's reach. */
export const findPaidQuote = compile(quoteOf(eq(quotes.id, sql.placeholder('quote'))))

const lines = compile(
  build
    .select()
    .from(quoteLines)
    .where(eq(quoteLines.quoteId, sql.placeholder('quote')))
    .orderBy(asc(quoteLines.position)),
)

const linesInReach = compile(
  build
    .select()
    .from(quoteLines)
    .where(
      and(
        eq(quoteLines.quoteId, sql.placeholder('quote')),
        sql`exists (select 1 from quotes as q join accounts as a on a.id = q.account_id join account_reach as r on r.descendant_n = a.n
          where q.id = ${sql.placeholder('quote')} and r.ancestor_n = ${accountInReach})`,
      ),
    )
    .orderBy(asc(quoteLines.position)),
)

/** The lines of a quote in reach, in their order. */
export const listQuoteLines = (reach: Reach, quote: string) => linesInReach({ ...within(reach), quote })

/** The lines of a quote that was paid. */
export const listPaidLines = lines
export type QuoteLineRow = ReturnType<ReturnType<typeof listPaidLines>['rows']>[number]

/** The licenses that a paid quote changes, with what its statements name. */
export const listPaidLicenses = compile(
  build
    .select({
      id: licenses.id,
      serial: licenses.serial,
      kind: licenses.kind,
      editionName: editions.name,
      supportId: supports.id,
      subscriptionId: subscriptions.id,
      subscriptionVersion: subscriptions.version,
    })
    .from(licenses)
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(supports, eq(supports.licenseId, licenses.id))
    .leftJoin(subscriptions, eq(subscriptions.licenseId, licenses.id))
    .where(
      sql`${licenses.id} in (select basis.value ->> 'id' from quotes as q, json_each(q.licenses) as basis
        where q.id = ${sql.placeholder('quote')})`,
    ),
)

/** The editions of the products that a paid quote names, to call them by. */
export const listPaidEditions = compile(
  build
    .select({
      productCode: editions.productCode,
      code: editions.code,
      name: editions.name,
      productName: products.name,
      unit: products.unit,
    })
    .from(editions)
    .innerJoin(products, eq(products.code, editions.productCode))
    .where(
      sql`${editions.productCode} in (select l.change ->> 'product' from quote_lines as l where l.quote_id = ${sql.placeholder('quote')}
        union select s.product_code from licenses as s, quotes as q, json_each(q.licenses) as basis
        where q.id = ${sql.placeholder('quote')} and s.id = basis.value ->> 'id')`,
    ),
)

/** The account of a paid quote, with the key that its new licenses join: its default one for any product. */
export const findPayer = compile(
  build
    .select({
      id: accounts.id,
      name: accounts.name,
      email: accounts.email,
      key: { id: activationKeys.id, code: activationKeys.code },
    })
    .from(quotes)
    .innerJoin(accounts, eq(accounts.id, quotes.accountId))
    .leftJoin(
      activationKeys,
      and(
        eq(activationKeys.accountId, accounts.id),
        sql`${activationKeys.isDefault} = 1 and ${activationKeys.productCode} is null and ${activationKeys.removedAt} is null`,
      ),
    )
    .where(eq(quotes.id, sql.placeholder('quote'))),
)

const page = (from: 'first' | 'after' | 'before') =>
  compile(
    quoteOf(
      and(
        isOwn(quotes.accountId),
        from === 'first'
          ? undefined
          : sql`${quotes.n} ${sql.raw(from === 'after' ? '<' : '>')} ${sql.placeholder('n')}`,
      ),
    )
      .orderBy(from === 'before' ? asc(quotes.n) : desc(quotes.n))
      .limit(sql.placeholder('limit')),
  )
const pages = { first: page('first'), after: page('after'), before: page('before') }

type QuotePage = {
  readonly limit: number
  readonly after?: { readonly n: number } | null
  readonly before?: { readonly n: number } | null
}

/** A page of one's own quotes, the newest first. */
export const listQuotes = (reach: Reach, { limit, after, before }: QuotePage) =>
  pages[before ? 'before' : after ? 'after' : 'first']({ ...within(reach), limit, n: (before ?? after)?.n })

/** Keeps a quote; its lines stand after it. */
export const insertQuote = (quote: typeof quotes.$inferInsert): Write => write(build.insert(quotes).values(quote))

/** The lines of a quote that stands before them. */
export const insertQuoteLines = (quoteId: Id<'quote'>, lines: readonly QuoteLine[]): Write =>
  write(build.insert(quoteLines).values(lines.map((line, i) => ({ ...line, quoteId, position: i + 1 }))))

/** Holds while a quote may do what it says: it was not paid before, or was and waits. */
export const quoteIsUnpaid = (id: Id<'quote'>): SQL =>
  sql`exists (select 1 from quotes where id = ${id} and state in ('open', 'paid'))`

/** Holds while every license of a quote is still what it was reckoned from. */
export const quoteLicensesStand = (id: Id<'quote'>): SQL =>
  sql`(select ${licensesStand(row)} from quotes where id = ${id})`

/** Holds while every price of a quote is still asked. */
export const quotePricesStand = (id: Id<'quote'>): SQL => sql`(select ${pricesStand(row)} from quotes where id = ${id})`

/** The quote did what it says; stands before `expectOne`. */
export const updateQuoteApplied = (id: Id<'quote'>, orderId: Id<'order'> | null, at: Date): Write =>
  write(
    build
      .update(quotes)
      .set({ state: 'applied', orderId, appliedAt: at, version: sql`${quotes.version} + 1` })
      .where(and(eq(quotes.id, id), sql`${quotes.state} in ('open', 'paid')`)),
  )

/** The quote was paid and waits for the vendor; one that did what it says stays as it is. */
export const updateQuotePaid = (id: Id<'quote'>): Write =>
  write(
    build
      .update(quotes)
      .set({ state: 'paid', version: sql`${quotes.version} + 1` })
      .where(and(eq(quotes.id, id), eq(quotes.state, 'open'))),
  )

/** What was paid for a quote went back. */
export const updateQuoteRefunded = (id: Id<'quote'>): Write =>
  write(
    build
      .update(quotes)
      .set({ state: 'refunded', version: sql`${quotes.version} + 1` })
      .where(and(eq(quotes.id, id), sql`${quotes.state} in ('paid', 'applied')`)),
  )
