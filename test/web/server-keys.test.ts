import { beforeEach, describe, expect, test } from 'vitest'
import { acme, demoPassword, fabrikam } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, fabrikam.logins.full.email, demoPassword)
})

const staging = `/activation-keys/${fabrikam.keys.staging.id}`
const live = `/activation-keys/${fabrikam.keys.livePatching.id}`
const names = (page: Page) => page.dom.querySelectorAll('#list tbody th a').map((link) => link.text.trim())
const rowOf = (page: Page, name: string) =>
  page.dom.querySelectorAll('#list tbody tr').find((row) => row.querySelector('th a')?.text.trim() === name)
const cell = (page: Page, name: string, label: string) =>
  rowOf(page, name)?.querySelector(`[data-label="${label}"]`)?.text.replace(/\s+/g, ' ').trim()
const heads = (page: Page) =>
  page.dom.querySelectorAll('#list thead th').map((head) => head.text.replace(/[↑↓]/, '').trim())
const key = async (id: string) => (await portal.db.rows('select * from activation_keys where id = ?', id))[0] ?? {}
const field = (page: Page, id: string) => page.dom.querySelector(`#${id}`)
const save = (path: string) => `form[action="${path}"][method=post]`

describe('all keys', () => {
  test('stand in a table with key, license type, note, servers of their limit and last day (R194 R195 R196 R197 R198 R199 R200 R201 R216)', async () => {
    const page = await browser.open('/activation-keys')
    expect(heads(page).slice(1)).toEqual([...['Name', 'Activation key', 'License type', 'Note', 'Servers', 'Last day']])
    expect(rowOf(page, 'Live Patching')?.querySelector('th b')?.text).toBe('default')
    expect(cell(page, 'Staging', 'Activation key')).toContain(fabrikam.keys.staging.code)
    expect(rowOf(page, 'Staging')?.querySelector('td a')?.getAttribute('href')).toBe(staging)
    expect(cell(page, 'Staging', 'License type')).toBe('Live Patching')
    expect(cell(page, 'Staging', 'Servers')).toBe('8 / 10')
    expect(rowOf(page, 'Staging')?.querySelector('meter')?.getAttribute('value')).toBe('8')
    expect(cell(page, 'Office Jena', 'Servers')).toBe('0 / unlimited')
    expect(cell(page, 'Pilot', 'Last day')).toMatch(/^Ended \d{4}-\d\d-\d\d$/)
    expect(rowOf(page, 'Staging')?.querySelector('[data-copy]')?.getAttribute('data-copy')).toBe(
      fabrikam.keys.staging.code,
    )
  })

  test('are narrowed by limit and license type, by chips that take themselves away, searched and sorted (R203 R204 R205 R206)', async () => {
    const page = await browser.open('/activation-keys')
    const limited = await browser.follow(page, 'Limited')
    expect(names(limited).toSorted()).toEqual(['Hall 2', 'Staging', 'Trade fair'])
    const both = await browser.open('/activation-keys?limit=limited&product=live-patching')
    expect(names(both).toSorted()).toEqual(['Staging', 'Trade fair'])
    const chip = both.dom.querySelector('.chips a[href="/activation-keys?product=live-patching"]')
    expect(chip?.text).toContain('remove filter')
    expect(names(await browser.open('/activation-keys?q=own+lines'))).toEqual(['Office Jena'])
    const byUse = names(await browser.open('/activation-keys?sort=-servers'))
    expect(byUse[0]).toBe('Live Patching')
    expect(names(await browser.open('/activation-keys?sort=servers')).at(-1)).toBe('Live Patching')
    expect(names(await browser.open('/activation-keys?sort=name')).slice(0, 2)).toEqual([
      'Extended Support',
      'Extended Support SLA',
    ])
    expect(names(await browser.open('/activation-keys?sort=expires'))[0]).toBe('Pilot')
  })

  test('a default key cannot be marked, and the box says why; marked ones lead to a page that names the servers that go along (R200 R202 R213)', async () => {
    const page = await browser.open('/activation-keys')
    const box = rowOf(page, 'Live Patching')?.querySelector('input')
    expect([box?.hasAttribute('disabled'), box?.getAttribute('title')]).toEqual([true, 'the default key stays'])
    const asked = await browser.open(
      `/activation-keys/removals?id=${fabrikam.keys.staging.id}&id=key_00-fabrikam-hall-2&id=${fabrikam.keys.livePatching.id}`,
    )
    expect(asked.text).toContain('2 keys of 3 will be removed and can never be made again; with them 8 servers')
    expect(asked.text).toContain('Stays: it is the default key')
    expect(asked.text).toMatch(/stage-01\.fabrikam\.example\s*192\.0\.2\.\d+/)
    const done = await browser.submit(asked, 'main form')
    expect([done.url, done.text]).toEqual(['/activation-keys', expect.stringContaining('Activation keys removed.')])
    expect(names(done)).not.toEqual(expect.arrayContaining(['Staging']))
    expect(names(done)).toEqual(expect.arrayContaining(['Live Patching', 'Trade fair']))
    const running = await portal.db.rows(
      'select count(*) as n from activations where key_id = ? and released_at is null',
      fabrikam.keys.staging.id,
    )
    expect(running).toEqual([{ n: 0 }])
    const [event] = await portal.db.rows(
      "select before from events where subject_name = 'Staging' order by n desc limit 1",
    )
    expect(JSON.parse(String(event?.before))).toMatchObject({
      computers: 8,
      servers: expect.arrayContaining(['stage-01.fabrikam.example']),
    })
  })
})

