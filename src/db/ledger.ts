import { aliasedTable, and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { LedgerFilter } from '#src/domain/credits/credit.ts'
import { isSold, ofEdition, offerColumns, ofProduct } from './offer-columns.ts'
import { build, compile, compiledBy } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts, logins } from './schema/accounts.ts'
import { creditBalances, creditEntries, editions, offers, products } from './schema/catalog.ts'
import { licenses } from './schema/licenses.ts'

/** The id of the account whose credits are asked for: the reader's own, or one below it; NULL for any other. */
const accountAsked: SQL = sql`(select asked.id from ${accounts} asked where asked.id = coalesce(${sql.placeholder('account')},
  (select me.id from ${accounts} me where me.n = ${accountInReach})) and exists (select 1 from ${accountReach} mine
  where mine.ancestor_n = ${accountInReach} and mine.descendant_n = asked.n))`

const asked = compile(
  build
    .select({ id: accounts.id, name: accounts.name, kind: accounts.kind, lowCreditsAt: accounts.lowCreditsAt })
    .from(accounts)
    .where(sql`${accounts.id} = ${accountAsked}`),
)

/** Whose credits a page shows: the reader's own account or one below; nothing for any other. */
export const findCreditAccount = (reach: Reach, account: string | null) => asked({ ...within(reach), account })

const balancesOf = compiledBy((from: 'after' | '') =>
  build
    .select({ offerCode: creditBalances.offerCode, credits: creditBalances.credits, ...offerColumns })
    .from(creditBalances)
    .innerJoin(offers, eq(offers.code, creditBalances.offerCode))
    .innerJoin(products, ofProduct)
    .innerJoin(editions, ofEdition)
    .where(
      and(
        sql`${creditBalances.accountId} = ${accountAsked}`,
        from ? sql`${creditBalances.offerCode} > ${sql.placeholder('after')}` : undefined,
      ),
    )
    .orderBy(asc(creditBalances.offerCode))
    .limit(sql.placeholder('limit')),
)

/** What an account holds of each offer, by the offer's code; offers it once held stand there with none. */
export const listBalances = (
  reach: Reach,
  {
    account,
    after,
    limit,
  }: { readonly account: string | null; readonly after?: { readonly value: string } | null; readonly limit: number },
) => balancesOf(after ? 'after' : '', { ...within(reach), account, after: after?.value, limit })

export type BalanceRow = ReturnType<ReturnType<typeof listBalances>['rows']>[number]

const sold = compile(
  build
    .select({
      offerCode: offers.code,
      ...offerColumns,
      held: sql<number>`coalesce((select ${creditBalances.credits} from ${creditBalances} join ${accounts} me
        on me.id = ${creditBalances.accountId} where me.n = ${accountInReach} and ${creditBalances.offerCode} = ${offers.code}), 0)`,
      theirs: sql<number>`coalesce((select ${creditBalances.credits} from ${creditBalances}
        where ${creditBalances.accountId} = ${sql.placeholder('to')} and ${creditBalances.offerCode} = ${offers.code}), 0)`,
    })
    .from(offers)
    .innerJoin(products, ofProduct)
    .innerJoin(editions, ofEdition)
    .where(
      and(
        isSold,
        sql`exists (select 1 from account_products given where given.account_id = ${sql.placeholder('to')}
          and given.product_code = ${offers.productCode} and given.given = 1)`,
      ),
    )
    .orderBy(
      asc(products.position),
      asc(editions.rank),
      asc(sql`coalesce(${offers.size}, 1000000000)`),
      asc(offers.kind),
    ),
)

/** Offers of the products that a seller was given, each with what the reader and the seller hold of it. */
export const listOffersFor = (reach: Reach, to: string) => sold({ ...within(reach), to })

const other = aliasedTable(accounts, 'other')

/** The name of the login that acted, where it belongs to the reader's subtree. */
const actorName = sql<
  string | null
