import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import { acme, fabrikam, northwind } from '#dev/world/people.ts'
import { type Role, roles } from '#src/domain/accounts/permissions.ts'
import { kindsSeen } from '#src/domain/events/filter.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

const call = (path: string, key: string = acme.apiKey) => callChecked(portal, 'GET', path, { key })

test('R319 the audit trail pages through everything once, newest first', async () => {
  const [count] = await portal.db.rows('select count(*) as n from events')
  const { rows } = await pageThrough(portal, '/api/v1/events?limit=37', acme.apiKey)
  expect(rows.length).toBe(count?.n)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(count?.n)
  const times = (rows as unknown as { at: string }[]).map(({ at }) => at)
  expect(times).toEqual(times.toSorted().reverse())
})

test('it narrows by action, subject and days', async () => {
  const { body } = await call('/api/v1/events?action=license.created&subject=lic_00-northwind-jansen-1')
  expect(body.data).toMatchObject([
    {
      action: 'license.created',
      subject: { id: 'lic_00-northwind-jansen-1' },
      address: expect.stringMatching(/^[\d.]+$/),
    },
  ])
  const day = body.data[0].at.slice(0, 10)
  const ofDay = await call(`/api/v1/events?from=${day}&to=${day}&limit=100`)
  expect(ofDay.body.data.length).toBeGreaterThan(0)
  expect(ofDay.body.data.every(({ at }: { at: string }) => at.startsWith(day))).toBe(true)
  expect((await call('/api/v1/events?from=2026-02-30')).body).toMatchObject({ code: 'invalid-query' })
  expect((await call('/api/v1/events?action=made.up')).status).toBe(400)
})

test('a role sees events only of what it may see, page by page, in one round trip', async () => {
  for (const role of roles) {
    await portal.db.client.execute({ sql: 'update api_keys set role = ? where hash is not null', args: [role] })
    portal.db.forget()
    const { rows } = await pageThrough(portal, '/api/v1/events?limit=100', acme.apiKey)
    const seen = new Set((rows as unknown as { subject: { kind: string } }[]).map(({ subject }) => subject.kind))
    const allowed: string[] = kindsSeen('vendor', role as Role, true)
    expect([role, [...seen].filter((kind) => !allowed.includes(kind))]).toEqual([role, []])
    const [count] = await portal.db.rows(
      'select count(*) as n from events where subject_kind in (select value from json_each(?))',
      JSON.stringify(allowed),
    )
    expect([role, rows.length]).toEqual([role, count?.n])
    expect(portal.db.trips.filter(({ mode }) => mode === 'read').length).toBe(Math.ceil(Math.max(rows.length, 1) / 100))
  }
  await portal.db.client.execute("update api_keys set role = 'full'")
})

test('T1 nobody sees what happened in an account beside or above their own', async () => {
  const { rows } = await pageThrough(portal, '/api/v1/events?limit=100', northwind.apiKey)
  const text = JSON.stringify(rows)
  expect(rows.length).toBeGreaterThan(50)
  expect(text).not.toContain(fabrikam.accountId)
  expect(text).not.toContain('ada@example.com')
})

test('R334 the trail as CSV holds the same lines', async () => {
  const { rows } = await pageThrough(portal, '/api/v1/events?limit=100', northwind.apiKey)
  const { body } = await call('/api/v1/events?format=csv', northwind.apiKey)
  const lines: Record<string, string>[] = parse(body, { columns: true, bom: true })
  expect(lines.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  expect(lines.map(({ address }) => address)).toEqual(
    (rows as unknown as { address: string }[]).map((row) => row.address),
  )
})