describe('the keys of a product', () => {
  const products = '/activation-keys?product=extended-support'

  test('stand below its default key, to be copied, and the gauge of its server licenses (R207 R210 R211 R212 R214 R215)', async () => {
    const page = await browser.open(products)
    expect(page.dom.querySelector('h1')?.text).toBe('Activation keys of Extended Support')
    expect(heads(page).slice(1)).toEqual(['Name', 'Activation key', 'Note', 'Servers', 'Last day'])
    const panels = page.dom.querySelectorAll('main .cards .card')
    expect(panels[0]?.querySelector('[data-copy]')?.getAttribute('data-copy')).toBe(fabrikam.keys.extendedSupport.code)
    expect(panels[1]?.querySelector('svg')?.getAttribute('aria-label')).toMatch(/^Extended Support: \d+ of 30 used$/)
    expect(names(await browser.open(`${products}&q=hall&limit=limited`))).toEqual(['Hall 2'])
    expect((await browser.follow(page, 'Hall 2')).url).toBe('/activation-keys/key_00-fabrikam-hall-2')
  })

  test('one more is generated by itself and stands in the table; pressed twice it is one (R209)', async () => {
    const page = await browser.open(products)
    const before = names(page)
    const generate = 'main form[action="/activation-keys"][method=post]'
    expect(page.dom.querySelector(`${generate} button`)?.text).toBe('Generate new activation key')
    const sent = await Promise.all([1, 2].map(() => browser.submit(page, generate, { generate: 'yes' })))
    expect(sent.map(({ url }) => url)).toEqual([products, products])
    const after = names(await browser.open(products))
    expect(after).toHaveLength(before.length + 1)
    const [made] = after.filter((name) => !before.includes(name))
    expect(made).toMatch(/^Extended Support [0-9A-Z]{4}$/)
  })

  test('where there is none the first is created, and is the default (R208)', async () => {
    await portal.db.client.executeMultiple(`
      insert into products (code, family_code, name, unit, pricing_rule, position) values ('extended-support-plus', 'extended-support', 'Extended Support Plus', 'server', 'time-based', 9);
      insert into account_products (account_id, product_code, server_licenses, created_at) values ('${fabrikam.accountId}', 'extended-support-plus', 9, 0);`)
    const page = await browser.open('/activation-keys?product=extended-support-plus')
    expect(page.text).toContain('No activation keys yet.')
    const create = 'main form[action="/activation-keys"][method=post]'
    expect(page.dom.querySelector(`${create} button`)?.text).toBe('Create activation key')
    const made = await browser.submit(page, create, { generate: 'yes' })
    expect(made.dom.querySelector('#list tbody th b')?.text).toBe('default')
    expect(made.text).toContain('Generate new activation key')
  })

  test('several are made at once, each limited, from some addresses, to a day (R199 R331)', async () => {
    const form = await browser.open('/activation-keys/new?product=live-patching')
    const wanted = {
      name: 'Rack',
      count: '12',
      computerLimit: '5',
      expiresOn: '2027-01-31',
      allowedRanges: ' 192.0.2.7 \r\n\r\n2001:DB8::/32\r\n',
    }
    const made = await browser.submit(form, 'form[action="/activation-keys"]', wanted)
    expect(made.url).toBe('/activation-keys?product=live-patching')
    expect(names(made)).toEqual(expect.arrayContaining(['Rack 1', 'Rack 12']))
    const rows = await portal.db.rows(
      "select distinct product_code, computer_limit, expires_on, allowed_ranges, is_default from activation_keys where name like 'Rack %'",
    )
    expect(rows).toEqual([
      {
        product_code: 'live-patching',
        computer_limit: 5,
        expires_on: '2027-01-31',
        allowed_ranges: '["192.0.2.7","2001:db8::/32"]',
        is_default: 0,
      },
    ])
  })
})

