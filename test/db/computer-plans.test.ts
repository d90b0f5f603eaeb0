import { beforeAll, expect, test } from 'vitest'
import { addComputers } from '#dev/bench/many-computers.ts'
import { digestOf } from '#dev/world/ids.ts'
import { fabrikam } from '#dev/world/people.ts'
import { listComputers } from '#src/db/computers.ts'
import { type Read, read } from '#src/db/query.ts'
import { reachOf } from '#src/db/reach.ts'
import { listStaleComputers } from '#src/db/stale-computers.ts'
import { type ComputerFilter, computerSorts, settled, wayOf } from '#src/domain/computers/filter.ts'
import { planOf, scansOf } from '../support/plans.ts'
import { openPortal, type Portal } from '../support/portal.ts'

let fresh: Portal
let grown: Portal
beforeAll(async () => {
  fresh = await openPortal()
  grown = await openPortal()
  await grown.db.client.execute('update account_products set server_licenses = null')
  await addComputers(grown.db.client, fabrikam.accountId, 0, 3000)
  await grown.db.client.execute('analyze')
})
const databases = () => [fresh.db.client, grown.db.client]

const now = new Date('2026-08-21T09:30:00Z')
const reach = reachOf({ kind: 'api-key', id: digestOf(fabrikam.apiKey) })
const textOf = (one: Read<unknown>): string => (one.statement as { sql: string }).sql
const all: ComputerFilter = {
  ...{ q: '', products: [], from: null, to: null, group: null, key: null, seen: null, account: null, sort: 'name' },
}
const orNot = <T>(value: T) => [null, value] as const

/** Every way to narrow, alone and together. */
function* filters(): Generator<ComputerFilter> {
  for (const products of [[], ['live-patching'], ['live-patching', 'extended-support']]) {
    for (const q of ['', 'host']) {
      for (const group of orNot('grp_many-1')) {
        for (const key of orNot('key_many-1')) {
          for (const seen of [null, 'never', 'stale', 'older-7'] as const) {
            for (const from of orNot('2026-01-01' as const)) yield { ...all, products, q, group, key, seen, from }
          }
        }
      }
    }
    for (const account of orNot('acc_x')) yield { ...all, products, account }
  }
}

function* lists() {
  for (const narrow of filters()) {
    for (const sort of computerSorts.filter((one) => settled({ ...narrow, sort: one }).sort === one)) {
      const filter = { ...narrow, sort }
      for (const side of ['', 'after', 'before'] as const) {
        for (const way of side === '' || filter.q === '' ? [0] : filter.key ? [0, 1] : [0, 1, 2]) {
          const page = { limit: 21, ...(side === '' ? {} : { [side]: { way, value: '5', n: 5 } }) }
          yield { filter, one: listComputers(reach, filter, now, page) }
        }
      }
    }
  }
}

test('no shape of the list of computers scans a table that grows, with statistics or without (B8)', async () => {
  const statements = new Set([...lists()].map(({ one }) => textOf(one)))
  expect(statements.size).toBeGreaterThan(400)
  statements.add(textOf(listStaleComputers(now, 100)))
  for (const client of databases()) expect(await scansOf(client, statements)).toEqual([])
})

const indexOf = (way: string) =>
  `INDEX computer_reach_${way} (account_n=? AND ${way === 'key' ? 'key_id=?' : 'product_code=?'}`

