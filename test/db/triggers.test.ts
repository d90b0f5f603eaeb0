import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { commit, Violation } from '#src/db/commit.ts'
import type { Connection } from '#src/db/connection.ts'
import { expect as expectThat } from '#src/db/expect.ts'
import { newestInSchema } from '#src/db/schema-state.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { openShop, vendorId } from '../support/shop.ts'

/** A table that drizzle-kit rebuilds loses its triggers without a word: so each is named here. */
const triggers = [
  'account_below_itself',
  'account_computer_limit',
  'account_reach_gain',
  'account_reach_lose',
  'accounts_join',
  'accounts_move',
  'activation_keys_default_stays',
  'activation_keys_not_former',
  'activation_keys_not_former_again',
  'activation_keys_rotate',
  'activations_change_license',
  'activations_join',
  'activations_key_still_there',
  'activations_key_there',
  'activations_leave',
  'activations_move',
  'activations_reach_add',
  'activations_reach_change',
  'activations_reach_lose',
  'activations_reach_remove',
  'activations_reach_return',
  'activations_release',
  'activations_return',
  'activations_stay',
  'balance_entries_add_up',
  'balance_entries_invoice',
  'balance_entries_no_delete',
  'balance_entries_no_update',
  'balance_entries_post',
  'balances_begin',
  'balances_follow',
  'balances_no_delete',
  'billing_accounts_settings',
  'charges_no_delete',
  'charges_no_update',
  'computers_own_group',
  'computers_reach_add',
  'computers_reach_change',
  'computers_reach_lose',
  'computers_reach_remove',
  'computers_reach_return',
  'computers_reach_seen',
  'computers_rename',
  'computers_stay',
  'credit_entries_no_delete',
  'credit_entries_no_update',
  'credit_entries_post',
  'events_no_delete',
  'events_no_update',
  'events_reach_add',
  'expectation_failed',
  'expectation_held',
  'former_codes_no_delete',
  'invoices_no_delete',
  'invoices_no_gap',
  'invoices_no_update',
  'invoices_refunds',
  'key_computer_limit',
  'key_reach_add',
  'key_reach_change',
  'key_reach_gain',
  'key_reach_lose',
  'key_reach_move',
  'key_reach_remove',
  'key_reach_used',
  'key_texts_add',
  'key_texts_change',
  'key_texts_remove',
  'license_comments_add',
  'license_comments_change',
  'license_comments_remove',
  'licenses_reach_add',
  'licenses_reach_change',
  'licenses_reach_move',
  'licenses_reach_remove',
  'login_last_full_access',
  'login_last_full_access_there',
  'login_master_stays',
  'login_master_stays_there',
  'logins_leave',
  'order_items_charges',
  'order_items_invoice',
  'orders_reach_add',
  'orders_reach_change',
  'orders_reach_move',
  'orders_reach_remove',
  'payment_methods_fixed',
  'provider_charges_invoice',
  'quote_lines_no_update',
  'quotes_applied_stay',
  'quotes_fixed',
  'refunds_invoice',
  'refunds_invoice_of_charge',
  'release_budget',
  'release_cooldown',
  'releases_no_delete',
  'releases_no_update',
  'report_recipients_leave',
  'report_runs_no_update',
  'reports_leave',
  'support_periods_change',
  'support_periods_leave',
  'support_periods_overlap',
  'support_periods_post',
  'supports_change',
  'supports_join',
  'supports_leave',
  'trials_no_delete',
  'warnings_no_update',
]

type Value = string | number | null

/** What a test writes here is none of the product's, and may be as slow as it likes. */
const direct: Connection = { batch: (statements, mode) => db.client.batch(statements, mode) }

let db: TestDatabase
beforeEach(async () => {
  db = await freshDatabase()
  await openShop(db)
})

