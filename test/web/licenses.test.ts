import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { ada, contoso, northwind } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser

beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const rowsOf = (page: Page) => page.dom.querySelectorAll('#list tbody tr')
const heads = (page: Page) =>
  page.dom.querySelectorAll('#list thead th').map((head) => head.text.replace(/ [↓↑]/, '').trim())
const cell = (row: ReturnType<typeof rowsOf>[number], label: string) =>
  row.querySelector(`[data-label="${label}"]`)?.text ?? ''
const asContoso = () => signIn(browser, contoso.email, contoso.orders[0])

test('home shows license and support purchases with all their data (R16 R21 R22 R23 R24 R25 R26 R27 R28)', async () => {
  const page = await signInAsAda(browser)
  expect(page.text).toContain('Hello, Ada Byron')
  expect(heads(page)).toEqual(['Product', 'Date', 'Order number', 'Computer', 'Support', 'Comment', 'Actions'])
  const front = rowsOf(page).find((row) => row.text.includes('FRONT-01'))
  expect(front?.querySelector('th')?.text).toContain('Remote Access')
  expect(front?.querySelector('th')?.text).toContain('Pro, 5 users')
  expect(cell(front as never, 'Date')).toBe('2019-07-24')
  expect(cell(front as never, 'Order number')).toBe(ada.orders[0])
  expect(cell(front as never, 'Support')).toMatch(/^Valid to \d+ \w{3} 2027 View$/)
  const [{ serial }] = (await portal.db.rows('select serial from licenses where id = ?', ada.licenses.frontDesk)) as [
    { serial: string },
  ]
  expect(cell(front as never, 'Computer')).toContain(serial)
  expect(page.text).toContain('unlimited users')
})

test('the activation key stands in full, ready to be copied (R29 R30)', async () => {
  const page = await signInAsAda(browser)
  expect(page.dom.querySelector('code.key')?.text).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
  expect(page.dom.querySelector(`[data-copy="${ada.activationKey}"]`)).not.toBeNull()
})

test('columns follow the seeds: product, date, order number, computer, support, comment, actions (R37 R38 R39 R40 R42 R43 R49)', async () => {
  const page = await signInAsAda(browser)
  const computers = rowsOf(page).map((row) => cell(row, 'Computer'))
  expect(computers.filter((text) => text.startsWith('✓'))).toHaveLength(2)
  expect(computers.filter((text) => text.startsWith('Not activated'))).toHaveLength(2)
  expect(rowsOf(page).every((row) => row.text.includes('Edit') && row.text.includes('Details'))).toBe(true)
})

test('a banner counts licenses without support and links to exactly those (R32 R33)', async () => {
  const page = await signInAsAda(browser)
  expect(page.text).toContain('1 license misses Update and Support Services.')
  expect(page.text).toContain('updates and fixes and let you contact support')
  const missing = await browser.follow(page, 'Show it')
  expect(missing.url).toBe('/?support=missing')
  expect(rowsOf(missing)).toHaveLength(1)
  expect(cell(rowsOf(missing)[0] as never, 'Support')).toMatch(/^None Buy Support/)
})

test('tabs License and Support; the support tab tells how long each lasts (R34 R47)', async () => {
  const page = await signInAsAda(browser)
  const support = await browser.follow(page, 'Support')
  expect(support.url).toBe('/?tab=support')
  expect(heads(support)).toContain('Duration')
  expect(support.text).toMatch(/1 year, to \d{4}-\d\d-\d\d/)
})

const finds: [string, (page: Page) => string][] = [
  ['a serial number', (page) => rowsOf(page).at(-1)?.querySelector('small code')?.text ?? ''],
  ['a part of a serial number', (page) => (rowsOf(page).at(-1)?.querySelector('small code')?.text ?? '').slice(3, 9)],
  ['an order number, oddly typed', () => ada.orders[0].toLowerCase().replace('jwt', 'jwt ').replaceAll('-', ' ')],
  ['a computer', () => 'front-01'],
  ['a product and edition', () => 'access pro'],
]

test.each(finds)('one search box finds a license by %s (R31 R316)', async (_, needle) => {
  const page = await signInAsAda(browser)
  const found = await browser.submit(page, '[role=search]', { q: needle(page) })
  expect(rowsOf(found)).toHaveLength(1)
  expect(found.text).toContain('FRONT-01')
  expect(found.text).toContain('1 license ·')
})

test('search finds activation keys, e-mails, comments without regard to case and accents (R31 R316)', async () => {
  const page = await signInAsAda(browser)
  for (const q of [ada.activationKey.toLowerCase(), ada.email, 'READING', 'réading']) {
    const found = await browser.submit(page, '[role=search]', { q })
    expect(rowsOf(found).length, q).toBeGreaterThan(0)
  }
})

