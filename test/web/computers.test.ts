import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { ada, demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let fay: Browser
beforeAll(async () => {
  portal = await openPortal()
  fay = portal.browser()
  await signIn(fay, fabrikam.logins.full.email, demoPassword)
})

const rowsOf = (page: Page) => page.dom.querySelectorAll('#list tbody tr')
const namesOf = (page: Page) => rowsOf(page).map((row) => row.querySelector('th a')?.text ?? '')
const cells = (page: Page, label: string) =>
  rowsOf(page).map((row) => row.querySelector(`[data-label="${label}"]`)?.text.replace(/\s+/g, ' ').trim() ?? '')
const short = (names: readonly string[]) => names.map((name) => name.replace('.fabrikam.example', ''))

/** Presses a filter of the list. */
function byChip(page: Page, text: string): Promise<Page> {
  const chip = page.dom.querySelectorAll('.chips a').find((one) => one.text.includes(text))
  return fay.open(chip?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '/nowhere')
}

/** All rows of a list, page by page. */
async function all(path: string, browser = fay): Promise<string[]> {
  const names: string[] = []
  let page = await browser.open(path)
  for (;;) {
    names.push(...namesOf(page))
    if (!page.dom.querySelector('a[rel="next"]')) return names
    page = await browser.follow(page, 'Next')
  }
}

describe('the list', () => {
  test('shows every server with name, IP, registration, group, products and last check-in in words and color (R173 R174 R175 R176 R177 R178 R184 R223 R224)', async () => {
    const page = await fay.open('/computers')
    expect(page.dom.querySelector('h1')?.text).toBe('Servers')
    expect(short(namesOf(page)).slice(0, 2)).toEqual(['app-01', 'app-02'])
    expect(cells(page, 'IP')[0]).toBe('192.0.2.116')
    expect(cells(page, 'Registered')[0]).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(cells(page, 'Group')[0]).toBe('Applications')
    expect(cells(page, 'Last check-in')[0]).toMatch(/^Current, (12 minutes|\d hours?) ago \d{4}-\d\d-\d\d/)
    expect(rowsOf(page)[0]?.querySelector('b.good')?.text).toBe('Current')
    const products = rowsOf(page)[0]?.querySelector('[data-label="Products"] summary')
    expect(products?.querySelectorAll('svg')).toHaveLength(2)
    expect(products?.text.replace(/\s+/g, ' ')).toContain('LP Live Patching')
    expect((await all('/computers')).length).toBe(60)
  })

  test('a row is expanded to full names, versions, last check-in, key and fingerprint without a script (R182 R183 R225)', async () => {
    const [row] = rowsOf(await fay.open('/computers'))
    const details = row?.querySelector('details')?.text.replace(/\s+/g, ' ') ?? ''
    for (const word of [
      'Live Patching 2.94',
      'Extended Support 1.61',
      'Fingerprint',
      fabrikam.keys.livePatching.code,
    ]) {
      expect(details).toContain(word)
    }
  })

  test.each([
    ['name', 'app-01', 'web-16'],
    ['ip', 'web-01', 'legacy-04'],
    ['registered', 'web-01', 'legacy-04'],
    ['seen', '', ''],
  ])('is sorted by %s both ways, page by page, each server once (R181)', async (sort, first, last) => {
    const up = short(await all(`/computers?sort=${sort}`))
    const down = short(await all(`/computers?sort=-${sort}`))
    expect(new Set(up).size).toBe(60)
    expect(down).toEqual(up.toReversed())
    if (first) expect([up[0], up.at(-1)]).toEqual([first, last])
    const head = (await fay.open(`/computers?sort=-${sort}`)).dom.querySelector('th[aria-sort]')
    expect(head?.getAttribute('aria-sort')).toBe('descending')
  })

  test('goes back page by page to where it came from (R317)', async () => {
    const first = await fay.open('/computers?sort=-seen')
    const third = await fay.follow(await fay.follow(first, 'Next'), 'Next')
    const back = await fay.follow(await fay.follow(third, 'Previous'), 'Previous')
    expect(namesOf(back)).toEqual(namesOf(first))
  })

  test('is narrowed to one product or several at once, and says so in its title (R185 R226 R227 R228)', async () => {
    const sla = await fay.open('/computers?product=extended-support-sla')
    expect(sla.dom.querySelector('h1')?.text).toBe('Servers with Extended Support SLA')
    expect(short(namesOf(sla))).toEqual(Array.from({ length: 10 }, (_, i) => `db-${String(i + 1).padStart(2, '0')}`))
    const both = await all('/computers?product=live-patching&product=extended-support')
    expect([both.length, new Set(both).size]).toEqual([50, 50])
    for (const sort of ['-seen', 'ip', '-registered']) {
      const sorted = await all(`/computers?product=live-patching,extended-support&sort=${sort}`)
      expect([sort, sorted.length, sorted.toSorted()]).toEqual([sort, 50, both.toSorted()])
    }
    const page = await fay.open('/computers')
    const one = await byChip(await byChip(page, 'Live Patching'), 'Extended Support SLA')
    expect(one.url).toContain('product=live-patching%2Cextended-support-sla')
    expect(one.dom.querySelectorAll('.chips [aria-current]')).toHaveLength(2)
    expect((await byChip(one, 'Live Patching')).url).toContain('product=extended-support-sla')
  })

  test('is narrowed to a day or a period of registration (R186 R221 R226 R228)', async () => {
    const [newest] = await all('/computers?sort=-registered')
    const day = cells(await fay.open('/computers?sort=-registered'), 'Registered')[0]
    expect(await all(`/computers?from=${day}&to=${day}`)).toEqual([newest])
    const period = await fay.open('/computers?from=2026-01-01')
    expect(cells(period, 'Registered').every((one) => one >= '2026-01-01')).toBe(true)
    expect((await all('/computers?to=2025-12-31')).length + (await all('/computers?from=2026-01-01')).length).toBe(60)
    expect((await fay.open('/computers?from=2026-02-01&to=2026-01-01')).status).toBe(400)
  })

  test('is searched in names and in activation keys (R187 R221 R226 R316)', async () => {
    expect(short(await all('/computers?q=DB-0'))).toEqual(Array.from({ length: 9 }, (_, i) => `db-0${i + 1}`))
    const staging = await all(`/computers?q=${fabrikam.keys.staging.code.toLowerCase().replaceAll('-', ' ')}`)
    expect(staging).toHaveLength(8)
    expect(await all(`/computers?key=${fabrikam.keys.staging.code}`)).toEqual(staging)
    expect(cells(await fay.open(`/computers?key=${fabrikam.keys.staging.id}`), 'Activation key')[0]).toBe(
      fabrikam.keys.staging.code,
    )
    expect(await all('/computers?q=stage&product=extended-support')).toEqual([])
  })

  test('is narrowed by the last check-in: never, stale, older, within (R184)', async () => {
    expect(short(await all('/computers?seen=never')).toSorted()).toEqual(['backup-02', 'db-04', 'web-14'])
    const stale = await fay.open('/computers?seen=stale')
    expect(cells(stale, 'Last check-in').every((one) => one.startsWith('Stale, '))).toBe(true)
    expect(namesOf(stale)).toHaveLength(5)
    const [older, within] = [await all('/computers?seen=older-7'), await all('/computers?seen=within-7')]
    expect(older.length + within.length + 3).toBe(60)
    expect(await all('/computers?seen=within-24h')).toHaveLength(47)
    expect((await fay.open('/computers?seen=sometimes')).status).toBe(400)
  })

  test('is narrowed to a group or to those without; whatever narrows it is a chip that takes it away (R177)', async () => {
    const web = await fay.open('/computers?group=grp_00-fabrikam-web')
    expect(short(namesOf(web))[0]).toBe('web-01')
    expect(await all('/computers?group=Web')).toHaveLength(16)
    expect(await all('/computers?group=none')).toHaveLength(12)
    expect((await fay.follow(web, 'Group Web')).url).toBe('/computers')
    const nothing = await fay.open('/computers?group=grp_00-fabrikam-web&seen=never&product=extended-support')
    expect(nothing.text).toContain('No server fits.')
  })

  test('“Get servers list” downloads what the list shows, as it is filtered and sorted (R229 R334)', async () => {
    const page = await fay.open('/computers?product=live-patching&sort=-ip')
    const href = page.dom.querySelectorAll('caption a').map((one) => one.getAttribute('href'))[0] ?? ''
    const answer = await fay.request('GET', href.replaceAll('&amp;', '&'))
    const rows = parse(await answer.text(), { bom: true, columns: true }) as Record<string, string>[]
    expect(rows.map(({ Name }) => Name)).toEqual(await all('/computers?product=live-patching&sort=-ip'))
    expect(rows.find(({ Name }) => Name?.startsWith('app-01'))).toMatchObject({
      Products: 'Live Patching 2.94, Extended Support 1.61',
      Group: 'Applications',
      Status: 'Current',
    })
  })
})

describe('whose they are', () => {
  test('a customer of the shop sees their computers with licenses, called computers, and may rename but no more (R18 R40)', async () => {
    const browser = portal.browser()
    await signInAsAda(browser)
    const page = await browser.open('/computers')
    expect([page.dom.querySelector('h1')?.text, namesOf(page)]).toEqual(['Computers', [...ada.computers]])
    expect(page.dom.querySelector('#bulk')).toBeNull()
    const one = await browser.follow(page, 'FRONT-01')
    expect(one.text).toContain('Remote Access')
    expect(one.dom.querySelector(`a[href="/licenses/${ada.licenses.frontDesk}"]`)).not.toBeNull()
    const saved = await browser.submit(one, 'form.form', { name: 'Front desk' })
    expect(saved.text).toContain('Saved.')
    expect((await browser.open('/')).html).toContain('Front desk')
    for (const path of ['/computers/bulk?act=remove&id=x', '/computers/removals', '/computers/stale-removal']) {
      expect((await browser.open(path)).status).toBe(403)
    }
  })

  test('sellers see whose each is and narrow the list to one account; the vendor sees all', async () => {
    const nora = portal.browser()
    await signIn(nora, northwind.login, demoPassword)
    const page = await nora.open('/computers')
    const owners = new Set(cells(page, 'Account'))
    expect(owners.size).toBeGreaterThan(1)
    const one = await nora.follow(page, 'Tailspin')
    expect(new Set(cells(one, 'Account'))).toEqual(new Set(['Tailspin']))
    expect(await all('/computers?q=web-01.fabrikam', nora)).toEqual([])
  })

  test('a role that only reads sees the list and no act; billing sees it too', async () => {
    for (const role of ['read-servers', 'billing'] as const) {
      const browser = portal.browser()
      await signIn(browser, fabrikam.logins[role].email, demoPassword)
      const page = await browser.open('/computers')
      expect([role, page.status, page.dom.querySelector('#bulk')]).toEqual([role, 200, null])
      expect((await browser.open('/computers/bulk?act=remove&id=x')).status).toBe(403)
    }
  })

  test('a server is renamed; of two who rename it the second is told and what was typed is kept', async () => {
    const path = '/computers/com_00-fabrikam-mail-01-fabrikam-example'
    const form = await fay.open(path)
    expect((await fay.submit(form, 'form.form', { name: 'Post office' })).text).toContain('Saved.')
    const late = await fay.submit(form, 'form.form', { name: 'Mailroom', request: 'req_other' })
    expect(late.status).toBe(412)
    expect(late.dom.querySelector('#name')?.getAttribute('value')).toBe('Mailroom')
    const empty = await fay.submit(await fay.open(path), 'form.form', { name: '  ' })
    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Give it a name')])
    const [event] = await portal.db.rows(
      "select subject_name, before from events where action = 'computer.renamed' and account_id = ?",
      fabrikam.accountId,
    )
    expect(event).toMatchObject({ subject_name: 'Post office', before: '{"name":"mail-01.fabrikam.example"}' })
  })

  test('the page of a server leads to the license file of each of its products (R44 R312)', async () => {
    const page = await fay.open('/computers/com_00-fabrikam-mail-01-fabrikam-example')
    const link = page.dom.querySelector('td[data-label="License file"] a')
    expect(link?.text).toMatch(/^View the license file of /)
    const file = await fay.open(link?.getAttribute('href') ?? '')
    expect([file.status, file.dom.querySelector('h1')?.text]).toEqual([
      200,
      expect.stringMatching(/^License file for /),
    ])
  })

  test('an account without computers is told how one appears', async () => {
    const browser = portal.browser()
    await signIn(browser, 'litware', demoPassword)
    expect((await browser.open('/computers')).text).toContain('No computers yet.')
  })
})
