import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { ada, contoso, grace } from '#dev/world/people.ts'
import { type Browser, openPortal, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

async function download(path: string) {
  const response = await browser.request('GET', path)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  expect(response.headers.get('cache-control')).toBe('no-store')
  return parse(await response.text(), { columns: true, bom: true }) as Record<string, string>[]
}

test('R334 each list downloads as a file of one’s own rows and nobody else’s', async () => {
  await signInAsAda(browser)
  const licenses = await download('/licenses.csv')
  expect(licenses.map((row) => row['Order number'])).toEqual(expect.arrayContaining([...ada.orders]))
  expect(new Set((await download('/orders.csv')).map((row) => row.Reference))).toEqual(new Set(ada.orders))
  const events = await download('/events.csv')
  expect(events.map((row) => row.What)).toEqual(expect.arrayContaining(['Order received', 'Signed in']))
  expect(JSON.stringify([licenses, events])).not.toContain(grace.email)
})

test('R334 a file holds all that the filter finds, in the order of the page', async () => {
  await signIn(browser, contoso.email, contoso.orders[0])
  const all = await download('/licenses.csv')
  const [count] = await portal.db.rows('select count(*) as n from licenses where account_id = ?', contoso.accountId)
  expect(all.length).toBe(count?.n)
  const ends = (await download('/licenses.csv?support=ending-90')).map((row) => row['Support to'])
  expect(ends.length).toBeGreaterThan(20)
  expect(ends).toEqual(ends.toSorted())
})

test('a nonsense filter is 400, and a visitor who is not signed in goes to sign-in', async () => {
  expect((await browser.request('GET', '/licenses.csv')).status).toBe(303)
  await signInAsAda(browser)
  expect((await browser.request('GET', '/licenses.csv?support=banana')).status).toBe(400)
})
