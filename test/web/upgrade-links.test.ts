import { beforeAll, describe, expect, test } from 'vitest'
import { ada, demoPassword, grace, northwind } from '#dev/world/people.ts'
import { read } from '#src/db/query.ts'
import { listPricedOffers } from '#src/db/quotable.ts'
import { isAbove } from '#src/domain/quotes/above.ts'
import type { Quotable } from '#src/domain/quotes/quotable.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeAll(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const upgradesOn = (page: Page) =>
  page.dom
    .querySelectorAll('main a[href$="/upgrades/new"]')
    .map((link) => link.getAttribute('href')?.split('/')[2])
    .toSorted()

const licenseId = ada.licenses.frontDesk
/** Makes Ada's license another, and says whether home and its page offer an upgrade. */
async function isOffered(product: string, edition: string, size: number | null): Promise<boolean> {
  await portal.db.client.execute({
    sql: 'update licenses set product_code = ?, edition_code = ?, size = ? where id = ?',
    args: [product, edition, size, licenseId],
  })
  const [home, page] = [await browser.open('/'), await browser.open(`/licenses/${licenseId}`)]
  const offered = upgradesOn(page).length === 1
  expect([edition, size, upgradesOn(home).includes(licenseId)]).toEqual([edition, size, offered])
  return offered
}

test('R68 R69: the highest edition and size has no Upgrade link, all others have one', async () => {
  await signIn(browser, grace.email, grace.orders[0])
  expect(upgradesOn(await browser.open('/'))).toEqual([grace.licenses.remoteWork])
  expect(upgradesOn(await browser.open(`/licenses/${grace.licenses.remoteAccess}`))).toEqual([])
  const forced = await browser.open(`/licenses/${grace.licenses.remoteAccess}/upgrades/new`)
  expect(forced.text).toContain('Nothing above this edition and size is sold.')
})

describe('an Upgrade link stands exactly where there is an upgrade', () => {
  beforeAll(async () => {
    browser = portal.browser()
    await signIn(browser, ada.email, ada.orders[0])
  })

  test.each([
    ['remote-access', ['essentials', 'pro', 'enterprise'], [3, 4, 25, 30, null]],
    ['advanced-security', ['essentials', 'ultimate'], [null]],
    ['remote-work', ['standard'], [1, 900]],
  ])('for each edition and size of %s', async (product, editions, sizes) => {
    for (const [editionRank, edition] of editions.entries()) {
      for (const size of sizes) {
        const offered = await isOffered(product, edition, size)
        const [now] = await read(portal.db, [listPricedOffers({ licenses: [licenseId], offers: [] })])
        const license = { editionRank: editionRank + 1, size } as Quotable
        expect([edition, size, offered]).toEqual([edition, size, now.some((offer) => isAbove(license, offer))])
      }
    }
  })

  test('and none any more where all above was withdrawn, or the product', async () => {
    expect(await isOffered('advanced-security', 'essentials', null)).toBe(true)
    await portal.db.client.execute("update offers set withdrawn_at = 1 where edition_code = 'ultimate'")
    expect(await isOffered('advanced-security', 'essentials', null)).toBe(false)
    await portal.db.client.execute("update products set withdrawn_at = 1 where code = 'remote-work'")
    expect(await isOffered('remote-work', 'standard', 3)).toBe(false)
  })
})

test('sellers are not led to an upgrade that does not exist either (R113 R124)', async () => {
  const seller = portal.browser()
  await signIn(seller, northwind.login, demoPassword)
  await portal.db.client.execute({
    sql: "update licenses set edition_code = 'enterprise', size = null where product_code = 'remote-access' and account_id = ?",
    args: [northwind.accountId],
  })
  for (const path of ['/licenses', '/support']) {
    const own = await portal.db.rows(
      "select id from licenses where product_code = 'remote-access' and account_id = ?",
      northwind.accountId,
    )
    const offered = upgradesOn(await seller.open(path))
    expect(offered.length).toBeGreaterThan(0)
    expect(offered.filter((id) => own.some((row) => row.id === id))).toEqual([])
  }
})
