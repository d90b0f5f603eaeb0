import { parse } from 'csv-parse/sync'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acme, fabrikam, northwind } from '#dev/world/people.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

const key = fabrikam.apiKey
const computers = '/api/v1/computers'
const server = (name: string) => `com_00-fabrikam-${name}-fabrikam-example`
const call = (portal: Portal, method: string, path: string, body?: unknown, headers = {}) =>
  callChecked(portal, method, path, { key, headers, ...(body === undefined ? {} : { body }) })

describe('reading', () => {
  let portal: Portal
  beforeAll(async () => {
    portal = await openPortal()
  })

  test('computers are listed as the page lists them: these fields, filtered, paged (R173 R187 R335)', async () => {
    const { rows, pages } = await pageThrough(portal, `${computers}?limit=25`, key)
    expect([rows.length, new Set(rows.map(({ id }) => id)).size, pages]).toEqual([60, 60, 3])
    const { body } = await call(portal, 'GET', `${computers}?product=live-patching&q=app-01&group=Applications`)
    expect(body).toEqual({
      data: [
        {
          id: server('app-01'),
          name: 'app-01.fabrikam.example',
          ip: '192.0.2.116',
          registeredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT06:40:00.000Z$/),
          lastCheckInAt: expect.stringMatching(/Z$/),
          group: 'Applications',
          products: [
            { code: 'live-patching', name: 'Live Patching' },
            { code: 'extended-support', name: 'Extended Support' },
          ],
          activationKey: fabrikam.keys.livePatching.code,
        },
      ],
      nextCursor: null,
    })
    const support = await call(portal, 'GET', `${computers}?product=extended-support&q=app-01`)
    expect(support.body.data[0].activationKey).toBe(fabrikam.keys.extendedSupport.code)
    const several = await pageThrough(portal, `${computers}?product=live-patching,extended-support-sla&limit=10`, key)
    expect(several.rows).toHaveLength(52)
    expect((await call(portal, 'GET', `${computers}?seen=stale`)).body.data).toHaveLength(5)
  })

  test('nonsense in a query is refused field by field, and so are cursors of elsewhere', async () => {
    for (const query of [
      'sort=price',
      'seen=older',
      'product=A',
      'from=2026-13-01',
      'color=red',
      `group=${'x'.repeat(61)}`,
    ]) {
      expect([query, (await call(portal, 'GET', `${computers}?${query}`)).body.code]).toEqual([query, 'invalid-query'])
    }
    expect((await call(portal, 'GET', `${computers}?cursor=abc`)).body.code).toBe('invalid-cursor')
    const hostile = btoa(JSON.stringify(['after', 99, 'web', 5]))
    for (const query of [`cursor=${hostile}`, `q=web&cursor=${hostile}`]) {
      expect((await call(portal, 'GET', `${computers}?${query}`)).status).toBe(200)
    }
  })

  test('asked for as CSV all of them stream, each line with its cursor, and a cut download goes on (R229 R334)', async () => {
    const csv = await call(portal, 'GET', `${computers}?product=live-patching`, undefined, { accept: 'text/csv' })
    const rows = parse(csv.body.replace('\uFEFF', ''), { columns: true }) as Record<string, string>[]
    expect([rows.length, rows[0]?.name, rows[0]?.status]).toEqual([42, 'app-01.fabrikam.example', 'current'])
    const rest = await call(portal, 'GET', `${computers}?product=live-patching&format=csv&cursor=${rows[39]?.cursor}`)
    expect((parse(rest.body.replace('\uFEFF', ''), { columns: true }) as unknown[]).length).toBe(2)
  })

  test('one is read with all that is known; unchanged it costs a 304', async () => {
    const { body, headers } = await call(portal, 'GET', `${computers}/${server('mail-01')}`)
    expect(body).toMatchObject({
      hostname: 'mail-01.fabrikam.example',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      status: 'current',
      products: [{ code: 'live-patching', version: '2.94', license: null }, { code: 'extended-support' }],
    })
    const held = { 'if-none-match': headers.get('etag') ?? '' }
    expect((await call(portal, 'GET', `${computers}/${server('mail-01')}`, undefined, held)).status).toBe(304)
    await portal.db.client.execute({
      sql: 'update activations set last_check_in_at = last_check_in_at + 1 where computer_id = ?',
      args: [server('mail-01')],
    })
    expect((await call(portal, 'GET', `${computers}/${server('mail-01')}`, undefined, held)).status).toBe(200)
  })

  test('a key sees what lies below its account: the vendor’s all, a partner’s none of Fabrikam', async () => {
    const theirs = await callChecked(portal, 'GET', `${computers}/${server('web-01')}`, { key: acme.apiKey })
    expect(theirs.status).toBe(200)
    const foreign = await callChecked(portal, 'GET', `${computers}/${server('web-01')}`, { key: northwind.apiKey })
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not-found'])
  })
})

