import type { Client } from '@libsql/client'
import { litware, northwind, proseware, tailspin, wingtip } from '../world/people.ts'

/** Who owns them in turn: the partner and resellers at two depths below. */
const owners = [northwind, tailspin, wingtip, litware, proseware, tailspin, wingtip, litware, proseware, tailspin]

/** Licenses written in one statement; each is copied to every account above its owner by trigger. */
const atOnce = 2000

/**
 * Adds licenses from one number to another: bought over five years, support ending over four or none, every fiftieth a
 * trial, end customers and comments of their own.
 */
export async function addLicenses(client: Client, from: number, to: number, today: string): Promise<void> {
  const owner = owners.map(({ accountId }, i) => `when ${i} then '${accountId}'`).join(' ')
  for (let first = from; first < to; first += atOnce) {
    await client.execute(`insert into licenses (id, account_id, serial, product_code, edition_code, size, kind, ends_on,
        bought_on, email, email_key, comment, comment_key, support_ends_on, created_at)
      with recursive numbers(i) as (select ${first} union all select i + 1 from numbers where i + 1 < ${Math.min(to, first + atOnce)})
      select 'lic_many-' || i, case i % ${owners.length} ${owner} end, printf('S-%05d-MANY0', i),
        iif(i % 3, 'remote-access', 'advanced-security'), 'essentials', iif(i % 3, 10, null),
        iif(i % 50, 'permanent', 'trial'), iif(i % 50, null, date('${today}', (i / 50 % 60 - 30) || ' days')),
        date('${today}', '-' || (i * 7 % 1825) || ' days'), 'kunde' || i || '@many.example', 'kunde' || i || '@many.example',
        'Schalter ' || i, 'schalter ' || i,
        iif(i % 10, date('${today}', (i * 13 % 1460 - 365) || ' days'), null), 0
      from numbers`)
  }
}
