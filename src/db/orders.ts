import { and, eq, or, sql } from 'drizzle-orm'
import { build, compile, write } from './query.ts'
import { accounts } from './schema/accounts.ts'
import { contacts, orderItems, orders } from './schema/orders.ts'
import { quotes } from './schema/quotes.ts'

/** Orders that are this one: by the provider's id or by the reference, whoever they belong to. */
export const listSameOrders = compile(
  build
    .select({ id: orders.id, provider: orders.provider, providerOrderId: orders.providerOrderId })
    .from(orders)
    .where(
      or(
        and(
          eq(orders.provider, sql.placeholder('provider')),
          eq(orders.providerOrderId, sql.placeholder('providerOrderId')),
        ),
        eq(orders.referenceKey, sql.placeholder('reference')),
      ),
    ),
)

/** The contact of a shop customer with this e-mail and name. */
export const findContact = compile(
  build
    .select({ id: contacts.id, accountId: contacts.accountId })
    .from(contacts)
    .innerJoin(accounts, eq(accounts.id, contacts.accountId))
    .where(
      and(
        eq(accounts.kind, 'customer'),
        eq(contacts.emailKey, sql.placeholder('email')),
        eq(contacts.firstName, sql.placeholder('firstName')),
        eq(contacts.lastName, sql.placeholder('lastName')),
      ),
    ),
)

/** The contact with this e-mail and name of whoever asked for a quote, a seller or a customer. */
export const findPayersContact = compile(
  build
    .select({ id: contacts.id })
    .from(quotes)
    .innerJoin(contacts, eq(contacts.accountId, quotes.accountId))
    .where(
      and(
        eq(quotes.id, sql.placeholder('quote')),
        eq(contacts.emailKey, sql.placeholder('email')),
        eq(contacts.firstName, sql.placeholder('firstName')),
        eq(contacts.lastName, sql.placeholder('lastName')),
      ),
    ),
)

export const insertContact = (contact: typeof contacts.$inferInsert) => write(build.insert(contacts).values(contact))

/** Writes an order once: a second violates `orders.provider, orders.provider_order_id` or `orders.reference_key`. */
export const insertOrder = (order: typeof orders.$inferInsert) => write(build.insert(orders).values(order))

export const insertOrderItems = (items: readonly (typeof orderItems.$inferInsert)[]) =>
  write(build.insert(orderItems).values([...items]))
