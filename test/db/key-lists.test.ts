import { beforeAll, describe, expect, test } from 'vitest'
import { fabrikam } from '#dev/world/people.ts'
import { listActivationKeys } from '#src/db/key-lists.ts'
import { searchActivationKeys } from '#src/db/key-search.ts'
import type { Read } from '#src/db/query.ts'
import { reachOf } from '#src/db/reach.ts'
import { activationKeySorts, keyLimits } from '#src/domain/activation-keys/filter.ts'
import { growKeys } from '../support/growth.ts'
import { planOf, scansOf } from '../support/plans.ts'
import { openPortal, type Portal } from '../support/portal.ts'

// Lists of keys in all their shapes, on a grown database that knows its statistics.

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
  await growKeys(portal.db.client, fabrikam.accountId, 20_000)
  await portal.db.client.execute('analyze')
})

const reach = reachOf({ id: 'ses_nobody' } as never)
const textOf = (one: Read<unknown>): string => (one.statement as { sql: string }).sql
const pages = [0, 1, 2, 3, 4, 5].flatMap((way) => {
  const place = { way, value: '1', id: 'key_x' }
  return [{ limit: 21 }, { limit: 21, after: place }, { limit: 21, before: place }]
})
const all = { q: '', product: null, limit: null, sort: '-made' } as const

test('no shape of the list or of a search scans a table that grows (B8 R322)', async () => {
  const lists = activationKeySorts.flatMap((sort) =>
    pages
      .filter(({ after, before }) => ((after ?? before)?.way ?? 0) < 2)
      .map((page) => textOf(listActivationKeys(reach, { ...all, sort }, page))),
  )
  const searches = pages.map((page) => textOf(searchActivationKeys(reach, { ...all, q: 'x' }, page)))
  expect(await scansOf(portal.db.client, new Set([...lists, ...searches]))).toEqual([])
})

test('every order is read off its index, and no more rows are gathered than the page takes of each way (B8 R206)', async () => {
  for (const sort of activationKeySorts) {
    const plan = await planOf(portal.db.client, textOf(listActivationKeys(reach, { ...all, sort }, { limit: 21 })))
    expect(plan.filter((line) => line.includes('key_reach_')).length).toBeGreaterThan(1)
    const parts = plan.slice(
      0,
      plan.findIndex((line) => line.startsWith('SCAN hits')),
    )
    expect([
      sort,
      parts
        .filter((line) => line.includes('key_reach'))
        .every((line) =>
          /COVERING INDEX key_reach_\w+ \(account_n=\? AND product_code=\? AND servers=\? AND below=\?/.test(line),
        ),
    ]).toEqual([sort, true])
    expect([sort, parts.filter((line) => line.includes('TEMP B-TREE FOR ORDER BY'))]).toEqual([sort, []])
  }
})

describe('what is found', () => {
  const key = fabrikam.apiKey
  const names = async (query: string) => {
    const answer = await portal.call('GET', `/api/v1/activation-keys?limit=100&${query}`, { key })
    const { data } = (await answer.json()) as { data: { name: string }[] }
    return data.map(({ name }) => name)
  }

  test('among many keys: the beginning of a name or a code, three letters anywhere in name or note', async () => {
    expect(await names('q=Many%20key%2019999')).toEqual(['Many key 19999'])
    expect(await names('q=ote%20of%2012345')).toEqual(['Many key 12345'])
    expect(await names('q=stag-7v2n')).toEqual(['Staging'])
    expect(await names('q=at%20most%20ten&product=live-patching&servers=limited')).toEqual(['Staging'])
    expect(await names('q=at%20most%20ten&servers=unlimited')).toEqual([])
    expect(await names('q=%22')).toEqual([])
  })

  test.each(activationKeySorts)('all keys once, in order, page by page, by %s', async (sort) => {
    await portal.db.client.execute("delete from activation_keys where id like 'key_many-%' and id not like '%7'")
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path = `/api/v1/activation-keys?limit=100&product=live-patching&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`
      const answer = (await (await portal.call('GET', path, { key })).json()) as {
        data: { id: string }[]
        nextCursor: string
      }
      seen.push(...answer.data.map(({ id }) => id))
      cursor = answer.nextCursor
    }
    const column = {
      made: 'created_at',
      name: 'lower(name)',
      code: 'code_normal',
      servers: 'active_computers',
      expires: "coalesce(expires_on, '9999-12-31')",
    }
    const by = column[sort.replace('-', '') as 'made']
    const way = sort.startsWith('-') ? 'desc' : 'asc'
    const rows = await portal.db.rows(
      `select id from activation_keys where account_id = '${fabrikam.accountId}' and product_code = 'live-patching' and removed_at is null order by ${by} ${way}, id ${way}`,
    )
    expect(seen).toEqual(rows.map(({ id }) => id))
  })
})

test('each way to narrow a list walks its own part alone (R203 R204)', async () => {
  for (const limit of keyLimits) {
    const page = await portal.call('GET', `/api/v1/activation-keys?servers=${limit}&product=extended-support`, {
      key: fabrikam.apiKey,
    })
    const { data } = (await page.json()) as { data: { computerLimit: number | null; product: string }[] }
    expect(data.length).toBeGreaterThan(0)
    for (const one of data)
      expect([one.product, one.computerLimit !== null]).toEqual(['extended-support', limit === 'limited'])
  }
})