>`iif(exists (select 1 from ${accountReach} mine join ${accounts} a on a.n = mine.descendant_n
  where mine.ancestor_n = ${accountInReach} and a.id = ${logins.accountId}), ${logins.name}, null)`

type Shape = `${'offer' | ''}|${'reason' | ''}|${'after' | 'before' | ''}`

const entriesOf = compiledBy((shape: Shape) => {
  const [offerAsked, reason, from] = shape.split('|') as [string, string, string]
  const ascending = from === 'before'
  return build
    .select({
      id: creditEntries.id,
      at: creditEntries.createdAt,
      offerCode: creditEntries.offerCode,
      amount: creditEntries.amount,
      reason: creditEntries.reason,
      balanceAfter: creditEntries.balanceAfter,
      otherAccountId: creditEntries.otherAccountId,
      otherAccountName: other.name,
      actorName,
      licenseId: licenses.id,
      licenseSerial: licenses.serial,
      ...offerColumns,
    })
    .from(creditEntries)
    .innerJoin(offers, eq(offers.code, creditEntries.offerCode))
    .innerJoin(products, ofProduct)
    .innerJoin(editions, ofEdition)
    .leftJoin(other, eq(other.id, creditEntries.otherAccountId))
    .leftJoin(logins, sql`${logins.id} = ${creditEntries.actorId}`)
    .leftJoin(licenses, eq(licenses.id, creditEntries.licenseId))
    .where(
      and(
        sql`${creditEntries.accountId} = ${accountAsked}`,
        offerAsked ? eq(creditEntries.offerCode, sql.placeholder('offer')) : undefined,
        reason ? eq(creditEntries.reason, sql.placeholder('reason')) : undefined,
        from ? sql`${creditEntries.id} ${sql.raw(ascending ? '>' : '<')} ${sql.placeholder('beside')}` : undefined,
      ),
    )
    .orderBy((ascending ? asc : desc)(creditEntries.id))
    .limit(sql.placeholder('limit'))
})

type LedgerPage = {
  readonly limit: number
  readonly after?: { readonly value: string } | null
  readonly before?: { readonly value: string } | null
}

/** A page of the ledger, newest first. */
export const listLedger = (reach: Reach, filter: LedgerFilter, { limit, after, before }: LedgerPage) =>
  entriesOf(
    `${filter.offer ? 'offer' : ''}|${filter.reason ? 'reason' : ''}|${before ? 'before' : after ? 'after' : ''}`,
    { ...within(reach), ...filter, beside: (before ?? after)?.value, limit },
  )

export type LedgerRow = ReturnType<ReturnType<typeof listLedger>['rows']>[number]

const ledgerSum = sql<number>`(select coalesce(sum(e.amount), 0) from ${creditEntries} e
  where e.account_id = ${creditBalances.accountId} and e.offer_code = ${creditBalances.offerCode})`

/** Balances that are not the sum of their ledger, at most 100; a scan, for the night. */
export const listWrongBalances = compile(
  build
    .select({
      account: accounts.name,
      offer: creditBalances.offerCode,
      ledger: ledgerSum,
      balance: creditBalances.credits,
    })
    .from(creditBalances)
    .innerJoin(accounts, eq(accounts.id, creditBalances.accountId))
    .where(sql`${creditBalances.credits} <> ${ledgerSum}`)
    .limit(100),
)

/** Lines of the ledger whose account has no balance of their offer, summed. */
export const listLostBalances = compile(
  build
    .select({
      account: accounts.name,
      offer: creditEntries.offerCode,
      ledger: sql<number>`sum(${creditEntries.amount})`,
    })
    .from(creditEntries)
    .innerJoin(accounts, eq(accounts.id, creditEntries.accountId))
    .where(
      sql`not exists (select 1 from ${creditBalances} where ${creditBalances.accountId} = ${creditEntries.accountId}
        and ${creditBalances.offerCode} = ${creditEntries.offerCode})`,
    )
    .groupBy(creditEntries.accountId, creditEntries.offerCode)
    .limit(100),
)