const insertOf = (table: string, row: Record<string, Value>) => {
  const names = Object.keys(row)
  return {
    sql: `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
    args: Object.values(row),
  }
}
const insert = (table: string, row: Record<string, Value>) => db.client.execute(insertOf(table, row))

/** Commits statements as the product does; answers what was violated, or nothing. */
async function violated(...statements: { sql: string; args: Value[] }[]): Promise<string | null> {
  try {
    await commit(
      direct,
      statements.map((statement) => ({ statement })),
    )
    return null
  } catch (error) {
    if (error instanceof Violation) return error.constraint
    throw error
  }
}
const outcome = (table: string, row: Record<string, Value>) => violated(insertOf(table, row))
const change = (text: string, ...args: Value[]) => violated({ sql: text, args })
const value = async (text: string, ...args: Value[]) => Object.values((await db.rows(text, ...args))[0] ?? {})[0]

const account = (id: string, parent: string = vendorId, kind = 'reseller') =>
  insert('accounts', { id, parent_id: parent, kind, name: id, email: id, email_key: id, created_at: 0 })
const license = (id: string, owner: string, more: Record<string, Value> = {}) =>
  insert('licenses', {
    ...{ id, account_id: owner, serial: id.toUpperCase(), product_code: 'remote-access', edition_code: 'pro' },
    ...{ kind: 'permanent', bought_on: '2026-01-01', email: 'a@b.example', email_key: 'a@b.example', created_at: 0 },
    ...more,
  })

test('every trigger is there, and no other', async () => {
  const rows = await db.rows("select name from sqlite_master where type = 'trigger' order by name")
  expect(rows.map((row) => row.name)).toEqual(triggers)
})

test('/readyz looks for what the newest migration brings last by a new name', () => {
  const files = readdirSync('migrations').filter((name) => name.endsWith('.sql'))
  const made = files.sort().flatMap((name) => {
    const text = readFileSync(`migrations/${name}`, 'utf8')
    return [...text.matchAll(/CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER) `?(\w+)`?/gi)].map((match) => match[1])
  })
  expect(newestInSchema).toBe([...new Set(made)].at(-1))
})

describe('expectations', () => {
  test('abort a batch under their name, whole, and never leave a row', async () => {
    await expect(commit(direct, [expectThat('not-found', sql`1 = 1`)])).resolves.toBeDefined()
    for (const holds of [sql`1 = 0`, sql`null`, sql`(select n from accounts where id = 'nobody')`]) {
      const batch = [
        { statement: insertOf('families', { code: 'x', name: 'X', position: 9 }) },
        expectThat('not-found', holds),
      ]
      await expect(commit(direct, batch)).rejects.toThrow(new Violation('not-found'))
    }
    expect(await value('select count(*) from expectations')).toBe(0)
    expect(await value("select count(*) from families where code = 'x'")).toBe(0)
  })
})

describe('credits (M1)', () => {
  const entry = (id: string, amount: number, reason = amount > 0 ? 'granted' : 'spent') =>
    insertOf('credit_entries', {
      ...{ id, account_id: vendorId, offer_code: 'pro/10', amount, reason, actor_id: 'lgn_x', created_at: 0 },
    })
  const balance = () => value('select credits from credit_balances where account_id = ?', vendorId)
  const ledger = () => value('select sum(amount) from credit_entries where account_id = ?', vendorId)

  test.each([
    [1, 1],
    [50, 50],
    [0, 0],
  ])(
    'of 200 who spend at once on %i credits, %i do; the rest is refused and leaves nothing',
    async (granted, spent) => {
      if (granted > 0) await violated(entry('crd_granted', granted))
      const outcomes = await Promise.all(Array.from({ length: 200 }, (_, i) => violated(entry(`crd_${i}`, -1))))
      expect(outcomes.filter((one) => one === null)).toHaveLength(spent)
      expect(outcomes.filter((one) => one === 'credits_sufficient')).toHaveLength(200 - spent)
      expect([(await balance()) ?? 0, (await ledger()) ?? 0]).toEqual([0, 0])
      expect(await value("select count(*) from credit_entries where id <> 'crd_granted'")).toBe(spent)
    },
  )

  test('the balance is the sum of the ledger, whatever was written to it', async () => {
    const amounts = fc.array(
      fc.integer({ min: -5, max: 8 }).filter((amount) => amount !== 0),
      { maxLength: 40 },
    )
    let n = 0
    await fc.assert(
      fc.asyncProperty(amounts, async (written) => {
        for (const amount of written) {
          const before = Number((await balance()) ?? 0)
          const refused = before + amount < 0 ? 'credits_sufficient' : null
          expect(await violated(entry(`crd_p${n++}`, amount))).toBe(refused)
        }
        expect((await balance()) ?? null).toBe((await ledger()) ?? null)
      }),
      { numRuns: 20 },
    )
  })

  test('the ledger is only ever added to', async () => {
    await violated(entry('crd_1', 5))
    expect(await change("update credit_entries set amount = 6 where id = 'crd_1'")).toBe('credit_entries_append_only')
    expect(await change("delete from credit_entries where id = 'crd_1'")).toBe('credit_entries_append_only')
    expect(await violated(entry('crd_2', 0, 'granted'))).toBe('credit_amount')
    expect([await balance(), await ledger()]).toEqual([5, 5])
  })
})

test('the audit trail is only ever added to (I8 R319)', async () => {
  const event = {
    id: 'evt_1',
    account_id: vendorId,
    at: 1,
    actor_kind: 'clock',
    actor_id: 'clock',
    actor_name: 'Clock',
  }
  const rest = { action: 'x', subject_kind: 'account', subject_id: 'x', subject_name: 'x', address: '', request_id: '' }
  await insert('events', { ...event, ...rest })
  expect(await change("update events set actor_name = 'nobody'")).toBe('events_append_only')
  expect(await change('delete from events')).toBe('events_append_only')
  expect(await value('select count(*) from events')).toBe(1)
})

describe('support', () => {
  let n = 0
  const period = (from: string, to: string, support = 'sup_1') =>
    insertOf('support_periods', {
      ...{ id: `spp_${n++}`, support_id: support, starts_on: from, ends_on: to, source: 'grant', created_at: 0 },
    })
  const projected = async () => [
    await value("select starts_on || ' ' || ends_on from supports where id = 'sup_1'"),
    await value("select support_ends_on from licenses where id = 'lic_1'"),
    await value(
      "select r.support_ends_on from license_reach r join licenses l on l.n = r.license_n where l.id = 'lic_1'",
    ),
  ]
  beforeEach(async () => {
    await license('lic_1', vendorId)
    const days = { starts_on: '2026-01-01', ends_on: '2026-12-31' }
    await insert('supports', { id: 'sup_1', license_id: 'lic_1', ...days, created_at: 0 })
    await violated(period('2026-01-01', '2026-12-31'))
  })

  test.each([
    ['2026-12-31', '2027-12-30'],
    ['2025-01-01', '2026-01-01'],
    ['2026-03-01', '2026-03-01'],
    ['2020-01-01', '2030-01-01'],
  ])('days that are paid for already are refused: %s to %s', async (from, to) => {
    expect(await violated(period(from, to))).toBe('support_periods_overlap')
    expect(await projected()).toEqual(['2026-01-01 2026-12-31', '2026-12-31', '2026-12-31'])
  })

  test('of 100 who extend from the same day at once, one does', async () => {
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => violated(period('2027-01-01', '2027-12-31'))))
    expect(outcomes.filter((one) => one === null)).toHaveLength(1)
    expect(outcomes.filter((one) => one === 'support_periods_overlap')).toHaveLength(99)
  })

  test('the days of support, license and reach follow from the periods', async () => {
    await violated(period('2027-01-01', '2027-12-31'))
    expect(await projected()).toEqual(['2026-01-01 2027-12-31', '2027-12-31', '2027-12-31'])
    await violated(period('2024-05-05', '2024-06-06'))
    expect(await projected()).toEqual(['2024-05-05 2027-12-31', '2027-12-31', '2027-12-31'])
    await change("update support_periods set ends_on = '2027-06-30' where starts_on = '2027-01-01'")
    expect(await projected()).toEqual(['2024-05-05 2027-06-30', '2027-06-30', '2027-06-30'])
    await change("delete from support_periods where starts_on = '2027-01-01'")
    expect(await projected()).toEqual(['2024-05-05 2026-12-31', '2026-12-31', '2026-12-31'])
    await change('delete from support_periods')
    expect(await projected()).toEqual([undefined, null, '0000-00-00'])
  })

  test('a license that is deleted takes its support and its place in every list along', async () => {
    await change("delete from licenses where id = 'lic_1'")
    for (const table of ['supports', 'support_periods', 'license_reach']) {
      expect([table, await value(`select count(*) from ${table}`)]).toEqual([table, 0])
    }
  })
})

describe('activations (M2)', () => {
  const key = (id: string, limit: number | null) =>
    insert('activation_keys', { id, account_id: vendorId, name: id, code: id, computer_limit: limit, created_at: 0 })
  const computer = (id: string) =>
    insert('computers', { id, account_id: vendorId, fingerprint: id, name: id, registered_at: 0 })
  const activate = (on: string, keyId: string, more: Record<string, Value> = {}) =>
    violated(
      insertOf('activations', {
        ...{ id: `act_${on}_${keyId}`, computer_id: on, account_id: vendorId, product_code: 'remote-access' },
        ...{ key_id: keyId, token_hash: `${on}/${keyId}`, activated_at: 5, ...more },
      }),
    )
  const ofKey = (id: string) => value('select active_computers from activation_keys where id = ?', id)
  const ofAccount = () => value('select active_computers from account_products where account_id = ?', vendorId)
  const release = (on: string) => change('update activations set released_at = 9 where computer_id = ?', on)
  const machines = (count: number) => Array.from({ length: count }, (_, i) => `cmp_${i}`)

  beforeEach(async () => {
    for (const id of machines(50)) await computer(id)
    await key('key_1', 3)
    await key('key_2', null)
  })

  test('of 50 computers at once on a key for 3, three are let in', async () => {
    const outcomes = await Promise.all(machines(50).map((id) => activate(id, 'key_1')))
    expect(outcomes.filter((one) => one === null)).toHaveLength(3)
    expect(outcomes.filter((one) => one === 'key_computer_limit')).toHaveLength(47)
    expect([await ofKey('key_1'), await ofAccount()]).toEqual([3, 3])
    expect(await value('select count(*) from activations')).toBe(3)
  })

  test('an account runs no more servers of a product than it has licenses for, whatever its keys allow', async () => {
    const allowed = { account_id: vendorId, product_code: 'remote-access', server_licenses: 2, created_at: 0 }
    await insert('account_products', allowed)
    const outcomes = await Promise.all(machines(20).map((id) => activate(id, 'key_2')))
    expect(outcomes.filter((one) => one === null)).toHaveLength(2)
    expect(outcomes.filter((one) => one === 'account_computer_limit')).toHaveLength(18)
    expect([await ofKey('key_2'), await ofAccount()]).toEqual([2, 2])
  })

  test('a computer is counted once; released it makes room, returned it is counted again', async () => {
    for (const id of machines(3)) await activate(id, 'key_1')
    expect(await activate('cmp_0', 'key_1', { id: 'act_again', token_hash: 'again' })).toMatch(/computer_id/)
    await release('cmp_0')
    await release('cmp_0')
    expect([await ofKey('key_1'), await ofAccount()]).toEqual([2, 2])
    expect(await activate('cmp_3', 'key_1')).toBeNull()
    expect(await change("update activations set released_at = null where computer_id = 'cmp_0'")).toBe(
      'key_computer_limit',
    )
    await change("delete from activations where computer_id = 'cmp_1'")
    expect(await change("update activations set released_at = null where computer_id = 'cmp_0'")).toBeNull()
    expect([await ofKey('key_1'), await ofAccount()]).toEqual([3, 3])
  })

  test('whoever is over a limit that was lowered may still release, and nobody new comes in', async () => {
    for (const id of machines(3)) await activate(id, 'key_1')
    await change("update activation_keys set computer_limit = 1 where id = 'key_1'")
    expect(await release('cmp_0')).toBeNull()
    expect(await ofKey('key_1')).toBe(2)
    expect(await activate('cmp_9', 'key_1')).toBe('key_computer_limit')
  })

  test('a computer that moves to another key is counted there, if there is room', async () => {
    for (const id of machines(3)) await activate(id, 'key_1')
    await activate('cmp_3', 'key_2')
    const move = (on: string, to: string) => change('update activations set key_id = ? where computer_id = ?', to, on)
    expect(await move('cmp_3', 'key_1')).toBe('key_computer_limit')
    expect(await move('cmp_0', 'key_2')).toBeNull()
    expect(await move('cmp_3', 'key_1')).toBeNull()
    expect([await ofKey('key_1'), await ofKey('key_2'), await ofAccount()]).toEqual([3, 1, 4])
  })

  test('a license runs on one computer at a time, and says on which', async () => {
    await license('lic_1', vendorId)
    const runsOn = () => value("select computer_name || '/' || first_activated_at from licenses where id = 'lic_1'")
    expect(await activate('cmp_0', 'key_2', { license_id: 'lic_1' })).toBeNull()
    expect(await runsOn()).toBe('cmp_0/5')
    expect(await activate('cmp_1', 'key_2', { license_id: 'lic_1' })).toMatch(/license_id/)
    await change("update computers set name = 'FRONT' where id = 'cmp_0'")
    expect(await value('select computer_key from license_reach where activated = 1')).toBe('FRONT')
    await release('cmp_0')
    expect(await runsOn()).toBeNull()
    expect(await activate('cmp_1', 'key_2', { license_id: 'lic_1' })).toBeNull()
    expect(await runsOn()).toBe('cmp_1/5')
    await license('lic_2', vendorId)
    await change("update activations set license_id = 'lic_2' where computer_id = 'cmp_1'")
    expect(await runsOn()).toBeNull()
    expect(await change("update activations set computer_id = 'cmp_2' where computer_id = 'cmp_1'")).toBe(
      'activation_stays',
    )
  })

  test('counters are what is counted, after anything', async () => {
    const step = fc.record({ on: fc.integer({ min: 0, max: 9 }), act: fc.integer({ min: 0, max: 4 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        for (const { on, act } of steps) {
          const id = `cmp_${on}`
          if (act < 2) await activate(id, act === 0 ? 'key_1' : 'key_2')
          if (act === 2) await release(id)
          if (act === 3) await change('update activations set released_at = null where computer_id = ?', id)
          if (act === 4)
            await change(
              "update activations set key_id = iif(key_id = 'key_1', 'key_2', 'key_1') where computer_id = ?",
              id,
            )
        }
        const wrong = await db.rows(`select k.id from activation_keys k where k.active_computers <>
            (select count(*) from activations a where a.key_id = k.id and a.released_at is null)
          union all select p.account_id from account_products p where p.active_computers <>
            (select count(*) from activations a where a.account_id = p.account_id and a.product_code = p.product_code and a.released_at is null)`)
        expect(wrong).toEqual([])
        expect(Number(await ofKey('key_1'))).toBeLessThanOrEqual(3)
      }),
      { numRuns: 30 },
    )
  })
})

describe('releases (R305)', () => {
  const day = 86_400_000
  const release = (id: string, at: number, counts = 1) =>
    outcome('releases', {
      ...{ id, account_id: vendorId, license_id: 'lic_1', product_code: 'remote-access', computer_id: 'com_1' },
      ...{ computer_name: 'PC', counts, at },
    })

  test('of one license there are so many in a year as the product allows, and those of the seller do not count', async () => {
    await change("update products set releases_per_year = 2 where code = 'remote-access'")
    expect(await release('rel_0', 0)).toBeNull()
    expect(await release('rel_1', 30 * day)).toBeNull()
    expect(await release('rel_2', 60 * day)).toBe('release_budget')
    expect(await release('rel_3', 60 * day, 0)).toBeNull()
    expect(await release('rel_4', 366 * day)).toBeNull()
    expect(await change("delete from releases where id = 'rel_4'")).toBe('releases_append_only')
  })

  test('between two there is the pause that the product asks for', async () => {
    await change("update products set release_cooldown_hours = 48 where code = 'remote-access'")
    expect(await release('rel_0', 0)).toBeNull()
    expect(await release('rel_1', 2 * day - 1)).toBe('release_cooldown')
    expect(await release('rel_2', 2 * day)).toBeNull()
  })
})

test('a code that a key had once is taken for ever (R318)', async () => {
  const key = (id: string, code: string) =>
    outcome('activation_keys', { id, account_id: vendorId, name: id, code, created_at: 0 })
  expect(await key('key_a', 'AAAA-AAAA-AAAA-AAAA')).toBeNull()
  expect(await change("update activation_keys set code = 'BBBB-BBBB-BBBB-BBBB' where id = 'key_a'")).toBeNull()
  await insert('former_codes', {
    ...{ code_normal: 'AAAAAAAAAAAAAAAA', code: 'AAAA-AAAA-AAAA-AAAA', key_id: 'key_a', rotated_at: 0, valid_until: 1 },
  })
  expect(await key('key_b', 'aaaa aaaa aaaa aaaa')).toBe('activation_key_taken')
  expect(await change("update activation_keys set code = 'AAAA-AAAA-AAAA-AAAA' where id = 'key_a'")).toBe(
    'activation_key_taken',
  )
})

describe('reach', () => {
  /** Who stands above whom, and what each account sees, gone through the tree itself. */
  const truth = `with recursive above(top, id) as (
    select id, id from accounts union all select a.top, c.id from above a join accounts c on c.parent_id = a.id)`
  const differences = async () => {
    const pairs = {
      account_reach: `select (select n from accounts where id = top) as x, (select n from accounts where id = above.id) as y from above`,
      license_reach: `select (select n from accounts where id = top), l.n from above join licenses l on l.account_id = above.id`,
      order_reach: `select (select n from accounts where id = top), o.n from above join orders o on o.account_id = above.id`,
      event_reach: `select (select n from accounts where id = top), e.n from above join events e on e.account_id = above.id`,
      computer_reach: `select * from (select (select n from accounts where id = top), c.n, '', lower(c.name), c.ip_key, coalesce(c.last_check_in_at, 0), coalesce(c.group_id, ''), ''
        from above join computers c on c.account_id = above.id where c.removed_at is null
        union all select (select n from accounts where id = top), c.n, v.product_code, lower(c.name), c.ip_key, coalesce(v.last_check_in_at, 0), coalesce(c.group_id, ''), v.key_id
        from above join activations v on v.account_id = above.id and v.released_at is null join computers c on c.id = v.computer_id)`,
      key_reach: `select * from (select (select n from accounts where id = top), p.code, s.servers, top <> above.id, k.id, lower(k.name), k.code_normal, k.active_computers, coalesce(k.expires_on, '9999-12-31')
        from above join activation_keys k on k.account_id = above.id and k.removed_at is null
          join (select '' as code union select code from products) p on p.code in ('', coalesce(k.product_code, ''))
          join (select '' as servers union select 'limited' union select 'unlimited') s
            on s.servers in ('', iif(k.computer_limit is null, 'unlimited', 'limited')))`,
    }
    const kept = {
      account_reach: 'select ancestor_n, descendant_n from account_reach',
      license_reach: 'select account_n, license_n from license_reach',
      order_reach: 'select account_n, order_n from order_reach',
      event_reach: 'select account_n, event_n from event_reach',
      computer_reach:
        'select account_n, computer_n, product_code, name_key, ip_key, seen_at, group_id, key_id from computer_reach',
      key_reach:
        'select account_n, product_code, servers, below, key_id, name_key, code_normal, used, expires_on from key_reach',
    }
    const found: string[] = []
    for (const name of Object.keys(pairs) as (keyof typeof pairs)[]) {
      const missing = await db.rows(`${truth} select count(*) as n from (${pairs[name]} except ${kept[name]})`)
      const extra = await db.rows(`${truth} select count(*) as n from (${kept[name]} except ${pairs[name]})`)
      if (missing[0]?.n !== 0 || extra[0]?.n !== 0)
        found.push(`${name}: ${missing[0]?.n} missing, ${extra[0]?.n} extra`)
    }
    const stale = await db.rows(`select l.id from licenses l join license_reach r on r.license_n = l.n
      where r.bought_on <> l.bought_on or r.kind <> l.kind or r.email_key <> l.email_key
        or r.serial_key <> replace(upper(l.serial), '-', '') or r.order_key <> l.order_reference_key
        or r.support_ends_on <> coalesce(l.support_ends_on, '0000-00-00') or r.activated <> (l.computer_id is not null)`)
    const there = await db.rows(`select c.id from computers c where (c.removed_at is null) <>
      exists (select 1 from activations v where v.computer_id = c.id and v.released_at is null)`)
    return [...found, ...stale.map((row) => `stale: ${row.id}`), ...there.map((row) => `there or not: ${row.id}`)]
  }

  const licensing = [
    'account',
    'move',
    'license',
    'order',
    'event',
    'delete',
    'hand over',
    'edit',
    'take order',
  ] as const
  const fleet = [
    'computer',
    'activate',
    'release',
    'return',
    'rename',
    'check in',
    'group',
    'move key',
    'edit key',
    'remove key',
  ] as const
  const products = ['remote-access', 'advanced-security']
  const kinds = [...licensing, ...fleet]
  const step = fc.record({ what: fc.constantFrom(...kinds), a: fc.nat(1000), b: fc.nat(1000) })

  test('is the tree itself, after any accounts, moves, licenses, orders, events and deletions', async () => {
    let n = 0
    const steps = fc.array(step, { minLength: 40, maxLength: 80 })
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        db = await freshDatabase()
        await openShop(db)
        const other = { code: products[1] as string, family_code: 'remote-access', name: 'Advanced Security' }
        await insert('products', { ...other, unit: 'user', pricing_rule: 'perpetual', position: 2 })
        const accounts: string[] = [vendorId]
        const some = <T>(list: readonly T[], i: number): T => list[i % list.length] as T
        for (const { what, a, b } of given) {
          const id = `x${n++}`
          const owner = some(accounts, a)
          const other = some(accounts, b)
          if (what === 'account') {
            await account(id, owner)
            accounts.push(id)
          }
          if (what === 'move' && owner !== vendorId) await move(owner, other)
          if (what === 'license') await license(id, owner)
          if (what === 'order') await order(id, owner)
          if (what === 'event') await event(id, owner)
          if (what === 'delete')
            await change('delete from licenses where n = (select max(n) from licenses where n % 3 = ?)', a % 3)
          if (what === 'hand over') await change('update licenses set account_id = ? where n % 4 = ?', other, a % 4)
          if (what === 'take order') await change('update orders set account_id = ? where n % 3 = ?', other, a % 3)
          await changeFleet(what, id, owner, a, b)
          if (what === 'edit')
            await change("update licenses set bought_on = '2025-02-03', email_key = ? where n % 2 = ?", id, a % 2)
        }
        expect(await differences()).toEqual([])
      }),
      { numRuns: 8 },
    )
  })

  /** One of the things that happen to computers, on some of those that are there. */
  async function changeFleet(what: string, id: string, owner: string, a: number, b: number) {
    const some = `n % 3 = ${a % 3}`
    const ofSome = `computer_id in (select id from computers where ${some}) and product_code = '${products[b % 2]}'`
    if (what === 'computer') {
      const more = { account_id: owner, fingerprint: id, name: `PC ${id}`, ip_key: id, registered_at: a }
      await insert('computers', { id: `com_${id}`, ...more })
      await insert('activation_keys', { id: `key_${id}`, account_id: owner, name: id, code: id, created_at: 0 })
      await insert('computer_groups', { id: `grp_${id}`, account_id: owner, name: id, name_key: id, created_at: 0 })
    }
    if (what === 'computer' || what === 'activate')
      await change(
        `insert into activations (id, computer_id, account_id, product_code, key_id, token_hash, activated_at)
          select 'act_' || n || ?1 || ?2, id, account_id, ?2, (select k.id from activation_keys k where k.account_id = c.account_id limit 1), 'act_' || n || ?1 || ?2, 5
          from computers c where ${what === 'computer' ? `id = 'com_${id}'` : some} on conflict do nothing`,
        ...[id, products[b % 2] as string],
      )
    if (what === 'release') await change(`update activations set released_at = ? where ${ofSome}`, a)
    if (what === 'return') await change(`update activations set released_at = null, removal_id = null where ${ofSome}`)
    if (what === 'rename') await change(`update computers set name = ?, ip_key = ? where ${some}`, `PC ${id}`, id)
    if (what === 'check in') {
      await change(`update computers set last_check_in_at = ? where ${some}`, b)
      await change(`update activations set last_check_in_at = ? where ${ofSome}`, b)
    }
    if (what === 'group')
      await change(
        `update computers set group_id = (select g.id from computer_groups g where g.account_id = computers.account_id order by g.id desc limit 1) where ${some}`,
      )
    if (what === 'edit key')
      await change(
        `update activation_keys set name = upper(?), code = ?, product_code = ?, computer_limit = ?, expires_on = ? where id = (select max(id) from activation_keys where id like ?)`,
        ...[
          `Key ${id}`,
          id,
          a % 3 ? 'remote-access' : null,
          b % 2 ? 1000 : null,
          b % 5 ? null : '2030-01-01',
          `%${a % 10}`,
        ],
      )
    if (what === 'remove key')
      await change(
        `update activation_keys set removed_at = iif(removed_at is null, 5, null) where active_computers = 0 and id like ?`,
        `%${b % 10}`,
      )
    if (what === 'move key')
      await change(
        `update activations set key_id = (select k.id from activation_keys k where k.account_id = activations.account_id order by k.id desc limit 1) where ${ofSome}`,
      )
  }

  /** A move is refused exactly where the tree would bite its tail. */
  async function move(id: string, to: string) {
    const below = await value(
      'select count(*) from account_reach where ancestor_n = (select n from accounts where id = ?) and descendant_n = (select n from accounts where id = ?)',
      ...[id, to],
    )
    const outcome = await change('update accounts set parent_id = ? where id = ?', to, id)
    expect(outcome).toBe(below === 0 ? null : 'account_below_itself')
  }

  async function order(id: string, owner: string) {
    const contact = { id: `con_${id}`, account_id: owner, first_name: id, last_name: id, email: id, email_key: id }
    await insert('contacts', { ...contact, created_at: 0 })
    await insert('orders', {
      ...{ id, account_id: owner, contact_id: `con_${id}`, reference: id, reference_key: id, provider: 'fastspring' },
      ...{ provider_order_id: id, live: 1, name: id, email: id, email_key: id, currency: 'EUR', total_minor: 1 },
      ...{ tax_minor: 0, ordered_at: 1, created_at: 1 },
    })
  }

  const event = (id: string, owner: string) =>
    insert('events', {
      ...{ id, account_id: owner, at: 1, actor_kind: 'clock', actor_id: 'clock', actor_name: 'Clock', action: 'x' },
      ...{ subject_kind: 'account', subject_id: 'x', subject_name: 'x', address: '', request_id: '' },
    })

  test('a circle is refused, at any distance', async () => {
    await account('a')
    await account('b', 'a')
    await account('c', 'b')
    for (const to of ['a', 'b', 'c']) {
      expect(await change("update accounts set parent_id = ? where id = 'a'", to)).toBe('account_below_itself')
    }
    expect(await change("update accounts set parent_id = ? where id = 'c'", vendorId)).toBeNull()
    expect(await change("update accounts set parent_id = 'c' where id = 'a'")).toBeNull()
    expect(await differences()).toEqual([])
  })
})

describe('logins', () => {
  const login = (id: string, more: Record<string, Value> = {}) =>
    insert('logins', {
      ...{ id, account_id: vendorId, name: id, email: id, email_key: id, role: 'full', is_master: 0, created_at: 0 },
      ...more,
    })
  const lower = (id: string) => change("update logins set role = 'billing' where id = ?", id)
  const disable = (id: string) => change('update logins set disabled_at = 1 where id = ?', id)
  const remove = (id: string) => change('delete from logins where id = ?', id)

  test('the master is neither lowered, disabled nor removed', async () => {
    await login('log_master', { is_master: 1 }).catch(() => {})
    await login('log_other')
    for (const act of [lower, disable, remove]) expect(await act('log_master')).toBe('login_master')
    expect(await change('update logins set is_master = 0')).toBe('login_master')
    for (const act of [lower, disable, remove]) expect(await act('log_other')).toBeNull()
  })

  test('of two with full access who are lowered, disabled or removed at once, one stays', async () => {
    for (const act of [lower, disable, remove]) {
      const own = `acc_${act.name}`
      await account(own)
      for (const id of [`log_a_${act.name}`, `log_b_${act.name}`]) await login(id, { account_id: own })
      const outcomes = await Promise.all([act(`log_a_${act.name}`), act(`log_b_${act.name}`)])
      expect(outcomes).toEqual([null, 'login_last_full_access'])
      await login(`log_c_${act.name}`, { account_id: own })
      expect(await act(`log_b_${act.name}`)).toBeNull()
    }
  })

  test('one that is removed takes its sessions and links along', async () => {
    await login('log_kept')
    await login('log_gone', { role: 'billing' })
    const own = { account_id: vendorId, login_id: 'log_gone', created_at: 0, expires_at: 1 }
    await insert('sessions', {
      ...{
        ...own,
        id: 'ses_gone',
        remember: 0,
        device: 'x',
        address: 'x',
        last_seen_at: 0,
        idle_until: 1,
        proved_at: 0,
      },
    })
    await insert('links', { ...own, id: 'lnk_gone', purpose: 'sign-in', email: 'x', token_hash: 'x' })
    expect(await remove('log_gone')).toBeNull()
    expect(await value("select count(*) from sessions where id = 'ses_gone'")).toBe(0)
    expect(await value("select count(*) from links where id = 'lnk_gone'")).toBe(0)
  })
})
