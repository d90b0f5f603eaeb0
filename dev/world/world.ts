import { sql } from 'drizzle-orm'
import { commit } from '#src/db/commit.ts'
import type { Connection } from '#src/db/connection.ts'
import { build, compile, read, type Write } from '#src/db/query.ts'
import { accounts, apiKeys, logins } from '#src/db/schema/accounts.ts'
import { balanceEntries, billingAccounts, billingPlans, charges, paymentMethods } from '#src/db/schema/billing.ts'
import * as catalog from '#src/db/schema/catalog.ts'
import { activations, computerGroups, computers, removals } from '#src/db/schema/computers.ts'
import { activationKeys, formerCodes, licenses, supportPeriods, supports } from '#src/db/schema/licenses.ts'
import { contacts, orderItems, orders, providerEvents } from '#src/db/schema/orders.ts'
import { payments } from '#src/db/schema/payments.ts'
import { emailChanges, invitations } from '#src/db/schema/people.ts'
import { checkouts, quoteLines, quotes } from '#src/db/schema/quotes.ts'
import { events, outbox } from '#src/db/schema/records.ts'
import { reportRecipients, reports } from '#src/db/schema/reports.ts'
import { subscriptions } from '#src/db/schema/sellers.ts'
import type { Passwords } from '#src/gateways/passwords.ts'
import { tellAcme } from './acme.ts'
import { tellAda } from './ada.ts'
import { tellBilling } from './billing.ts'
import { editionRows, familyRows, productRows } from './catalog.ts'
import { tellCheckouts } from './checkouts.ts'
import { tellContoso } from './contoso.ts'
import { balanced } from './credits.ts'
import { tellFabrikam } from './fabrikam.ts'
import { tellGrace } from './grace.ts'
import { bytesOf, idOf } from './ids.ts'
import { insertAll } from './insert.ts'
import { tellLetters } from './letters.ts'
import { tellNorthwind } from './northwind.ts'
import { offerRows, priceRows, shopItemRows } from './offers.ts'
import { tellPayments } from './payments.ts'
import { demoPassword } from './people.ts'
import { tellReports } from './reports.ts'
import { emptyWorld, type World } from './rows.ts'
import { tellSouthridge } from './southridge.ts'

const countAccounts = compile(build.select({ count: sql<number>`count(*)` }).from(accounts))

/** Whether a database holds a world already, this one or a real one. */
export async function isLoaded(db: Connection): Promise<boolean> {
  const [[row]] = await read(db, [countAccounts()])
  return (row?.count ?? 0) > 0
}

/** Loads the demo world: all of it or nothing. A database that holds accounts already is left alone. */
export async function loadWorld(db: Connection, options: { now: Date; passwords: Passwords }): Promise<void> {
  if (await isLoaded(db)) return
  const passwordHash = await options.passwords.hash(demoPassword, bytesOf('demo salt').subarray(0, 16))
  await commit(db, [...catalogWrites(), ...worldWrites(worldAt(options.now), passwordHash)])
}

const stories = [
  tellAcme,
  tellAda,
  tellGrace,
  tellContoso,
  tellNorthwind,
  tellSouthridge,
  tellFabrikam,
  tellBilling,
  tellPayments,
  tellCheckouts,
  tellReports,
  tellLetters,
]

/** The rows of the world as they are at an instant. */
function worldAt(now: Date): World {
  const world = emptyWorld(now)
  for (const tell of stories) tell(world)
  return world
}

const catalogWrites = (): Write[] => [
  insertAll(catalog.families, familyRows),
  insertAll(catalog.products, productRows),
  insertAll(catalog.editions, editionRows),
  insertAll(catalog.offers, offerRows),
  insertAll(catalog.prices, priceRows),
  insertAll(catalog.shopItems, shopItemRows),
]

/** What sorts by its row number is written by age, as it would have been. */
const byAge = <T>(rows: readonly T[], age: (row: T) => Date): T[] =>
  rows.toSorted((a, b) => age(a).getTime() - age(b).getTime())

const worldWrites = (world: World, passwordHash: string): Write[] => [
  insertAll(accounts, world.accounts),
  insertAll(
    logins,
    world.logins.map((login) => ({ ...login, passwordHash })),
  ),
  insertAll(apiKeys, world.apiKeys),
  insertAll(invitations, world.invitations),
  insertAll(emailChanges, world.emailChanges),
  insertAll(catalog.accountProducts, world.accountProducts),
  insertAll(activationKeys, world.activationKeys),
  insertAll(formerCodes, world.formerCodes),
  insertAll(contacts, world.contacts),
  // Before the orders, so that Fabrikam's invoices have the same numbers whatever else is bought.
  insertAll(billingAccounts, world.billingAccounts),
  insertAll(billingPlans, world.billingPlans),
  insertAll(charges, world.charges),
  insertAll(balanceEntries, world.balanceEntries),
  insertAll(paymentMethods, world.paymentMethods),
  insertAll(
    orders,
    byAge(world.orders, (row) => row.orderedAt),
  ),
  insertAll(orderItems, world.orderItems),
  insertAll(
    licenses,
    byAge(world.licenses, (row) => row.createdAt),
  ),
  insertAll(subscriptions, world.subscriptions),
  insertAll(supports, world.supports),
  // The last period of a support first: then the days that follow from it change no more.
  insertAll(supportPeriods, world.supportPeriods.toReversed()),
  insertAll(computerGroups, world.computerGroups),
  insertAll(removals, world.removals),
  insertAll(
    computers,
    byAge(world.computers, (row) => row.registeredAt),
  ),
  insertAll(activations, world.activations),
  insertAll(catalog.creditEntries, balanced(world.creditEntries)),
  insertAll(providerEvents, world.providerEvents),
  insertAll(payments, world.payments),
  insertAll(quotes, world.quotes),
  insertAll(quoteLines, world.quoteLines),
  insertAll(checkouts, world.checkouts),
  insertAll(reports, world.reports),
  insertAll(reportRecipients, world.reportRecipients),
  insertAll(outbox, world.letters),
  insertAll(events, numbered(byAge(world.events, (row) => row.at))),
]

const numbered = (rows: World['events']) => rows.map((row, i) => ({ ...row, id: idOf('event', i + 1) }))
