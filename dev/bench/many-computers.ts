import type { Client } from '@libsql/client'

/** Computers written in one batch; each is copied to every account above its owner by trigger, once for each product. */
const atOnce = 2000

/** The instant that ages are told from, that of the tests. */
const now = 'unixepoch($today) * 1000'

/**
 * Adds servers to an account from one number to another, with keys of its own: registered over five years, most seen
 * within a day, every twentieth never; in ten groups or in none; a third runs two products, every thousandth a rare one.
 */
export async function addComputers(client: Client, accountId: string, from: number, to: number, today = '2026-08-21') {
  const numbers = (first: number, end: number) =>
    `(with recursive s(i) as (select ${first} union all select i + 1 from s where i + 1 < ${end}) select i from s)`
  const at = now.replace('$today', `'${today}'`)
  const seen = `iif(i % 20 = 7, null, ${at} - iif(i % 9 = 4, 86400000 * (i % 60), 60000 * (i % 1400)))`
  const activations = (product: string, key: string, where: string, range: string) =>
    `insert into activations (id, computer_id, account_id, product_code, key_id, token_hash, installed, activated_at, last_check_in_at)
      select 'act_many-${product}-' || i, 'com_many-' || i, '${accountId}', '${product}', ${key}, 'many-${product}-' || i,
        '[{"code":"${product}","version":"2.94"}]', ${at} - 86400000 * (i * 7 % 1825), ${seen} from ${range} where ${where}`
  await client.batch(
    [
      `insert into computer_groups (id, account_id, name, name_key, created_at)
        select 'grp_many-' || i, '${accountId}', 'Hall ' || i, 'hall ' || i, 0 from ${numbers(0, 10)} where true on conflict do nothing`,
      `insert into activation_keys (id, account_id, name, code, created_at)
        select 'key_many-' || i, '${accountId}', 'Many ' || i, printf('MANY-%04d-MANY-MANY', i), 0
        from ${numbers(0, 20)} where true on conflict do nothing`,
      `insert into removals (id, account_id, computers, at, undo_until)
        select 'rem_many-' || i, '${accountId}', 0, ${at} - 86400000 * i, ${at} - 86400000 * (i - 1) from ${numbers(from, to)}`,
    ],
    'write',
  )
  for (let first = from; first < to; first += atOnce) {
    const range = numbers(first, Math.min(to, first + atOnce))
    await client.batch(
      [
        `insert into computers (id, account_id, fingerprint, name, hostname, group_id, ip, ip_key, registered_at, last_check_in_at)
          select 'com_many-' || i, '${accountId}', printf('%032x', i), printf('host-%06d.many.example', i * 7919 % 1000003), printf('host-%06d', i),
            iif(i % 3, 'grp_many-' || (i % 10), null), printf('10.%d.%d.%d', i / 65536, i / 256 % 256, i % 256),
            printf('40a%02x%02x%02x', i / 65536, i / 256 % 256, i % 256), ${at} - 86400000 * (i * 7 % 1825), ${seen} from ${range}`,
        activations('live-patching', `'key_many-' || (i % 20)`, 'true', range),
        activations('extended-support', `'key_many-' || (i % 7)`, 'i % 3 = 0', range),
        activations('extended-support-sla', `'key_many-1'`, 'i % 1000 = 999', range),
      ],
      'write',
    )
  }
}