test('a search finds nothing of another account (R11 T4)', async () => {
  await signInAsAda(browser)
  for (const q of [contoso.orders[0], contoso.email, 'Contoso', 'GRACE']) {
    const found = await browser.open(`/?q=${encodeURIComponent(q)}`)
    expect(found.text).toContain('No license fits.')
  }
})

test('wildcards, quotes and FTS operators in a search are plain text', async () => {
  await signInAsAda(browser)
  for (const q of ['%', '_', '"', "'", '*', 'a" OR "b', 'NEAR(', '\\', '😀', '\u0001', '%00', 'x'.repeat(100)]) {
    const found = await browser.open(`/?q=${encodeURIComponent(q)}`)
    expect([q, found.status]).toEqual([q, 200])
  }
})

test('an account with many licenses is searched by beginnings and by comments, page after page (R316 R322)', async () => {
  const many = `insert into licenses (id, account_id, serial, product_code, edition_code, kind, bought_on, email, email_key, created_at, comment, comment_key)
    select 'lic_many-' || value, '${contoso.accountId}', 'M-' || value, 'remote-access', 'pro', 'permanent', '2020-01-01', 'x@y.example', 'x@y.example', 0,
      'ward ' || value, 'ward ' || value from generate_series(1, 20000)`
  const recursive = many.replace(
    'generate_series(1, 20000)',
    '(with recursive s(value) as (select 1 union all select value + 1 from s where value < 20000) select value from s)',
  )
  await portal.db.client.execute(recursive)
  await asContoso()
  const byOrder = await browser.open(`/?q=${contoso.orders[0].slice(0, 9)}`)
  expect(rowsOf(byOrder).length).toBeGreaterThan(0)
  const byComment = await browser.open('/?q=ward+1999')
  expect(rowsOf(byComment).map((row) => cell(row, 'Comment').match(/ward \d+/)?.[0])).toContain('ward 19999')
  const first = await browser.open('/?q=M1')
  const second = await browser.follow(first, 'Next')
  const serials = [...rowsOf(first), ...rowsOf(second)].map((row) => row.querySelector('small code')?.text)
  expect(new Set(serials).size).toBe(40)
  expect((await browser.follow(second, 'Previous')).text).toContain(serials[0] as string)
  const back = await browser.follow(await browser.follow(second, 'Next'), 'Previous')
  expect(rowsOf(back).map((row) => row.querySelector('small code')?.text)).toEqual(serials.slice(20))
})