test('each is read off the index of what narrows it, in its order, and only what a page shows is sorted (B8)', async () => {
  for (const client of databases()) {
    const seen = new Set<string>()
    for (const { filter, one } of lists()) {
      const sql = textOf(one)
      if (seen.has(sql)) continue
      seen.add(sql)
      const plan = await planOf(client, sql)
      const indexes = [wayOf(filter), ...(filter.q ? (['key'] as const) : [])].map(indexOf)
      const reads = plan.filter((line) => /^SEARCH computer_reach USING .*INDEX computer_reach_/.test(line))
      expect(reads.filter((line) => !indexes.some((index) => line.includes(index)))).toEqual([])
      expect(reads.length, sql).toBeGreaterThan(0)
      // Sorts are of what is shown, the page itself and the products of a row; and of at most a thousand that are gathered.
      const gathers = wayOf(filter) === 'seen' && filter.products.length > 1 && filter.seen !== 'stale'
      const sorts = plan.filter((line) => line.includes('TEMP B-TREE FOR ORDER BY'))
      expect([sql, sorts.length]).toEqual([sql, gathers ? 3 : 2])
    }
  }
})

test('lists say the same as the table itself, whatever narrows them, page by page each computer once (R185 R187 R317)', async () => {
  const cases: readonly [Partial<ComputerFilter>, string][] = [
    [{}, 'true'],
    [
      { products: ['live-patching', 'extended-support'], sort: '-seen' },
      "p like '%live-patching,%' or p like '%extended-support,%'",
    ],
    [{ products: ['extended-support-sla', 'extended-support'], sort: 'seen' }, "p like '%extended-support%'"],
    [
      { products: ['live-patching', 'extended-support'], seen: 'older-7' },
      "(p like '%live-patching,%' or p like '%extended-support,%') and last_check_in_at < 1787304600000 - 7 * 86400000",
    ],
    [{ products: ['extended-support', 'extended-support-sla'] }, "p like '%extended-support%'"],
    [
      { products: ['extended-support'], group: 'grp_many-1' },
      "p like '%extended-support,%' and group_id = 'grp_many-1'",
    ],
    [{ group: 'none', sort: '-name' }, 'group_id is null'],
    [{ key: 'key_many-1' }, "k like '%key_many-1,%'"],
    [{ seen: 'never' }, 'last_check_in_at is null'],
    [
      { seen: 'stale', products: ['live-patching'] },
      "p like '%live-patching,%' and last_check_in_at < 1787304600000 - 30 * 86400000",
    ],
    [{ seen: 'stale' }, 'last_check_in_at < 1787304600000 - 30 * 86400000'],
    [
      { from: '2026-01-01', to: '2026-03-31' },
      "registered_at between unixepoch('2026-01-01') * 1000 and unixepoch('2026-04-01') * 1000 - 1",
    ],
    [{ q: 'HOST-00' }, "lower(name) like 'host-00%'"],
    [{ q: 'many-0003' }, "k like '%key_many-3,%'"],
    [{ q: 'host-1', products: ['live-patching', 'extended-support'] }, "lower(name) like 'host-1%'"],
    [{ q: 'host-1', group: 'grp_many-1' }, "lower(name) like 'host-1%' and group_id = 'grp_many-1'"],
  ]
  for (const [filter, where] of cases) {
    const expected =
      await grown.db.rows(`select id from (select c.*, (select group_concat(product_code || ',', '') from activations a where a.computer_id = c.id and released_at is null) as p,
      (select group_concat(key_id || ',', '') from activations a where a.computer_id = c.id and released_at is null) as k
      from computers c where account_id = '${fabrikam.accountId}' and removed_at is null) where ${where}`)
    const found: string[] = []
    let after: { way: number; value: string; n: number } | null = null
    for (;;) {
      const [rows]: readonly [readonly { id: string; way: number; value: string; n: number }[]] = await read(grown.db, [
        listComputers(reach, { ...all, ...filter }, now, { limit: 700, after }),
      ])
      found.push(...rows.map(({ id }) => id))
      if (rows.length < 700) break
      const last = rows.at(-1) as (typeof rows)[number]
      after = { way: last.way, value: last.value, n: last.n }
    }
    expect([filter, found.length, new Set(found).size]).toEqual([filter, expected.length, expected.length])
    expect([filter, found.toSorted()]).toEqual([filter, expected.map(({ id }) => String(id)).toSorted()])
  }
})
