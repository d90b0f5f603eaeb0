import type { Client } from '@libsql/client'

/** The tables that grow with use. Nothing that a request asks for may read one of them from end to end (B8). */
export const growing = [
  'account_reach',
  'accounts',
  'activation_keys',
  'activations',
  'api_keys',
  'autopayment_settings',
  'autopayments',
  'balance_entries',
  'balances',
  'billing_accounts',
  'billing_plans',
  'cart_items',
  'charges',
  'checkouts',
  'computer_copies',
  'computer_groups',
  'computer_reach',
  'computers',
  'contacts',
  'credit_balances',
  'credit_entries',
  'digests',
  'email_changes',
  'event_reach',
  'events',
  'former_codes',
  'idempotency_records',
  'key_numbers',
  'invoices',
  'key_reach',
  'license_reach',
  'licenses',
  'links',
  'logins',
  'order_items',
  'order_reach',
  'orders',
  'outbox',
  'payment_methods',
  'provider_charges',
  'provider_events',
  'quote_lines',
  'quotes',
  'registrations',
  'releases',
  'report_recipients',
  'report_runs',
  'reports',
  'removals',
  'sessions',
  'sign_in_attempts',
  'spent_tokens',
  'support_periods',
  'supports',
  'warnings',
] as const

/** What may go through a table, and why. */
const exempt: readonly { statement: RegExp; reason: string }[] = [
  { statement: /from "contacts" .*"contacts"\."email_key" = \?/, reason: 'waits for an index contacts_email' },
  { statement: /^select count\(\*\) from "accounts"$/, reason: 'whether the demo world is loaded; development only' },
  {
    statement: /from "credit_(balances|entries)" .* (<> \(select|group by) /s,
    reason: 'the nightly proof of the ledger',
  },
  { statement: /from "outbox" order by "outbox"\."id" desc limit \?$/, reason: 'the mailbox of development' },
  { statement: /count\(\*\)\) from outbox\)/, reason: "a test's own" },
  {
    statement: /^delete from .* where rowid in \(select rowid from/,
    reason: 'housekeeping, a bounded number each hour',
  },
]

/** The plan of a statement, as the database will carry it out, whatever its values are. */
export async function planOf(client: Client, sql: string): Promise<string[]> {
  const args = (sql.match(/\?/g) ?? []).map(() => null)
  const { rows } = await client.execute({ sql: `explain query plan ${sql}`, args })
  return rows.map((row) => String(row.detail))
}

/** Each scan of a table that grows, with its statement. */
export async function scansOf(client: Client, statements: Iterable<string>): Promise<string[]> {
  const found: string[] = []
  for (const sql of statements) {
    if (!/^\s*(select|insert|update|delete|with)\b/i.test(sql) || exempt.some((one) => one.statement.test(sql)))
      continue
    const scans = scansIn(await planOf(client, sql), sql)
    if (scans.length > 0) found.push(`${scans.join(', ')} in ${sql.replaceAll(/\s+/g, ' ').slice(0, 1500)}`)
  }
  return found
}

/** The lines of a plan that scan a table that grows. A partial index made for the very rows that are asked for is no table. */
export function scansIn(plan: readonly string[], sql: string): string[] {
  const names = namesOf(sql)
  return plan.filter((line) =>
    names.has(
      /^SCAN (\w+)(?! USING (COVERING )?INDEX (order_items_unknown|accounts_remove_stale|balances_owed|autopayment_settings_add|autopayment_under_way|accounts_digest|activation_keys_over))/.exec(
        line,
      )?.[1] ?? '',
    ),
  )
}

/** The names under which the growing tables stand in a statement: their own and their aliases. */
function namesOf(sql: string): Set<string> {
  const names = new Set<string>()
  const tables = new RegExp(`["\`]?\\b(${growing.join('|')})\\b["\`]?(?:\\s+(?:as\\s+)?["\`]?(\\w+)["\`]?)?`, 'gi')
  for (const [, table = '', alias = ''] of sql.matchAll(tables)) {
    names.add(table)
    if (alias && !keywords.test(alias)) names.add(alias)
  }
  return names
}

const keywords =
  /^(on|where|set|values|select|join|left|inner|cross|order|group|limit|union|and|or|is|not|in|indexed|desc|asc)$/i
