import { beforeAll, describe, expect, test } from 'vitest'
import { contoso } from '#dev/world/people.ts'
import { listEvents } from '#src/db/events.ts'
import { searchLicenses } from '#src/db/license-search.ts'
import { listLicenses } from '#src/db/licenses.ts'
import { countUnknownItems, listOrders } from '#src/db/order-lists.ts'
import type { Read } from '#src/db/query.ts'
import { reachOf } from '#src/db/reach.ts'
import { type LicenseFilter, licenseSorts, licenseStates, ownerFilters, settled } from '#src/domain/licenses/filter.ts'
import { orderSorts } from '#src/domain/orders/filter.ts'
import { crawlAs, readers } from '../support/crawl.ts'
import { grow } from '../support/growth.ts'
import { planOf, scansOf } from '../support/plans.ts'
import { openPortal, type Portal } from '../support/portal.ts'

// That no statement of any test scans a table that grows is checked after every test file (`test/support/database.ts`).
// Here the lists are asked for in all their shapes, on a fresh database and on a grown one that knows its statistics.

let fresh: Portal
let grown: Portal
beforeAll(async () => {
  fresh = await openPortal()
  for (const reader of readers) await crawlAs(fresh, reader, () => {})
  grown = await openPortal()
  await grow(grown.db.client, contoso.accountId, 20_000)
  await grown.db.client.execute('analyze')
})
const databases = () => [fresh.db.client, grown.db.client]

const reach = reachOf({ id: 'ses_nobody' } as never)
const today = '2026-08-21'
const textOf = (one: Read<unknown>): string => (one.statement as { sql: string }).sql
const orNot = <T>(value: T) => [null, value] as const
const sides = ['', 'after', 'before'] as const
const beside = <P>(side: (typeof sides)[number], place: P) => (side === '' ? {} : { [side]: place })

const allLicenses: LicenseFilter = {
  ...{ q: '', product: null, support: null, only: null, sort: '-bought' },
  ...{ account: null, owner: null, ends: null },
}

/** All ways to narrow licenses together, then each of a seller's ways with and without a day. */
function* narrowings(): Generator<LicenseFilter> {
  for (const product of orNot('remote-access')) {
    for (const support of orNot('missing' as const)) {
      for (const only of [null, ...licenseStates]) yield { ...allLicenses, product, support, only }
    }
  }
  for (const support of orNot('missing' as const)) {
    for (const ends of orNot({ from: null, to: '2026-09-01' } as const)) {
      yield { ...allLicenses, account: 'acc_x', support, ends }
      for (const owner of ownerFilters) yield { ...allLicenses, owner, support, ends }
    }
  }
}

function* licenseLists() {
  for (const narrow of narrowings()) {
    for (const sort of licenseSorts.filter((one) => settled({ ...narrow, sort: one }).sort === one)) {
      for (const side of sides) {
        const page = { limit: 21, ...beside(side, { value: '2020-01-01', n: 5 }) }
        yield { narrow, sql: textOf(listLicenses(reach, { ...narrow, sort }, today, page)) }
      }
    }
  }
}

function* searches() {
  for (const narrow of narrowings()) {
    for (const side of sides) {
      for (const way of side === '' ? [0] : [0, 1, 2, 3, 4, 5, 6]) {
        const page = { limit: 21, ...beside(side, { way, value: '2020-01-01', n: 5 }) }
        yield textOf(searchLicenses(reach, { ...narrow, q: 'par' }, today, page))
      }
    }
  }
}

function* orderLists(q: string, unknown: boolean) {
  for (const sort of orderSorts) {
    for (const side of sides) {
      yield textOf(listOrders(reach, { q, unknown, sort }, { limit: 21, ...beside(side, { value: 5, n: 5 }) }))
    }
  }
}

function* eventLists() {
  for (const actor of orNot('log_1')) {
    for (const action of orNot('license.created' as const)) {
      for (const subject of orNot('lic_1')) {
        for (const from of orNot('2026-01-01' as const)) {
          for (const to of orNot('2026-02-01' as const)) {
            for (const side of sides) {
              const page = { limit: 21, ...beside(side, { value: 5, n: 5 }) }
              const filter = { actor, action, subject, from, to }
              yield { filter, sql: textOf(listEvents(reach, filter, page)) }
            }
          }
        }
      }
    }
  }
}

const all = () => [
  ...[...licenseLists()].map((one) => one.sql),
  ...searches(),
  ...[...eventLists()].map((one) => one.sql),
  ...['', 'JWT'].flatMap((q) => [false, true].flatMap((unknown) => [...orderLists(q, unknown)])),
]

