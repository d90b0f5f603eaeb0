import { beforeAll, expect, test } from 'vitest'
import { addLicenses } from '#dev/bench/many-licenses.ts'
import { demoPassword, northwind, tailspin } from '#dev/world/people.ts'
import { type Browser, openPortal, type Portal, signIn } from './support/portal.ts'

/** Lists of a partner, as the growth benchmark times them (`npm run bench:growth`). */
const lists = [
  '/licenses',
  '/licenses?sort=bought',
  '/licenses?sort=support',
  '/licenses?product=advanced-security',
  '/licenses?support=ending-30',
  '/licenses?only=trial',
  '/licenses?only=trial-ending',
  '/licenses?only=not-activated',
  `/licenses?account=${tailspin.accountId}`,
  '/licenses?q=kunde77',
  '/support',
  '/support?sort=-support',
  '/support?from=2026-08-21&to=2026-11-19',
  '/support?to=2026-08-20&product=remote-access',
  '/support?owner=own',
  '/support?owner=resellers',
  '/support?q=kunde77',
  '/digests',
]
/** Those that read rows in the order of an index, and nothing beside them. */
const inOrder = lists.filter((path) => !/[?&](q|owner)=/.test(path))

let portal: Portal
let browser: Browser
beforeAll(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, northwind.login, demoPassword)
  await portal.deps.settled()
})

/** Statements of a page, and the bytes and rows it shows. */
async function readsOf(path: string) {
  portal.db.forget()
  const page = await browser.open(path)
  expect([path, page.status]).toEqual([path, 200])
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read'])
  return portal.db.trips.flatMap(({ statements }) => statements)
}

test('R317 R322 the number of queries of a page does not depend on the number of licenses, and each is one round trip', async () => {
  const few: Record<string, number> = {}
  for (const path of lists) few[path] = (await readsOf(path)).length
  await addLicenses(portal.db.client, 0, 3000, '2026-08-21')
  for (const path of lists) expect([path, (await readsOf(path)).length]).toEqual([path, few[path]])
})

test('R322 no list scans the licenses or sorts them: each is read off an index in its order', async () => {
  for (const path of inOrder) {
    const statements = (await readsOf(path)).filter((sql) => sql.includes('license_reach'))
    expect(statements.length).toBeGreaterThan(0)
    for (const sql of statements) {
      const plan = (await portal.db.rows(`explain query plan ${sql}`)).map(({ detail }) => String(detail))
      const scans = plan.filter((detail) => /^SCAN (licenses|license_reach|supports|accounts|\w+_reach)\b/.test(detail))
      expect([path, scans]).toEqual([path, []])
      if (sql.includes('support_ends_on') && sql.includes('limit')) {
        expect([path, plan.filter((detail) => detail.includes('TEMP B-TREE'))]).toEqual([path, []])
      }
    }
  }
})