test('pages go on and back with Previous, the number, and Next, without a gap or a double (R46 R335)', async () => {
  let page = await asContoso()
  const seen: string[] = []
  const firsts: string[] = []
  for (;;) {
    const serials = rowsOf(page).map((row) => row.querySelector('small code')?.text ?? '')
    seen.push(...serials)
    firsts.push(serials[0] as string)
    if (!page.text.includes('Next')) break
    page = await browser.follow(page, 'Next')
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toHaveLength(214)
  expect(page.text).toMatch(/PreviousPage 11/)
  for (const first of firsts.slice(0, -1).reverse()) {
    page = await browser.follow(page, 'Previous')
    expect(rowsOf(page)[0]?.text).toContain(first)
  }
  expect(page.url).toBe('/')
})

test.each(['bought', '-bought', 'support', '-support'])(
  'the list sorts by %s over all its pages (R335)',
  async (sort) => {
    let page = await asContoso()
    page = await browser.open(`/?sort=${sort}`)
    const sorted = page.dom.querySelector('th[aria-sort]')
    expect(sorted?.getAttribute('aria-sort')).toBe(sort.startsWith('-') ? 'descending' : 'ascending')
    const days: string[] = []
    for (;;) {
      days.push(...rowsOf(page).map((row) => cell(row, 'Date')))
      if (!page.text.includes('Next')) break
      page = await browser.follow(page, 'Next')
    }
    expect(days).toHaveLength(214)
    if (sort.endsWith('bought'))
      expect(days).toEqual([...days].sort().map((_, i, all) => all[sort.startsWith('-') ? all.length - 1 - i : i]))
  },
)

test('chips narrow the list and widen it again; the URL says it all (R335)', async () => {
  const page = await asContoso()
  const ending = await browser.follow(page, 'Ends within 90 days')
  expect(ending.url).toBe('/?support=ending-90')
  expect(rowsOf(ending).every((row) => /^(Ends|Valid)/.test(cell(row, 'Support')))).toBe(true)
  const idle = await browser.follow(ending, 'Not activated')
  expect(idle.url).toBe('/?support=ending-90&only=not-activated')
  expect(rowsOf(idle).every((row) => cell(row, 'Computer').startsWith('Not activated'))).toBe(true)
  const product = await browser.follow(idle, 'Advanced Security')
  expect(rowsOf(product).every((row) => row.text.includes('Advanced Security'))).toBe(true)
  const widened = await browser.follow(product, 'Not activated')
  expect(widened.url).toBe('/?product=advanced-security&support=ending-90')
})

test('a list filtered to nothing says so and leads back (R335)', async () => {
  await signInAsAda(browser)
  const nothing = await browser.open('/?only=trial')
  expect(nothing.text).toContain('No license fits.')
  const all = await browser.follow(nothing, 'Show all licenses')
  expect(rowsOf(all)).toHaveLength(4)
})

test('an account without licenses reads what to expect (R335)', async () => {
  await signIn(browser, 'litware', 'portico-demo')
  const page = await browser.open('/')
  expect(page.text).toContain('You have no licenses yet')
})

test.each([
  '/?cursor=nonsense',
  '/?cursor=WzEsMl0',
  '/?support=soon',
  '/?sort=price',
  '/?only=x',
  '/?product=%22',
  `/?q=${'x'.repeat(101)}`,
])('nonsense in the address is 400 with a way back: %s', async (path) => {
  await signInAsAda(browser)
  const page = await browser.open(path)
  expect(page.status).toBe(400)
  expect(rowsOf(await browser.follow(page, 'Show the whole list'))).toHaveLength(4)
})

test('details show license, support periods, computer, order and what happened (R40 R43)', async () => {
  const home = await signInAsAda(browser)
  const link = rowsOf(home)
    .find((row) => row.text.includes('LAB-7'))
    ?.querySelector('a.act[href$="lab"]')
  const page = await browser.open(link?.getAttribute('href') as string)
  for (const text of [
    'Advanced Security',
    'Essentials, unlimited users',
    ada.activationKey,
    ada.orders[1],
    '✓ LAB-7',
    'Ends in 19 days',
    'License issued',
    'Support started',
  ]) {
    expect(page.text).toContain(text)
  }
})

test('a comment is edited, kept and found again, and the trail holds before and after (R42 R48 R319)', async () => {
  const home = await signInAsAda(browser)
  const form = await browser.open(`/licenses/${ada.licenses.spare}/comment`)
  expect(form.dom.querySelector('textarea')?.text).toBe(ada.comment)
  const text = 'Reception 😀 — "left" <b>desk</b>\nמחשב חדש'
  const saved = await browser.submit(form, 'form.form', { comment: `  ${text}  ` })
  expect(saved.url).toBe(`/licenses/${ada.licenses.spare}`)
  expect(saved.text).toContain('Comment saved.')
  expect(saved.html).toContain('&lt;b&gt;desk&lt;/b&gt;')
  expect((await browser.open(saved.url)).text).not.toContain('Comment saved.')
  const [row] = await portal.db.rows('select comment from licenses where id = ?', ada.licenses.spare)
  expect(row?.comment).toBe(text)
  expect((await browser.submit(home, '[role=search]', { q: 'left' })).text).toContain('Reception')
  const [event] = await portal.db.rows(
    "select before, after, actor_name from events where action = 'license.commented' order by n desc limit 1",
  )
  expect(event).toMatchObject({ actor_name: 'Ada Byron' })
  expect(JSON.parse(event?.before as string)).toEqual({ comment: ada.comment })
  expect(JSON.parse(event?.after as string)).toEqual({ comment: text })
})

test('of two tabs that edit one comment the second is told and its text is kept', async () => {
  await signInAsAda(browser)
  const path = `/licenses/${ada.licenses.spare}/comment`
  const [one, two] = [await browser.open(path), await browser.open(path)]
  await browser.submit(one, 'form.form', { comment: 'from the first tab' })
  const told = await browser.submit(two, 'form.form', { comment: 'from the second tab' })
  expect(told.status).toBe(422)
  expect(told.text).toContain('There is a problem')
  expect(told.text).toContain('from the first tab')
  expect(told.dom.querySelector('textarea')?.text).toBe('from the second tab')
  expect(told.dom.querySelector('title')?.text).toMatch(/^Error: /)
  const saved = await browser.submit(told, 'form.form')
  expect(saved.text).toContain('from the second tab')
})

test('a comment that is too long comes back with what was typed and what to do', async () => {
  await signInAsAda(browser)
  const form = await browser.open(`/licenses/${ada.licenses.spare}/comment`)
  const long = '😀'.repeat(501)
  const again = await browser.submit(form, 'form.form', { comment: long })
  expect(again.status).toBe(422)
  expect(again.dom.querySelector('#error-summary a')?.getAttribute('href')).toBe('#comment')
  expect(again.dom.querySelector('textarea')?.text).toBe(long)
  expect(again.dom.querySelector('textarea')?.getAttribute('aria-invalid')).toBe('true')
  expect((await browser.submit(again, 'form.form', { comment: '😀'.repeat(500) })).text).toContain('Comment saved.')
})

test('a form sent twice is one act (M6)', async () => {
  await signInAsAda(browser)
  const form = await browser.open(`/licenses/${ada.licenses.spare}/comment`)
  const before = await portal.db.rows('select count(*) as n from events')
  const sent = await Promise.all(
    Array.from({ length: 10 }, () => browser.submit(form, 'form.form', { comment: 'once' })),
  )
  expect(sent.map((page) => page.status)).toEqual(Array(10).fill(200))
  const after = await portal.db.rows('select count(*) as n from events')
  expect(Number(after[0]?.n) - Number(before[0]?.n)).toBe(1)
})

test('htmx gets the fragment it asked for, with the same words as the page (R330)', async () => {
  await signInAsAda(browser)
  const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
  const list = await browser.open('/?q=front', partial)
  expect(list.html).toMatch(/^<div id="list"/)
  expect(rowsOf(list)).toHaveLength(1)
  const form = await browser.open(`/licenses/${ada.licenses.spare}/comment`, partial)
  expect(form.html).toMatch(/^<form/)
  const cancelled = await browser.open(`/licenses/${ada.licenses.spare}/comment?as=read`, partial)
  expect(cancelled.html).toMatch(/^<div id="comment-/)
  const whole = await browser.open('/', { 'hx-request': 'true', 'hx-request-type': 'full' })
  expect(whole.dom.querySelector('#page')).not.toBeNull()
  expect(whole.dom.querySelector('style')).toBeNull()
})

test('a seller sees the whole subtree, and a comment of theirs is theirs to edit (R317)', async () => {
  await signIn(browser, northwind.login, 'portico-demo')
  const page = await browser.open('/licenses')
  expect(rowsOf(page).length).toBeGreaterThan(5)
  expect(page.dom.querySelector('code.key')).toBeNull()
})

test('the CSV of a list holds what the list shows, as filtered, over all its pages (R334)', async () => {
  await asContoso()
  let page = await browser.open('/?support=ending-90')
  const href = page.dom.querySelector('a[download]')?.getAttribute('href') as string
  const serials: (string | undefined)[] = []
  for (;;) {
    serials.push(...rowsOf(page).map((row) => row.querySelector('small code')?.text))
    if (!page.text.includes('Next')) break
    page = await browser.follow(page, 'Next')
  }
  const csv = await browser.request('GET', href.replaceAll('&amp;', '&'))
  expect(csv.headers.get('content-type')).toContain('text/csv')
  expect(csv.headers.get('content-disposition')).toMatch(/attachment; filename="licenses.*\.csv"/)
  const [head, ...lines] = parse(await csv.text(), { bom: true }) as string[][]
  const column = head?.findIndex((name) => /serial/i.test(name)) as number
  expect(lines.map((line) => line[column])).toEqual(serials)
})

test('whoever asks to save data gets shorter pages', async () => {
  const thrifty = portal.browser({ 'save-data': 'on' })
  const page = await signIn(thrifty, contoso.email, contoso.orders[0])
  expect(rowsOf(page)).toHaveLength(10)
})

test("the vendor's address and what to quote stand on every page (R84 R85)", async () => {
  await signInAsAda(browser)
  for (const path of ['/', '/orders', '/events', '/documentation', `/licenses/${ada.licenses.spare}`]) {
    const page = await browser.open(path)
    expect(page.dom.querySelector('a[href="mailto:support@acme.example"]')).not.toBeNull()
    expect(page.text).toContain('give your purchase e-mail or an order number')
  }
})

test('the menu leads home, to computers, subscriptions, orders, the guide and out; the cart stands in the header (R12 R14 R15 R17 R18 R19)', async () => {
  const page = await signInAsAda(browser)
  const menu = page.dom.querySelectorAll('.rail a').map((link) => link.text)
  const own = ['Add a password', 'Sessions']
  expect(menu).toEqual([
    ...['Home', 'Products', 'Computers', 'Subscriptions', 'Orders', 'Events', 'Documentation'],
    ...own,
  ])
  expect(page.dom.querySelector('.rail form[action="/sign-out"] button')?.text).toBe('Sign out')
  expect(page.dom.querySelector('.bar label[for=menu]')).not.toBeNull()
  expect(page.dom.querySelector('.bar a[href="/cart"]')?.text.trim()).toBe('Cart')
  expect((await browser.follow(page, 'Documentation')).text).toContain('Activate your product')
})