test('no shape of a list scans a table that grows, with statistics or without (B8)', async () => {
  for (const client of databases()) expect(await scansOf(client, new Set(all()))).toEqual([])
})

test('nothing that a page of any reader asked for scans a table that grows, once there are many rows (B8)', async () => {
  const statements = new Set(fresh.db.trips.flatMap((trip) => trip.statements))
  expect(statements.size).toBeGreaterThan(40)
  expect(await scansOf(grown.db.client, statements)).toEqual([])
})

/** The first line of a plan that reads the table. */
const firstOf = (plan: readonly string[], table: string) => plan.find((line) => line.includes(` ${table} `)) ?? ''
const sorts = (plan: readonly string[]) => plan.filter((line) => line.includes('TEMP B-TREE FOR ORDER BY'))

describe('what a list shows comes out of an index in its order, so that a page reads little more than it shows (B8)', () => {
  // Where the database knows that few rows fit, it may sort those: so this is asked of the fresh one alone.
  test('licenses; trials that end soon and the licenses of one owner are few, and sorted', async () => {
    for (const { narrow, sql } of licenseLists()) {
      if (narrow.only === 'trial-ending' || narrow.owner) continue
      expect(sorts(await planOf(fresh.db.client, sql)), JSON.stringify(narrow)).toEqual([])
    }
  })

  test('orders', async () => {
    for (const sql of orderLists('', false)) {
      const plan = await planOf(fresh.db.client, sql)
      expect(sorts(plan), sql).toEqual([])
      expect(firstOf(plan, 'order_reach')).toMatch(/INDEX order_reach_(ordered|total) \(account_n=\?/)
    }
  })

  test('events, by the index of what narrows them', async () => {
    for (const { filter, sql } of eventLists()) {
      const plan = await planOf(fresh.db.client, sql)
      expect(sorts(plan), sql).toEqual([])
      const { actor, action, subject } = filter
      const by = subject ? 'subject' : [actor && 'actor', action && 'action'].filter(Boolean).join('_') || 'at'
      const index = `event_reach_${by}`
      expect(firstOf(plan, 'event_reach'), sql).toContain(`INDEX ${index} (account_n=?`)
    }
  })
})

test('a search, or what is to settle, is found first and then put in order: nothing goes through all orders (B8)', async () => {
  for (const client of databases()) {
    for (const sql of [...orderLists('JWT', false), ...orderLists('', true), ...orderLists('JWT', true)]) {
      const plan = await planOf(client, sql)
      expect(
        plan.filter((line) => /SEARCH order_reach .*\(account_n=\?( AND \(|\))/.test(line)),
        sql,
      ).toEqual([])
    }
  }
})

test('a search of licenses finds by the beginning of an indexed column, and sorts only its finds (B8)', async () => {
  for (const client of databases()) {
    const plan = await planOf(client, [...searches()][0] as string)
    for (const name of ['serial', 'order', 'key', 'email', 'computer']) {
      expect(plan.join('\n')).toMatch(
        new RegExp(`INDEX license_reach_${name} \\(account_n=\\? AND \\w+>\\? AND \\w+<\\?\\)`),
      )
    }
    expect(plan.join('\n')).toMatch(/SCAN license_comments VIRTUAL TABLE INDEX .*M/)
  }
})

test('what the vendor has to settle is counted in an index of nothing else (B8)', async () => {
  for (const client of databases()) {
    const plan = await planOf(client, textOf(countUnknownItems(reach)))
    expect(plan.join('\n')).toContain('SCAN order_items USING INDEX order_items_unknown')
  }
})

test('no trigger scans a table that grows (B8)', async () => {
  const triggers = await fresh.db.rows("select name, sql from sqlite_master where type = 'trigger'")
  expect(triggers.length).toBeGreaterThan(30)
  for (const client of databases()) {
    for (const { name, sql } of triggers) {
      const steps = stepsOf(String(sql))
      expect(steps.length, String(name)).toBeGreaterThan(0)
      expect([name, await scansOf(client, steps)]).toEqual([name, []])
    }
  }
})

/** What a trigger does and on which condition, as statements of their own; the row at hand is a value like any. */
function stepsOf(trigger: string): string[] {
  const [head = '', body = ''] = trigger.split(/\bBEGIN\b/)
  const condition = /\bWHEN\b([\s\S]*)$/.exec(head)?.[1]
  const steps = body
    .replace(/\bEND;?\s*$/, '')
    .split(';')
    .filter((step) => step.trim() !== '' && !/RAISE/.test(step))
  const whole = condition ? [`select 1 where ${condition}`, ...steps] : steps
  const asked = whole.length > 0 ? whole : ['select 1']
  return asked.map((step) => step.replaceAll(/\b(NEW|OLD)\.\w+/g, '?').trim())
}