describe('changing', () => {
  let portal: Portal
  beforeEach(async () => {
    portal = await openPortal()
  })

  test('a computer is renamed and grouped by the version that was read, and by no other', async () => {
    const path = `${computers}/${server('web-01')}`
    const { headers } = await call(portal, 'GET', path)
    const match = { 'if-match': headers.get('etag') ?? '' }
    const { body } = await call(portal, 'PATCH', path, { name: 'Front', group: 'databases' }, match)
    expect([body.name, body.group, body.groupId]).toEqual(['Front', 'Databases', 'grp_00-fabrikam-db'])
    expect((await call(portal, 'PATCH', path, { name: 'Late' }, match)).body.code).toBe('version-mismatch')
    expect((await call(portal, 'PATCH', path, { name: 'Bare' })).body.code).toBe('precondition-required')
    const any = { 'if-match': '*' }
    expect((await call(portal, 'PATCH', path, { group: 'Nowhere' }, any)).body.errors[0].pointer).toBe('/group')
    expect((await call(portal, 'PATCH', path, { group: null }, any)).body.group).toBeNull()
    expect((await call(portal, 'PATCH', path, { name: 'x'.repeat(254) }, any)).body.errors[0]).toMatchObject({
      code: 'too-long',
    })
    expect((await call(portal, 'PATCH', path, { fingerprint: 'x' }, any)).body.errors[0]).toMatchObject({
      code: 'unknown',
    })
  })

  test('removing is the same when it is done again: configuration management may repeat it', async () => {
    const path = `${computers}/${server('web-02')}`
    expect((await call(portal, 'DELETE', path, undefined, { 'if-match': '"9"' })).body.code).toBe('version-mismatch')
    expect((await call(portal, 'DELETE', path)).status).toBe(204)
    expect((await call(portal, 'DELETE', path)).status).toBe(204)
    expect((await call(portal, 'GET', path)).status).toBe(404)
    const again = await call(portal, 'POST', '/api/v1/computer-removals', { computers: [server('web-02')] })
    expect([again.status, again.body]).toEqual([200, { id: null, computers: [], undoUntil: null, undoneAt: null }])
    expect(
      await portal.db.rows(
        "select count(*) as n from events where action = 'computer.removed' and subject_id = ?",
        server('web-02'),
      ),
    ).toEqual([{ n: 1 }])
  })

  test('many are removed and brought back, once, however often it is asked (M6)', async () => {
    const body = { computers: [server('web-03'), server('app-01')] }
    const once = { 'idempotency-key': 'remove-two' }
    const first = await call(portal, 'POST', '/api/v1/computer-removals', body, once)
    expect([first.status, first.body.computers.length]).toEqual([201, 2])
    expect((await call(portal, 'POST', '/api/v1/computer-removals', body, once)).body).toEqual(first.body)
    const path = `/api/v1/computer-removals/${first.body.id}`
    expect((await call(portal, 'GET', path)).body).toEqual(first.body)
    for (let i = 0; i < 2; i++) {
      const undone = await call(portal, 'POST', `${path}/restorations`)
      expect([undone.status, undone.body]).toEqual([201, { removal: first.body.id, computers: 2 }])
    }
    expect((await call(portal, 'GET', path)).body.undoneAt).not.toBeNull()
    expect((await call(portal, 'GET', `${computers}/${server('app-01')}`)).body.products).toHaveLength(2)
    const bad = await call(portal, 'POST', '/api/v1/computer-removals', {
      computers: [server('web-03'), 'com_00-ada-front-01'],
    })
    expect(bad.body.code).toBe('not-found')
    expect((await call(portal, 'GET', `${computers}/${server('web-03')}`)).status).toBe(200)
  })

  test('groups are made, read, renamed and deleted; the same name again is the same group (R331)', async () => {
    const groups = '/api/v1/computer-groups'
    const made = await call(portal, 'POST', groups, { name: 'Edge' })
    expect([made.status, made.body]).toMatchObject([201, { name: 'Edge', computers: 0 }])
    const same = await call(portal, 'POST', groups, { name: ' EDGE' })
    expect([same.status, same.body.id]).toEqual([200, made.body.id])
    const grouped = await call(portal, 'POST', '/api/v1/computer-groupings', {
      computers: [server('web-01')],
      group: 'edge',
    })
    expect([grouped.status, grouped.body]).toEqual([201, { group: 'Edge', computers: 1 }])
    expect((await call(portal, 'GET', `${groups}/${made.body.id}`)).body.computers).toBe(1)
    const any = { 'if-match': '*' }
    expect((await call(portal, 'PATCH', `${groups}/${made.body.id}`, { name: 'web' }, any)).body.code).toBe(
      'computer-group-taken',
    )
    expect((await call(portal, 'PATCH', `${groups}/${made.body.id}`, { name: 'Rim' }, any)).body.name).toBe('Rim')
    expect((await call(portal, 'DELETE', `${groups}/${made.body.id}`)).status).toBe(204)
    expect((await call(portal, 'GET', `${computers}/${server('web-01')}`)).body.group).toBeNull()
    const { rows } = await pageThrough(portal, `${groups}?limit=2`, key)
    expect(rows.map((row) => (row as { name?: string }).name)).toEqual(['Applications', 'Databases', 'Staging', 'Web'])
    expect(
      (await call(portal, 'POST', '/api/v1/computer-groupings', { computers: [server('web-01')], group: ' ' })).body
        .errors[0].pointer,
    ).toBe('/group')
  })

  test('groups and keys take computers of their own account alone', async () => {
    const vendor = (path: string, body: unknown) => callChecked(portal, 'POST', path, { key: acme.apiKey, body })
    const grouping = await vendor('/api/v1/computer-groupings', { computers: [server('web-01')], group: 'Ours' })
    expect([grouping.status, grouping.body.code]).toEqual([409, 'computer-of-another-account'])
    const moved = await vendor('/api/v1/computer-moves', { computers: [server('web-01')], activationKey: 'x' })
    expect(moved.body.code).toBe('computer-of-another-account')
    expect(await portal.db.rows("select count(*) as n from computer_groups where name = 'Ours'")).toEqual([{ n: 0 }])
  })

  test('the clock’s setting is read and set', async () => {
    const path = '/api/v1/stale-removal'
    expect((await call(portal, 'GET', path)).body).toEqual({ afterDays: null })
    expect((await call(portal, 'PATCH', path, { afterDays: 90 })).body).toEqual({ afterDays: 90 })
    expect((await call(portal, 'PATCH', path, { afterDays: 3 })).body.errors[0].pointer).toBe('/afterDays')
    expect((await call(portal, 'GET', path)).body).toEqual({ afterDays: 90 })
  })
})
