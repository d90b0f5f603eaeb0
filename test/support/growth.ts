import type { Client } from '@libsql/client'
import { addComputers } from '#dev/bench/many-computers.ts'

const numbers = (n: number) =>
  `(with recursive s(i) as (select 1 union all select i + 1 from s where i < ${n}) select i from s)`
const day = (i: string, years = 6) => `date('2026-08-21', '-' || (${i} * 37 % ${365 * years}) || ' days')`
const instant = (i: string) => `1787000000000 - ${i} * 61000`

/**
 * Fills an account of the demo world with `n` orders, items, licenses, supports and events, spread over years, products
 * and kinds, as a shop of some size leaves them, and the vendor with customers. The account needs one contact.
 */
export async function grow(client: Client, accountId: string, n: number): Promise<void> {
  const product = `iif(i % 3 = 0, 'advanced-security', 'remote-access')`
  const edition = `iif(i % 3 = 0, 'essentials', 'pro')`
  const statements = [
    `insert into accounts (id, parent_id, kind, name, email, email_key, created_at)
      select 'acc_many-' || i, (select id from accounts where kind = 'vendor'), iif(i % 20 = 0, 'reseller', 'customer'),
        'Many ' || i, 'buyer' || i || '@example.com', 'buyer' || i || '@example.com', 0 from ${numbers(n / 4)}`,
    `insert into orders (id, account_id, contact_id, reference, reference_key, provider, provider_order_id, live, name,
        email, email_key, currency, total_minor, tax_minor, ordered_at, created_at)
      select 'ord_many-' || i, '${accountId}', (select id from contacts where account_id = '${accountId}' limit 1),
        'MANY' || i, 'MANY' || i, 'fastspring', 'many-' || i, 1, 'Many', 'many' || i || '@example.com',
        'many' || i || '@example.com', 'EUR', i * 7 % 90000, 0, ${instant('i')}, ${instant('i')} from ${numbers(n)}`,
    `insert into order_items (id, order_id, position, path, display, quantity, subtotal_minor, offer_code)
      select 'oit_many-' || i, 'ord_many-' || i, 1, 'many', 'Many', 1, 100,
        iif(i % 50 = 0, null, (select code from offers limit 1)) from ${numbers(n)}`,
    `insert into licenses (id, account_id, serial, product_code, edition_code, kind, ends_on, bought_on, order_item_id,
        order_reference, order_reference_key, activation_key_id, email, email_key, comment, comment_key, created_at)
      select 'lic_many-' || i, '${accountId}', 'M-' || i, ${product}, ${edition},
        iif(i % 40 = 0, 'trial', 'permanent'), iif(i % 40 = 0, '2026-12-31', null), ${day('i')}, 'oit_many-' || i,
        'MANY' || i, 'MANY' || i, (select id from activation_keys where account_id = '${accountId}' limit 1),
        'many' || i || '@example.com', 'many' || i || '@example.com', 'ward ' || i, 'ward ' || i, ${instant('i')}
      from ${numbers(n)}`,
    `insert into supports (id, license_id, starts_on, ends_on, created_at)
      select 'sup_many-' || i, 'lic_many-' || i, '2020-01-01', date('2026-08-21', (i % 500 - 100) || ' days'), 0
      from ${numbers(n)} where i % 4 <> 0`,
    `insert into events (id, account_id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
        subject_name, address, request_id)
      select 'evt_many-' || i, '${accountId}', ${instant('i')}, 'shop', 'fastspring', 'FastSpring', 'license.created',
        'license', 'lic_many-' || i, 'M-' || i, '203.0.113.9', 'req_many' from ${numbers(n)}`,
    `insert into billing_accounts (account_id, currency, created_at)
      select 'acc_many-' || i, 'EUR', 0 from ${numbers(n / 4)}`,
    `insert into payment_methods (id, account_id, provider, token, brand, last_four, expires, is_default, created_at)
      select 'pmt_many-' || i, 'acc_many-' || i, 'sandbox', 'tok_many_' || i, 'Visa', '4242', '2030-01', 1, 0 from ${numbers(n / 4)}`,
    `insert into billing_plans (account_id, product_code, next_period, created_at)
      select 'acc_many-' || i, 'live-patching', '2026-09-01', 0 from ${numbers(n / 4)}`,
    `insert into charges (id, account_id, product_code, period, offer_code, servers, min_quantity, unit_minor, amount_minor, currency, created_at)
      select 'chg_many-' || i, 'acc_many-' || i, 'live-patching', '2026-08-01', (select code from offers limit 1), 1, 1, 395, 395, 'EUR', 0
      from ${numbers(n / 4)}`,
    `insert into balance_entries (id, account_id, currency, reason, amount_minor, balance_after_minor, created_at)
      select 'bal_many-' || i, 'acc_many-' || i, 'EUR', 'top-up', 100, 100, ${instant('i')} from ${numbers(n / 4)}`,
    `insert into outbox (id, account_id, template, params, recipient, once_key, state, next_attempt_at, created_at)
      select 'let_many-' || i, null, 'sign-in-alarm', '{}', 'many@example.com', 'many:' || i, 'sent', 0, ${instant('i')}
      from ${numbers(n)}`,
    `insert into reports (id, account_id, kind, lead_days, frequency, weekday, month_day, hour, time_zone, next_due_at, created_at)
      select 'rep_many-' || i, 'acc_many-' || i, 'support-ends', 30, 'daily', 1, 1, 8, 'UTC', ${instant('i')}, 0
      from ${numbers(n / 4)}`,
    `insert into report_recipients (id, report_id, email, email_key, created_at)
      select 'rcp_many-' || i, 'rep_many-' || i, 'many' || i || '@example.com', 'many' || i || '@example.com', 0
      from ${numbers(n / 4)}`,
    `insert into cart_items (account_id, offer_code, quantity, updated_at)
      select 'acc_many-' || i, (select code from offers limit 1), 1, 0 from ${numbers(n / 4)}`,
    `insert into report_runs (report_id, due_at, state, rows, letters, content, ran_at)
      select 'rep_many-' || i, ${instant('i')}, 'empty', 0, 0, '{}', 0 from ${numbers(n / 4)}`,
    `insert into warnings (account_id, object_id, ends_on, lead, kind, license_id, warned_on)
      select '${accountId}', 'sup_many-' || i, ${day('i', 1)}, 30, 'support', 'lic_many-' || i, ${day('i', 1)} from ${numbers(n)}`,
    `insert into digests (account_id, week, tasks, content, made_at)
      select 'acc_many-' || i, '2026-08-17', 1, '{}', 0 from ${numbers(n / 4)}`,
  ]
  await client.batch(statements, 'write')
  await addComputers(client, accountId, 0, n / 10)
}

/** Adds `n` activation keys to an account, most of one product, a tenth limited, some of which end. */
export async function growKeys(client: Client, accountId: string, n: number): Promise<void> {
  await client.execute(`insert into activation_keys (id, account_id, product_code, name, code, note, computer_limit, expires_on, created_at)
    select 'key_many-' || i, '${accountId}', iif(i % 5, 'live-patching', 'extended-support'), 'Many key ' || i,
      printf('MANY-KEYS-%04d-%04d', i / 10000, i % 10000), 'note of ' || i, iif(i % 10, null, i % 100),
      iif(i % 7, null, ${day('i')}), ${instant('i')} from ${numbers(n)}`)
}