describe('one key', () => {
  test('is edited in every field; a limit below what runs is allowed and said (R216 R217 R219)', async () => {
    const page = await browser.open(staging)
    expect(page.dom.querySelector('nav[aria-label=Breadcrumb] a')?.getAttribute('href')).toBe('/activation-keys')
    const wanted = {
      name: 'Stage',
      note: 'Three at most',
      computerLimit: '3',
      expiresOn: '2026-12-31',
      allowedRanges: '192.0.2.0/24',
    }
    const saved = await browser.submit(page, save(staging), wanted)
    expect(saved.text).toContain('More servers run with it than its limit allows now')
    for (const text of ['Stage', 'Three at most', '8 / 3', 'no new one comes in', '2026-12-31', '192.0.2.0/24'])
      expect(saved.text).toContain(text)
    const [event] = await portal.db.rows(
      "select before, after from events where action = 'activation-key.edited' order by n desc limit 1",
    )
    expect(JSON.parse(String(event?.before))).toMatchObject({ name: 'Staging', computerLimit: 10, allowedRanges: null })
    expect(JSON.parse(String(event?.after))).toMatchObject({
      name: 'Stage',
      computerLimit: 3,
      allowedRanges: ['192.0.2.0/24'],
    })
    const cleared = await browser.submit(saved, save(staging), { computerLimit: '', expiresOn: '', allowedRanges: '' })
    expect(await key(fabrikam.keys.staging.id)).toMatchObject({
      computer_limit: null,
      expires_on: null,
      allowed_ranges: null,
    })
    expect(cleared.text).toContain('8 / unlimited')
    const wrong = await browser.submit(cleared, save(staging), { allowedRanges: '192.0.2.0/24\nhere' })
    expect([wrong.status, field(wrong, 'allowedRanges-error')?.text]).toEqual([
      422,
      expect.stringContaining('Line 2, “here”'),
    ])
    expect(field(wrong, 'allowedRanges')?.text).toBe('192.0.2.0/24\nhere')
  })

  test('a day that is past already may stay while something else is changed', async () => {
    const pilot = '/activation-keys/key_00-fabrikam-pilot'
    const saved = await browser.submit(await browser.open(pilot), save(pilot), { note: 'Over' })
    expect([saved.status, saved.text]).toEqual([200, expect.stringContaining('Activation key saved.')])
  })

  test('the default is not removed, and its page says why; another key takes its place in one write (R202 R218)', async () => {
    const page = await browser.open(live)
    expect(page.dom.querySelector('button[disabled]')?.text.trim()).toBe('Remove this key')
    expect(field(page, 'stays')?.text).toContain('until another key takes its place')
    portal.db.forget()
    const saved = await browser.submit(await browser.open(staging), save(staging), { default: 'yes' })
    expect(saved.dom.querySelector('dl b.good')?.text).toBe('default')
    expect(portal.db.trips.filter(({ mode }) => mode === 'write')).toHaveLength(1)
    expect([
      (await key(fabrikam.keys.livePatching.id)).is_default,
      (await key(fabrikam.keys.staging.id)).is_default,
    ]).toEqual([0, 1])
    expect((await browser.open(live)).dom.querySelector(`a[href="${live}/removal"]`)).not.toBeNull()
  })

  test('is rotated: the old code works until its grace ends, is listed and taken for ever, and the account is told (R318)', async () => {
    const asked = await browser.follow(await browser.open(staging), 'Rotate key')
    expect(asked.text).toContain(fabrikam.keys.staging.code)
    const rotated = await browser.submit(asked, 'main form', { graceDays: '3' })
    expect(rotated.url).toBe(staging)
    const { code, version } = await key(fabrikam.keys.staging.id)
    expect(code).not.toBe(fabrikam.keys.staging.code)
    expect(rotated.dom.querySelector('code.key')?.text).toBe(code)
    const former = rotated.dom.querySelectorAll('table').find((table) => table.text.includes('Former codes'))
    expect(former?.text).toContain(fabrikam.keys.staging.code)
    const [row] = await portal.db.rows(
      'select valid_until - rotated_at as ms from former_codes where key_id = ?',
      fabrikam.keys.staging.id,
    )
    expect(row?.ms).toBe(3 * 86_400_000)
    await portal.deps.settled()
    const letter = portal.deps.letters.find(({ subject }) => subject.includes('was rotated'))
    expect([letter?.to, letter?.text]).toEqual([fabrikam.email, expect.stringContaining(staging)])
    expect(letter?.text).not.toContain(String(code))
    const form = await browser.open('/activation-keys/new?product=live-patching')
    const taken = await browser.submit(form, 'form[action="/activation-keys"]', {
      code: fabrikam.keys.staging.code.toLowerCase(),
    })
    expect([taken.status, field(taken, 'code-error')?.text]).toEqual([409, expect.stringContaining('taken')])
    expect(Number(version)).toBe(2)
    const running = await portal.db.rows(
      'select active_computers as n from activation_keys where id = ?',
      fabrikam.keys.staging.id,
    )
    expect(running).toEqual([{ n: 8 }])
  })
})

