import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import { acme, ada, northwind } from '#dev/world/people.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

const key = acme.apiKey
let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

const call = (path: string, as: string = key) => callChecked(portal, 'GET', path, { key: as })

test('orders follow one another without gap or double, by time and by total', async () => {
  const [count] = await portal.db.rows('select count(*) as n from orders')
  for (const sort of ['-ordered', 'ordered', '-total', 'total']) {
    const { rows } = await pageThrough(portal, `/api/v1/orders?limit=4&sort=${sort}`, key)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(count?.n)
    expect(rows.length).toBe(count?.n)
  }
})

test('an order is found by its reference however it is typed, with items, licenses and money', async () => {
  const typed = ada.orders[0].toLowerCase().replaceAll('-', '')
  portal.db.forget()
  const { body } = await call(`/api/v1/orders/${typed}`)
  expect(portal.db.trips.length).toBe(1)
  expect(body).toMatchObject({ reference: ada.orders[0], email: ada.email, test: false })
  expect(body.total.currency).toMatch(/^[A-Z]{3}$/)
  expect(body.items.length).toBeGreaterThan(0)
  expect(body.items.flatMap((item: { licenses: unknown[] }) => item.licenses).length).toBeGreaterThan(0)
})

test('T1 the order of somebody else is not found', async () => {
  expect((await call(`/api/v1/orders/${ada.orders[0]}`, northwind.apiKey)).status).toBe(404)
  expect((await call('/api/v1/orders', northwind.apiKey)).body.data).toEqual([])
})

test('a search narrows orders by number and by e-mail', async () => {
  for (const q of [ada.orders[0].slice(0, 9), ada.email]) {
    const { body } = await call(`/api/v1/orders?q=${encodeURIComponent(q)}`)
    expect(body.data.map((one: { reference: string }) => one.reference)).toContain(ada.orders[0])
  }
  expect((await call('/api/v1/orders?q=nothing-like-it')).body.data).toEqual([])
})

test('R334 orders as CSV hold the same rows', async () => {
  const { rows } = await pageThrough(portal, '/api/v1/orders?limit=100', key)
  const lines: Record<string, string>[] = parse((await call('/api/v1/orders?format=csv')).body, {
    columns: true,
    bom: true,
  })
  expect(lines.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
})
