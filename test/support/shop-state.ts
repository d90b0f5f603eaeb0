import { expect } from 'vitest'
import type { TestDatabase } from './database.ts'

const queries = {
  accounts: `select kind, name, email, email_key, country, city, provider_account_id from accounts order by email_key`,
  contacts: `select c.first_name, c.last_name, c.email, c.company, a.email_key from contacts c
    join accounts a on a.id = c.account_id order by 5, 1, 2`,
  orders: `select o.reference, o.provider_order_id, o.live, o.name, o.email, o.currency, o.total_minor, o.tax_minor,
    o.ordered_at, a.email_key from orders o join accounts a on a.id = o.account_id order by 1`,
  items: `select o.reference, i.position, i.path, i.quantity, i.subtotal_minor, i.offer_code from order_items i
    join orders o on o.id = i.order_id order by 1, 2`,
  licenses: `select l.order_reference, i.position, l.product_code, l.size, l.kind, l.bought_on, l.support_ends_on, l.email,
    a.email_key, k.is_default from licenses l join accounts a on a.id = l.account_id
    join order_items i on i.id = l.order_item_id join activation_keys k on k.id = l.activation_key_id order by 1, 2, 4`,
  ends: `select l.order_reference, i.position, l.size, l.kind, l.ends_on, l.support_ends_on, i.refunded_on from licenses l
    join order_items i on i.id = l.order_item_id order by 1, 2, 3`,
  subscriptions: `select provider_subscription_id, term, starts_on, term_ends_on, canceled_at, unpaid_at from subscriptions
    where provider_subscription_id is not null order by 1`,
  told: `select id, told from provider_subscriptions order by 1`,
  refunds: `select provider_return_id, provider_order_id, total_minor, returned_at from refunds order by 1`,
  invoices: `select i.kind, o.reference, i.refund_key, i.provider_charge_key, i.period, i.currency, i.total_minor, i.tax_minor, i.bill_to from invoices i
    join orders o on o.id = i.order_id order by 2, 1, 3, 4`,
  payments: `select provider_order_id, reference, quote_id, total_minor, state, problem from payments order by 1`,
  keys: `select a.email_key, k.name, k.is_default from activation_keys k join accounts a on a.id = k.account_id order by 1`,
  periods: `select p.starts_on, p.ends_on, p.source from support_periods p order by 1, 2`,
  events: `select action, count(*) as n from events group by action order by action`,
  letters: `select template, recipient, once_key from outbox order by once_key`,
  kept: `select id, type, outcome from provider_events order by id`,
} as const

/** All that orders leave behind, but for ids, serial numbers, codes and times of arrival. */
export async function stateOf(db: TestDatabase): Promise<Record<keyof typeof queries, Record<string, unknown>[]>> {
  const sets = await Promise.all(
    Object.entries(queries).map(async ([name, sql]) => [name, await db.rows(sql)] as const),
  )
  return Object.fromEntries(sets) as never
}

/** Fails where an order was brought in halves. */
export async function expectConsistent(db: TestDatabase): Promise<void> {
  const wrong = await db.rows(`
    select 'order without items' as wrong from orders o where not exists (select 1 from order_items where order_id = o.id)
    union all select 'order without its event' from orders o
      where not exists (select 1 from events where subject_id = o.id and action = 'order.received')
    union all select 'order without its letter' from orders o
      where o.id not in (select params ->> 'orderId' from outbox where template = 'order')
    union all select 'paid order without its one invoice' from orders o where total_minor > 0
      and (select count(*) from invoices i where i.order_id = o.id and i.kind in ('invoice', 'payment')
        and i.provider_charge_key is null) <> 1
    union all select 'gap in the numbers of invoices' where (select count(*) <> coalesce(max(number), 0) from invoices)
    union all select 'unknown item without a letter' from order_items i where offer_code is null
      and i.order_id not in (select params ->> 'orderId' from outbox where template = 'unknown-item')
    union all select 'customer without one default key' from accounts a where kind = 'customer'
      and (select count(*) from activation_keys where account_id = a.id and is_default = 1) <> 1
    union all select 'license without its event' from licenses l
      where not exists (select 1 from events where subject_id = l.id and action = 'license.created')
    union all select 'order event done without an order' from provider_events e where outcome = 'done' and type = 'order.completed'
      and coalesce(e.payload ->> '$.data.order', '') not in (select provider_order_id from payments)
      and coalesce(e.payload ->> '$.data.order', '') not in (select provider_order_id from orders)
      and coalesce(e.payload ->> '$.data.order.id', '') not in (select provider_order_id from orders)
      and coalesce(e.payload ->> '$.data.id', '') not in (select provider_order_id from orders)
    union all select 'refused event without a letter' from provider_events e where outcome = 'refused'
      and e.id not in (select params ->> 'eventId' from outbox where template = 'unreadable-event')`)
  expect(wrong).toEqual([])
}
