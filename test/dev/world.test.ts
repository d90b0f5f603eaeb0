import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import * as people from '#dev/world/people.ts'
import { isLoaded, loadWorld } from '#dev/world/world.ts'
import { addDays, dayOf, daysLeft } from '#src/domain/day.ts'
import { type IdKind, idPrefixes, isId } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { supportStatus } from '#src/domain/support/support.ts'
import { scryptPasswords } from '#src/gateways/passwords.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

const { ada, grace, contoso, northwind, tailspin, fabrikam, acme, southridge, lucerne } = people
const passwords = scryptPasswords('pepper', 16)

async function worldOn(now: Date): Promise<TestDatabase> {
  const db = await freshDatabase()
  await loadWorld(db, { now, passwords })
  return db
}

// The first day of a year, a day of this year, after a short February, a leap day, the last second of a year.
const instants = [
  '2026-01-01T00:00:00Z',
  '2026-11-22T14:03:00Z',
  '2027-03-01T08:00:00Z',
  '2028-02-29T12:00:00Z',
  '2031-12-31T23:59:59Z',
]

describe.each(instants)('the demo world at %s', (instant) => {
  const now = new Date(instant)
  const today = dayOf(now)
  let db: TestDatabase
  beforeAll(async () => {
    db = await worldOn(now)
  })

  const counted = async (sql: string, ...args: unknown[]): Promise<number> =>
    Number((await db.rows(`select count(*) as n from ${sql}`, ...args))[0]?.n)

  test('Ada has two orders of fixed reference, date and total, each the sum of its items (R60 R61 R62 R64 R65)', async () => {
    const rows = await db.rows(
      'select reference, ordered_at as at, total_minor as minor, currency from orders where account_id = ? order by n',
      ada.accountId,
    )
    expect(rows).toEqual([
      { reference: ada.orders[0], at: Date.parse('2019-07-24T14:05:12Z'), minor: 13_845, currency: 'EUR' },
      { reference: ada.orders[1], at: Date.parse('2019-08-15T09:41:24Z'), minor: 15_224, currency: 'EUR' },
    ])
    const items = await db.rows(
      'select sku, quantity, subtotal_minor as minor from order_items where order_id = ?',
      ada.orderIds[1],
    )
    expect(items).toEqual([{ sku: 'K-ESS', quantity: 3, minor: 15_224 }])
    const wrong = `(select o.id from orders o join order_items i on i.order_id = o.id group by o.id
      having sum(i.subtotal_minor) + o.tax_minor <> o.total_minor)`
    expect(await counted(wrong)).toBe(0)
  })

  test('Ada has four licenses, exactly one without support, the others valid (R28 R32 R41)', async () => {
    const rows = await db.rows(
      'select id, support_ends_on as ends from licenses where account_id = ? order by n',
      ada.accountId,
    )
    const { frontDesk, lab, spare, unsupported } = ada.licenses
    expect(rows.map(({ id, ends }) => [id, supportStatus(ends as never, today)])).toEqual([
      [frontDesk, 'valid'],
      [lab, 'valid'],
      [spare, 'valid'],
      [unsupported, 'none'],
    ])
    expect(rows.find(({ id }) => id === lab)?.ends).toBe(addDays(today, 19))
  })

  test('two of Ada’s licenses run on computers, one has a comment, all can be upgraded (R40 R42 R49 R68)', async () => {
    const rows = await db.rows(
      `select l.id, l.computer_name as computer, l.comment from licenses l where l.account_id = ? and
        exists (select 1 from editions e join offers o on o.product_code = e.product_code and o.edition_code = e.code
          where e.product_code = l.product_code and o.kind = 'license'
            and e.rank > (select rank from editions where product_code = l.product_code and code = l.edition_code))
        order by l.n`,
      ada.accountId,
    )
    expect(rows.map(({ computer }) => computer)).toEqual([...ada.computers, null, null])
    expect(rows.map(({ comment }) => comment)).toEqual(['', '', ada.comment, ''])
  })

  test('each customer of the shop has one default key that all their licenses join (R29 R51)', async () => {
    for (const { accountId, activationKeyId, activationKey } of [ada, grace, contoso]) {
      const keys = await db.rows('select id, code, is_default from activation_keys where account_id = ?', accountId)
      expect(keys).toEqual([{ id: activationKeyId, code: activationKey, is_default: 1 }])
      expect(
        await counted('licenses where account_id = ? and activation_key_id is not ?', accountId, activationKeyId),
      ).toBe(0)
    }
    expect(
      await counted(`activation_keys where code not glob '????-????-????-????' or length(code_normal) <> 16`),
    ).toBe(0)
  })

  test('Grace’s Remote Work support has 146 of 365 days left (R75 R77)', async () => {
    const [period] = await db.rows(
      `select p.starts_on as starts, p.ends_on as ends from support_periods p join supports s on s.id = p.support_id
        where s.license_id = ? order by p.ends_on desc`,
      grace.licenses.remoteWork,
    )
    expect(daysLeft(period?.ends as never, today)).toBe(146)
    expect(daysLeft(period?.ends as never, period?.starts as never)).toBe(365)
  })

  test('Contoso has 214 licenses, in every state of support, with comments in many scripts (R31 R46 R335)', async () => {
    const rows = await db.rows(
      'select support_ends_on as ends, comment, computer_name as computer from licenses where account_id = ?',
      contoso.accountId,
    )
    expect(rows).toHaveLength(contoso.licenseCount)
    expect(new Set(rows.map(({ ends }) => supportStatus(ends as never, today)))).toEqual(
      new Set(['valid', 'grace', 'expired', 'none']),
    )
    for (const script of [
      /é/,
      /\p{Script=Han}/u,
      /\p{Script=Hebrew}/u,
      /\p{Script=Arabic}/u,
      /\p{Emoji_Presentation}/u,
      /</,
    ]) {
      expect(rows.some(({ comment }) => script.test(String(comment)))).toBe(true)
    }
    expect(rows.some(({ computer }) => computer !== null) && rows.some(({ computer }) => computer === null)).toBe(true)
    const references = await db.rows('select reference from orders where account_id = ? order by n', contoso.accountId)
    expect(references.map(({ reference }) => reference)).toEqual(contoso.orders)
  })

  test('the ledger’s sum is the balance, and each line says the balance after it', async () => {
    const wrong = await db.rows(`select * from (
      select e.account_id, e.offer_code, sum(amount) as sum, (select credits from credit_balances b
        where b.account_id = e.account_id and b.offer_code = e.offer_code) as balance,
        (select balance_after from credit_entries l where l.account_id = e.account_id and l.offer_code = e.offer_code
          order by l.id desc limit 1) as last
      from credit_entries e group by 1, 2) where sum <> balance or last <> balance`)
    expect(wrong).toEqual([])
    const [handed] = await db.rows(
      `select sum(amount) as sum from credit_entries where reason in ('given', 'received')`,
    )
    expect(handed).toEqual({ sum: 0 })
  })

  test('every permanent license and support of a seller was paid with a credit, trials with none (R109)', async () => {
    const sellers = `(select id from accounts where kind in ('partner', 'reseller'))`
    const permanent = await counted(`licenses where kind = 'permanent' and account_id in ${sellers}`)
    const supported = await counted(
      `supports s join licenses l on l.id = s.license_id where l.account_id in ${sellers}`,
    )
    expect(await counted(`credit_entries where reason = 'spent'`)).toBe(permanent + supported)
    expect(await counted(`credit_entries e join licenses l on l.id = e.license_id where l.kind = 'trial'`)).toBe(0)
    expect(await counted(`licenses where kind = 'trial' and account_id in ${sellers}`)).toBeGreaterThan(3)
  })

  test('Northwind’s credits: two products, at most 100 of each offer, some offer with fewer than 20 (R110)', async () => {
    const rows = await db.rows(
      'select offer_code as offer, credits from credit_balances where account_id = ?',
      northwind.accountId,
    )
    expect(rows.every(({ offer }) => /^(remote-access|advanced-security)\//.test(String(offer)))).toBe(true)
    expect(rows.every(({ credits }) => Number(credits) <= 100)).toBe(true)
    expect(rows.some(({ credits }) => Number(credits) > 0 && Number(credits) < 20)).toBe(true)
    expect(rows.some(({ offer }) => String(offer).endsWith('/support'))).toBe(true)
    const few = await db.rows('select credits from credit_balances where account_id = ?', tailspin.accountId)
    expect(few.every(({ credits }) => Number(credits) <= 5)).toBe(true)
  })

  test('Northwind has three resellers, one of whom has one, and support that ends soon, is in grace and is over (R121 R122)', async () => {
    expect(await counted('accounts where parent_id = ?', northwind.accountId)).toBe(3)
    const below = `account_reach where ancestor_n = (select n from accounts where id = ?)`
    expect(await counted(below, northwind.accountId)).toBe(5)
    const rows = await db.rows('select support_ends_on as ends from licenses where account_id = ?', northwind.accountId)
    const inDays = (from: number, to: number) =>
      rows.some(({ ends }) => ends && String(ends) >= addDays(today, from) && String(ends) <= addDays(today, to))
    for (const [from, to] of [
      [-14, -1],
      [-400, -15],
      [0, 0],
      [1, 30],
      [31, 60],
      [61, 90],
      [91, 400],
    ] as const) {
      expect(inDays(from, to), `support ending in ${from} to ${to} days`).toBe(true)
    }
    expect(await counted('licenses where activation_key_id = ?', northwind.freshKeyId)).toBe(0)
  })

  test('a sibling partner stands beside Northwind, with a suspended reseller', async () => {
    const [row] = await db.rows('select parent_id from accounts where id = ?', southridge.accountId)
    expect(row).toEqual({ parent_id: acme.accountId })
    const [suspended] = await db.rows('select suspended_at as at from accounts where id = ?', lucerne.accountId)
    expect(Number(suspended?.at)).toBeLessThan(now.getTime())
    expect(await counted('licenses where account_id = ?', southridge.accountId)).toBeGreaterThan(0)
  })

  test('Fabrikam has 60 servers within its licenses and its keys’ limits, some stale, some never seen (R173 R184 R199)', async () => {
    const own = `account_id = '${fabrikam.accountId}' and removed_at is null`
    const ownProducts = `account_id = '${fabrikam.accountId}'`
    expect(await counted(`computers where ${own}`)).toBe(fabrikam.computerCount)
    expect(
      await counted(`computers c where ${own} and not exists (select 1 from activations where computer_id = c.id)`),
    ).toBe(0)
    expect(
      await counted(
        `account_products where ${ownProducts} and server_licenses > active_computers and active_computers > 0`,
      ),
    ).toBe(3)
    expect(await counted(`activation_keys where ${own} and is_default = 1`)).toBe(3)
    expect(
      await counted(`activation_keys where ${own} and computer_limit > active_computers and active_computers > 0`),
    ).toBe(1)
    expect(await counted(`computers where ${own} and last_check_in_at is null`)).toBe(3)
    const month = 30 * 86_400_000
    expect(await counted(`computers where ${own} and last_check_in_at < ?`, now.getTime() - month)).toBe(5)
    expect(
      await counted(`computers where ${own} and last_check_in_at > ?`, now.getTime() - month / 180),
    ).toBeGreaterThan(30)
  })

  test('every demo sign-in and API key works (R5 R8 R88 R264)', async () => {
    for (const { identifier, proof } of people.demoSignIns) {
      const [login] = await db.rows(
        'select password_hash as hash from logins where login_key = ? or email_key = ?',
        identifier,
        identifier,
      )
      const orders = 'orders o join accounts a on a.id = o.account_id where a.email_key = ? and o.reference_key = ?'
      const right = login
        ? (await passwords.verify(proof, String(login.hash))).right
        : (await counted(orders, identifier, referenceKey(proof))) === 1
      expect(right, identifier).toBe(true)
    }
    for (const key of people.demoApiKeys) {
      const [row] = await db.rows(
        'select access, role, is_master from api_keys where hash = ?',
        await fingerprintOf(key),
      )
      expect(row, key).toEqual({ access: 'write', role: 'full', is_master: 1 })
    }
  })

  test('Fabrikam has one login for each role, and every account’s master has full access', async () => {
    const roles = await db.rows('select role from logins where account_id = ? order by role', fabrikam.accountId)
    expect(roles.map(({ role }) => role)).toEqual(Object.keys(fabrikam.logins).toSorted())
    expect(await counted(`logins where is_master = 1 and role <> 'full'`)).toBe(0)
    expect(
      await counted(`accounts a where exists (select 1 from logins where account_id = a.id)
      and not exists (select 1 from logins where account_id = a.id and is_master = 1)`),
    ).toBe(0)
  })

  test('every id is valid and sorts before the ids made at run time', async () => {
    const tables: readonly [string, IdKind][] = [
      ['accounts', 'account'],
      ['logins', 'login'],
      ['api_keys', 'apiKey'],
      ['orders', 'order'],
      ['order_items', 'orderItem'],
      ['contacts', 'contact'],
      ['licenses', 'license'],
      ['supports', 'support'],
      ['support_periods', 'supportPeriod'],
      ['activation_keys', 'activationKey'],
      ['computers', 'computer'],
      ['activations', 'activation'],
      ['credit_entries', 'creditEntry'],
      ['events', 'event'],
    ]
    for (const [table, kind] of tables) {
      const ids = (await db.rows(`select id from ${table}`)).map(({ id }) => String(id))
      expect(ids.length, table).toBeGreaterThan(0)
      expect(
        ids.filter((id) => !isId(kind, id) || !id.startsWith(`${idPrefixes[kind]}_00-`)),
        table,
      ).toEqual([])
    }
  })

  test('nothing happened in the future, and the audit trail stands in its order', async () => {
    for (const [table, column] of [
      ['accounts', 'created_at'],
      ['logins', 'last_sign_in_at'],
      ['orders', 'ordered_at'],
      ['licenses', 'created_at'],
      ['supports', 'created_at'],
      ['support_periods', 'created_at'],
      ['activation_keys', 'created_at'],
      ['computers', 'registered_at'],
      ['computers', 'last_check_in_at'],
      ['activations', 'activated_at'],
      ['credit_entries', 'created_at'],
      ['events', 'at'],
    ]) {
      expect(await counted(`${table} where ${column} > ?`, now.getTime()), `${table}.${column}`).toBe(0)
    }
    expect(await counted('computers where last_check_in_at < registered_at')).toBe(0)
    expect(await counted('supports s join licenses l on l.id = s.license_id where s.starts_on < l.bought_on')).toBe(0)
    expect(await counted('licenses where first_activated_at < created_at')).toBe(0)
    expect(await counted('events a join events b on b.n = a.n + 1 where b.at < a.at or b.id < a.id')).toBe(0)
    expect(await counted('orders a join orders b on b.n = a.n + 1 where b.ordered_at < a.ordered_at')).toBe(0)
  })

  test('what was bought, made and begun is told in the audit trail (R319)', async () => {
    const told = async (action: string) => counted('events where action = ?', action)
    expect(await told('order.received')).toBe(await counted('orders'))
    expect(await told('license.created')).toBe(await counted('licenses'))
    expect(await told('support.started')).toBe(await counted('support_periods'))
    expect(await told('activation-key.created')).toBe(await counted('activation_keys'))
    expect(await told('account.created')).toBe(await counted('accounts'))
  })

  test('no key stands without its row (foreign keys hold)', async () => {
    expect(await db.rows('pragma foreign_key_check')).toEqual([])
  })
})

describe('loading the demo world', () => {
  afterEach(() => vi.useRealTimers())

  test('happens once, in one write', async () => {
    const db = await freshDatabase()
    expect(await isLoaded(db)).toBe(false)
    await loadWorld(db, { now: new Date('2026-11-22T09:00:00Z'), passwords })
    await loadWorld(db, { now: new Date('2026-12-24T09:00:00Z'), passwords })
    expect(await isLoaded(db)).toBe(true)
    expect(db.trips.filter(({ mode }) => mode === 'write')).toHaveLength(1)
  })

  test('gives the same rows for the same instant, whatever the clock says', async () => {
    const dump = async () => {
      const db = await worldOn(new Date('2026-11-22T09:00:00Z'))
      return Promise.all(
        ['accounts', 'licenses', 'computers', 'credit_entries', 'events'].map((t) => db.rows(`select * from ${t}`)),
      )
    }
    const first = await dump()
    vi.useFakeTimers({ now: new Date('2035-05-05T05:05:05Z'), toFake: ['Date'] })
    expect(await dump()).toEqual(first)
  })

  test('the catalog knows its SKUs, prices in two currencies and volume tiers (R65 R231)', async () => {
    const db = await worldOn(new Date('2026-11-22T09:00:00Z'))
    const skus = await db.rows(`select code, sku from offers where sku in ('K-ESS', 'K-ULT') order by sku`)
    expect(skus).toEqual([
      { code: 'advanced-security/essentials/unlimited', sku: 'K-ESS' },
      { code: 'advanced-security/ultimate/unlimited', sku: 'K-ULT' },
    ])
    const [work] = await db.rows(
      `select unit_minor as minor, per from prices where offer_code = 'remote-work/standard/workstation' and currency = 'EUR'`,
    )
    expect(work).toEqual({ minor: 10_000, per: 'year' })
    const tiers = await db.rows(
      `select min_quantity as n from prices where offer_code = 'live-patching/standard/server' and currency = 'EUR' order by 1`,
    )
    expect(tiers.map(({ n }) => n)).toEqual([1, 1000, 5000, 10_000])
    const lacking = await db.rows(
      `select code from offers o where (select count(distinct currency) from prices where offer_code = o.code) < 2`,
    )
    expect(lacking).toEqual([])
    expect(await db.rows(`select path from shop_items where path like 'falcon%'`)).toEqual([])
    const cheaper =
      await db.rows(`select a.code from offers a join offers b on b.product_code = a.product_code and b.edition_code = a.edition_code
        and b.kind = a.kind and coalesce(b.size, 1e9) > coalesce(a.size, 1e9)
      join prices p on p.offer_code = a.code join prices q on q.offer_code = b.code and q.currency = p.currency
      where q.unit_minor <= p.unit_minor`)
    expect(cheaper).toEqual([])
  })
})
