import { beforeEach, describe, expect, test } from 'vitest'
import { fabrikam } from '#dev/world/people.ts'
import { insertBalanceEntry } from '#src/db/balances.ts'
import { commit } from '#src/db/commit.ts'
import { chargeDue } from '#src/use-cases/billing/charge-due.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { testId } from '../support/deps.ts'
import { openPortal, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const { accountId } = fabrikam
const on = (at: string, of = portal): Deps => ({ ...of.deps, now: () => new Date(at) })
const septembers = (of = portal) =>
  of.db.rows(
    "select product_code as product, servers, unit_minor as unit, amount_minor as amount from charges where account_id = ? and period = '2026-09-01' order by 1",
    accountId,
  )
const inUse = async (product: string) => {
  const [row] = await portal.db.rows(
    'select active_computers as n from account_products where account_id = ? and product_code = ?',
    ...[accountId, product],
  )
  return Number(row?.n)
}
/** Balances that are not the sum of their ledger, and lines whose running balance is not what stands before them. */
const wrong = (of = portal) =>
  of.db.rows(`select account_id, currency from balances b where balance_minor <> (select sum(amount_minor) from balance_entries e
      where e.account_id = b.account_id and e.currency = b.currency)
    union all select id, currency from (select id, currency, balance_after_minor as after,
      sum(amount_minor) over (partition by account_id, currency order by n) as total from balance_entries) where after <> total`)

describe('R230 R231 R240 R241: servers are charged by the month', () => {
  test('each product on the first, from the servers in use, at the price of their number; explained on the page', async () => {
    await chargeDue(on('2026-08-31T23:59:00.000Z'))
    expect(await septembers()).toEqual([])
    const before = await inUse('live-patching')
    expect(await chargeDue(on('2026-09-01T00:07:00.000Z'))).toBe(3)
    const charged = await septembers()
    expect(charged).toMatchObject([
      { product: 'extended-support', unit: 450 },
      { product: 'extended-support-sla', unit: 900, servers: 10, amount: 9000 },
      { product: 'live-patching', unit: 395, servers: before, amount: before * 395 },
    ])
    expect(await wrong()).toEqual([])
    portal.deps.clock.at = new Date('2026-09-01T08:00:00.000Z')
    const admin = portal.browser()
    await signIn(admin, fabrikam.logins.full.email, 'portico-demo')
    const page = await admin.open('/billing')
    expect(page.text).toContain(`Live Patching, September 2026${before} servers × EUR 3.95`)
    const trail = await admin.open('/events?action=balance.charged')
    expect(trail.text).toContain('Servers charged')
  })

  test('what comes in a month is first charged for the next; what goes is charged no more', async () => {
    await portal.db.client.batch([
      "update activations set activated_at = unixepoch('2026-09-01') * 1000 where id = 'act_00-fabrikam-db-01-fabrikam-example-extended-support-sla'",
      "update activations set released_at = unixepoch('2026-08-31 23:59:59') * 1000 where id = 'act_00-fabrikam-db-02-fabrikam-example-extended-support-sla'",
      "update activations set released_at = unixepoch('2026-09-01 00:00:00') * 1000 where id = 'act_00-fabrikam-db-03-fabrikam-example-extended-support-sla'",
    ])
    await chargeDue(on('2026-09-02T05:07:00.000Z'))
    expect((await septembers())[1]).toMatchObject({ servers: 8 })
    await chargeDue(on('2026-10-01T00:07:00.000Z'))
    const [october] = await portal.db.rows(
      "select servers from charges where product_code = 'extended-support-sla' and period = '2026-10-01'",
    )
    expect(october).toEqual({ servers: 8 })
  })

  test.each([
    [1000, 345],
    [999, 395],
  ])('of %i servers each costs %i', async (count, unit) => {
    const had = await inUse('live-patching')
    await portal.db.client.batch([
      {
        sql: "update account_products set server_licenses = null where account_id = ? and product_code = 'live-patching'",
        args: [accountId],
      },
      `with recursive s(i) as (select 1 union all select i + 1 from s where i < ${count - had})
        insert into computers (id, account_id, fingerprint, name, registered_at) select 'com_m' || i, '${accountId}', 'f' || i, 'n' || i, 0 from s`,
      `insert into activations (id, computer_id, account_id, product_code, key_id, token_hash, activated_at)
        select 'act_m' || id, id, account_id, 'live-patching', '${fabrikam.keys.livePatching.id}', id, 0 from computers where id glob 'com_m*'`,
    ])
    await chargeDue(on('2026-09-01T00:07:00.000Z'))
    expect((await septembers())[2]).toMatchObject({ servers: count, unit, amount: count * unit })
  })

  test('a product that came this month has its first charge on the first of the next; nobody is charged for none', async () => {
    await portal.db.client.batch([
      `insert into account_products (account_id, product_code, created_at) select id, 'live-patching', 0 from accounts where email = 'ada@example.com'`,
    ])
    await chargeDue(on('2026-08-21T10:00:00.000Z'))
    const plans = () =>
      portal.db.rows(
        "select next_period as next from billing_plans where account_id = (select id from accounts where email = 'ada@example.com')",
      )
    expect(await plans()).toEqual([{ next: '2026-09-01' }])
    await chargeDue(on('2026-09-01T10:00:00.000Z'))
    expect(await plans()).toEqual([{ next: '2026-10-01' }])
    expect(
      await portal.db.rows(
        "select 1 from balance_entries where account_id = (select id from accounts where email = 'ada@example.com')",
      ),
    ).toEqual([])
  })

  test('a suspended account is charged nothing; what has no price waits until it has one', async () => {
    await portal.db.client.execute({ sql: 'update accounts set suspended_at = 1 where id = ?', args: [accountId] })
    const prices = await portal.db.rows("select * from prices where offer_code like 'live-patching/%'")
    await portal.db.client.execute("delete from prices where offer_code like 'live-patching/%'")
    await chargeDue(on('2026-09-01T00:07:00.000Z'))
    expect(await septembers()).toMatchObject([
      { servers: 0, amount: 0 },
      { servers: 0, amount: 0 },
    ])
    await portal.db.client.batch([
      { sql: 'update accounts set suspended_at = null where id = ?', args: [accountId] },
      ...prices.map((row) => ({
        sql: `insert into prices (${Object.keys(row).join(', ')}) values (?, ?, ?, ?, ?)`,
        args: Object.values(row) as string[],
      })),
    ])
    await chargeDue(on('2026-09-03T00:07:00.000Z'))
    expect((await septembers())[2]).toMatchObject({ product: 'live-patching', servers: await inUse('live-patching') })
  })
})

describe('R324: exactly once for each product and month', () => {
  test('by five clocks at once, and however often', async () => {
    await Promise.all(Array.from({ length: 5 }, () => chargeDue(on('2026-09-01T00:07:00.000Z'))))
    await chargeDue(on('2026-09-01T01:07:00.000Z'))
    expect(await septembers()).toHaveLength(3)
    const [{ n }] = (await portal.db.rows(
      "select count(*) as n from balance_entries e join charges c on c.id = e.charge_id where c.period = '2026-09-01'",
    )) as [{ n: number }]
    expect([n, await wrong()]).toEqual([3, []])
  })

  test('three silent months are caught up with, each by itself', async () => {
    expect(await chargeDue(on('2026-11-17T00:07:00.000Z'))).toBe(9)
    const months = await portal.db.rows("select distinct period from charges where period > '2026-08-01' order by 1")
    expect(months.map(({ period }) => period)).toEqual(['2026-09-01', '2026-10-01', '2026-11-01'])
    expect(await wrong()).toEqual([])
  })

  test('killed at any call to the database, or with its answer lost, the next run makes it, once', async () => {
    for (const lost of [false, true]) {
      for (let alive = 0; alive < 4; alive++) {
        const fresh = await openPortal()
        let calls = 0
        const db: Deps['db'] = {
          batch: async (statements, mode) => {
            const dies = calls++ === alive
            if (dies && !lost) throw new Error('killed')
            const sets = await fresh.db.batch(statements, mode)
            if (dies) throw new Error('killed')
            return sets
          },
        }
        await chargeDue({ ...on('2026-09-01T00:07:00.000Z', fresh), db }).catch(() => {})
        await chargeDue(on('2026-09-01T00:08:00.000Z', fresh))
        expect(await septembers(fresh)).toHaveLength(3)
        expect(await wrong(fresh)).toEqual([])
      }
    }
  })
})

describe('R232: the balance is the sum of its ledger', () => {
  const entry = (amountMinor: number, currency = 'EUR') =>
    insertBalanceEntry({
      ...{
        id: testId('balanceEntry'),
        accountId,
        currency,
        reason: amountMinor > 0 ? 'top-up' : 'refund',
        amountMinor,
      },
      createdAt: portal.deps.now(),
    })

  test('two hundred lines written at once add up, by currency', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, i) => commit(portal.db, [entry(i % 3 ? 100 + i : -77, i % 2 ? 'EUR' : 'USD')])),
    )
    expect(await wrong()).toEqual([])
    expect(await portal.db.rows('select currency from balances where account_id = ? order by 1', accountId)).toEqual([
      { currency: 'EUR' },
      { currency: 'USD' },
    ])
  })

  test.each([
    ['update balances set balance_minor = balance_minor + 1', 'balances_follow'],
    ["insert into balances values ('acc_x', 'EUR', 1)", 'balances_follow'],
    ['delete from balances', 'balances_follow'],
    ['update balance_entries set amount_minor = 1', 'balance_entries_append_only'],
    ['delete from balance_entries', 'balance_entries_append_only'],
    ['update charges set servers = 0', 'charges_append_only'],
    ['delete from charges', 'charges_append_only'],
    [
      `insert into balance_entries (id, account_id, currency, reason, amount_minor, balance_after_minor, created_at)
        values ('bal_x', '${accountId}', 'EUR', 'top-up', 100, 100, 0)`,
      'balance_entries_add_up',
    ],
  ])('the database refuses %s', async (sql, name) => {
    await expect(portal.db.client.execute(sql)).rejects.toThrow(name)
  })
})