describe('the servers of a key', () => {
  const servers = (page: Page) => page.dom.querySelectorAll('#servers tbody th a').map((link) => link.text.trim())
  const partial = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#servers' }

  test('stand on its page with IP, registration and last check-in, narrowed by name and day; by htmx alone (R220 R221)', async () => {
    const page = await browser.open(staging)
    const shown = page.dom.querySelectorAll('#servers thead th').map((head) => head.text.trim())
    expect(shown.slice(1)).toEqual(['Server name', 'IP', 'Registered', 'Last check-in'])
    expect(servers(page)).toHaveLength(8)
    expect(page.dom.querySelector('#servers tbody tr')?.text).toMatch(
      /stage-01\.fabrikam\.example\s*192\.0\.2\.\d+\s*\d{4}-/,
    )
    expect(servers(await browser.open(`${staging}?q=stage-03`))).toEqual(['stage-03.fabrikam.example'])
    expect((await browser.open(`${staging}?from=2099-01-01`)).text).toContain('No server of this key fits.')
    const part = await browser.open(`${staging}?q=stage-03`, partial)
    expect(part.html).toMatch(/^<div id="servers"/)
    expect(servers(part)).toEqual(['stage-03.fabrikam.example'])
    expect((await browser.open(`${staging}?from=nonsense`)).status).toBe(400)
    expect(names(await browser.follow(page, 'All limited keys')).toSorted()).toEqual(['Staging', 'Trade fair'])
  })

  test('are removed, or moved to another key of the account, as they are marked (R222)', async () => {
    const page = await browser.open(staging)
    const id = page.dom.querySelector('#servers [name=id]')?.getAttribute('value') as string
    const asked = await browser.open(`/computers/bulk?act=move&id=${id}`)
    const moved = await browser.submit(asked, 'main form', { activationKey: 'key_00-fabrikam-office' })
    expect(moved.status).toBe(200)
    expect(servers(await browser.open(staging))).toHaveLength(7)
    expect(servers(await browser.open('/activation-keys/key_00-fabrikam-office'))).toEqual([
      'stage-01.fabrikam.example',
    ])
    const removal = await browser.open(`/computers/bulk?act=remove&id=${id}`)
    expect((await browser.submit(removal, 'main form')).status).toBe(200)
    expect((await browser.open('/activation-keys/key_00-fabrikam-office')).text).toContain(
      'No server runs with this key yet.',
    )
  })

  test('cannot be marked by who only reads', async () => {
    const other = portal.browser()
    await signIn(other, fabrikam.logins['read-servers'].email, demoPassword)
    const page = await other.open(staging)
    expect([servers(page).length, page.dom.querySelectorAll('#servers [type=checkbox]').length]).toEqual([8, 0])
  })
})

describe('who may', () => {
  test.each([
    ['full', true],
    ['servers-licenses', true],
    ['servers', true],
    ['billing', false],
    ['read-billing', false],
    ['read-servers', false],
  ] as const)('the role %s makes, changes and removes keys: %s (R264 to R270)', async (role, allowed) => {
    const other = portal.browser()
    await signIn(other, fabrikam.logins[role].email, demoPassword)
    const list = await other.open('/activation-keys?product=live-patching')
    expect(list.dom.querySelector('main form[method=post]') !== null).toBe(allowed)
    expect(list.dom.querySelector('#list [type=checkbox]') !== null).toBe(allowed)
    const page = await other.open(staging)
    expect(page.dom.querySelector('main form[method=post]') !== null).toBe(allowed)
    expect(page.text.includes('Rotate key')).toBe(allowed)
    for (const path of ['/activation-keys/new', `${staging}/rotations/new`, `${staging}/removal`]) {
      expect([path, (await other.open(path)).status]).toEqual([path, allowed ? 200 : 403])
    }
    const sent = await other.request('POST', staging, new URLSearchParams({ name: 'X', note: '', version: '1' }))
    expect(sent.status).toBe(allowed ? 303 : 403)
  })

  test('nobody who signed in with an order number, and the vendor only reads (Decision 11)', async () => {
    const customer = portal.browser()
    await signInAsAda(customer)
    for (const path of ['/activation-keys/new', '/activation-keys/removals?id=key_1']) {
      expect((await customer.open(path)).status).toBe(403)
    }
    const vendor = portal.browser()
    await signIn(vendor, acme.login, demoPassword)
    const page = await vendor.open(staging)
    expect([page.status, page.dom.querySelectorAll('main form[method=post]').length]).toEqual([200, 0])
    const removal = await vendor.request(
      'POST',
      '/activation-keys/removals',
      new URLSearchParams({ id: fabrikam.keys.staging.id }),
    )
    expect(removal.status).toBe(403)
  })
})
