import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { acme, lucerne, northwind, proseware, southridge, tailspin, wingtip } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const password = 'portico-demo'
const asNorthwind = () => signIn(browser, northwind.login, password)
const rowsOf = (page: Page) => page.dom.querySelectorAll('#list tbody tr')
const loginsOf = (page: Page) => rowsOf(page).map((row) => row.querySelector('th a')?.text)
const newForm = 'form[action="/resellers"][method="post"]'
const adatum = { login: 'adatum', email: 'sales@adatum.example', name: 'Adatum', products: 'remote-access' }
const balanceOf = async (account: string, offer: string) =>
  Number(
    (
      await portal.db.rows(
        'select credits from credit_balances where account_id = ? and offer_code = ?',
        account,
        offer,
      )
    )[0]?.credits ?? 0,
  )
const typedIn = (page: Page, name: string) => page.dom.querySelector(`[name="${name}"]`)?.getAttribute('value') ?? ''

test('the partner reviews all resellers, to any depth, with credits, licenses, last sign-in and state (R154 R317)', async () => {
  await asNorthwind()
  const page = await browser.open('/resellers')
  expect(page.dom.querySelector('h1')?.text).toBe('Resellers')
  expect(loginsOf(page)).toEqual(['litware', 'proseware', 'tailspin', 'wingtip'])
  const row = rowsOf(page)[1]
  expect(row?.text).toContain('Proseware, below Wingtip')
  expect(row?.querySelector('[data-label="State"]')?.text).toBe('Active')
  expect(Number(row?.querySelector('[data-label="Credits"]')?.text)).toBeGreaterThan(0)
  expect(rowsOf(page)[0]?.querySelector('[data-label="Last sign-in"]')?.text).toBe('Never')
  expect(loginsOf(await browser.follow(page, 'Directly below'))).toEqual(['litware', 'tailspin', 'wingtip'])
  expect(loginsOf(await browser.open('/resellers?sort=-login'))).toEqual([
    'wingtip',
    'tailspin',
    'proseware',
    'litware',
  ])
  expect(loginsOf(await browser.submit(page, '[role=search]', { q: 'OFFICE@wing' }))).toEqual(['wingtip'])
  const none = await browser.open('/resellers?q=nobody')
  expect(none.text).toContain('No reseller fits.')
  const csv = await (await browser.request('GET', '/resellers.csv?only=direct')).text()
  const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[]
  expect(rows.map((one) => one.Login)).toEqual(['litware', 'tailspin', 'wingtip'])
})

test('whoever has no reseller yet is told what one is for (R136 R137 R138)', async () => {
  await signIn(browser, tailspin.login, password)
  const page = await browser.open('/resellers')
  expect(page.text).toContain('important customers, for example with more than 5 servers')
  expect(page.text).toContain('license files on demand, within the credits you give them')
  expect(page.dom.querySelector('a.main')?.text).toBe('Add a new reseller')
})

test('the vendor makes and lists partners with the same pages (R140 R148)', async () => {
  await signIn(browser, acme.login, password)
  const page = await browser.open('/resellers')
  expect(page.dom.querySelector('h1')?.text).toBe('Partners')
  expect(page.dom.querySelector('nav.rail')?.text).toContain('Partners')
  const form = await browser.follow(page, 'Add a new partner')
  const made = await browser.submit(form, newForm, { ...adatum, products: 'live-patching' })
  expect(made.url).toMatch(/^\/resellers\/acc_\w+\/credits\/new$/)
  expect(await portal.db.rows("select kind from accounts where name = 'Adatum'")).toEqual([{ kind: 'partner' }])
})

test('the way of the guide: add, random password, products, give credits, back to the list (R140 R141 R142 R143 R144 R145 R147 R148 R150 R153)', async () => {
  const home = await asNorthwind()
  const list = await browser.follow(home, 'Resellers')
  const form = await browser.follow(list, 'Add a new reseller')
  expect(form.text).toContain('We recommend a random one')
  const boxes = form.dom.querySelectorAll('[name="products"]').map((box) => box.getAttribute('value'))
  expect(boxes).toEqual(['remote-access', 'advanced-security', 'remote-support'])
  const filled = await browser.submit(form, newForm, { ...adatum, random: 'yes' })
  const made = typedIn(filled, 'password')
  expect(made).toMatch(/^([a-z0-9]{5}-){3}[a-z0-9]{5}$/)
  expect([typedIn(filled, 'login'), typedIn(filled, 'email')]).toEqual([adatum.login, adatum.email])
  const give = await browser.submit(filled, newForm)
  expect(give.url).toMatch(/^\/resellers\/acc_\w+\/credits\/new$/)
  expect(give.text).toContain('Account created.')
  expect(give.text).toContain('shown only now')
  expect(give.dom.querySelector('code.key')?.text).toBe(made)
  expect((await browser.open(give.url)).text).not.toContain(made)
  const offer = 'remote-access/pro/10'
  const before = await balanceOf(northwind.accountId, offer)
  const done = await browser.submit(give, 'main form', { offer, quantity: '3' })
  expect(done.url).toBe('/resellers')
  expect(done.text).toContain('Credits given.')
  expect(loginsOf(done)).toContain('adatum')
  expect(await balanceOf(northwind.accountId, offer)).toBe(before - 3)
})

test('a made password lets its owner in once, to change it; nobody finds it in the database or the letter (R142 R146)', async () => {
  await asNorthwind()
  const form = await browser.open('/resellers/new')
  const filled = await browser.submit(form, newForm, { ...adatum, random: 'yes' })
  const made = typedIn(filled, 'password')
  await browser.submit(filled, newForm)
  await portal.deps.settled()
  const letter = portal.deps.letters.at(-1)
  expect(letter?.text).toContain('adatum')
  expect(`${letter?.text}${letter?.html}`).not.toContain(made)
  const [row] = await portal.db.rows("select must_change_password, password_hash from logins where login = 'adatum'")
  expect(row?.must_change_password).toBe(1)
  expect(String(row?.password_hash)).toMatch(/^scrypt\$/)
  const kept = await portal.db.rows('select response from idempotency_records')
  expect(JSON.stringify(kept)).not.toContain(made)
  const other = portal.browser()
  const first = await signIn(other, 'adatum', made)
  expect(first.url).toBe('/settings/password')
})

test('a password of one’s own is checked, never shown again, and the rest of the form stays (R142)', async () => {
  await asNorthwind()
  const form = await browser.open('/resellers/new')
  const weak = await browser.submit(form, newForm, { ...adatum, password: 'adatum2026' })
  expect(weak.status).toBe(422)
  expect(weak.text).toContain('There is a problem')
  expect(weak.dom.querySelector('#password-error')?.text).toContain('made of your login')
  expect(weak.html).not.toContain('adatum2026')
  expect(typedIn(weak, 'login')).toBe('adatum')
  expect(weak.dom.querySelector('[name="products"][checked]')?.getAttribute('value')).toBe('remote-access')
  const good = await browser.submit(weak, newForm, { password: 'four words of a sentence' })
  expect(good.url).toMatch(/credits\/new$/)
  expect(good.text).not.toContain('shown only now')
})

test.each([
  [{ login: 'Tailspin' }, 409, 'login', 'Somebody has this login already'],
  [{ email: 'SALES@tailspin.example' }, 409, 'email', 'A login with this e-mail exists already'],
  [{ login: 'x' }, 422, 'login', 'Write a login of 2 to 64'],
  [{ email: 'nonsense' }, 422, 'email', 'Write an e-mail address'],
  [{ products: null }, 422, 'products', 'Choose at least one product'],
  [{ products: 'live-patching' }, 409, 'products', 'not among those you can give'],
  [{ name: 'x'.repeat(121) }, 422, 'name', 'at most 120 characters'],
] as const)('%o is refused at its field, and nothing is made', async (wrong, status, name, words) => {
  await asNorthwind()
  const before = await portal.db.rows('select count(*) as n from accounts')
  const page = await browser.submit(await browser.open('/resellers/new'), newForm, { ...adatum, ...wrong })
  expect(page.status).toBe(status)
  expect(page.dom.querySelector(`#${name}-error`)?.text).toContain(words)
  expect(page.dom.querySelector('title')?.text).toMatch(/^Error: /)
  expect(await portal.db.rows('select count(*) as n from accounts')).toEqual(before)
})

test('the same form sent twice makes one account', async () => {
  await asNorthwind()
  const form = await browser.open('/resellers/new')
  const [one, two] = [await browser.submit(form, newForm, adatum), await browser.submit(form, newForm, adatum)]
  expect(two.url).toBe(one.url)
  expect(await portal.db.rows("select count(*) as n from logins where login = 'adatum'")).toEqual([{ n: 1 }])
})

test('giving shows what is available, before and after, and refuses more with the figures (R110 R150 R151 R152 R155)', async () => {
  await asNorthwind()
  const list = await browser.open('/resellers')
  const row = rowsOf(list)[2]
  const page = await browser.open(row?.querySelector('a[href$="/credits/new"]')?.getAttribute('href') ?? '')
  const offer = 'remote-access/enterprise/unlimited'
  const [mine, theirs] = [await balanceOf(northwind.accountId, offer), await balanceOf(tailspin.accountId, offer)]
  expect(page.dom.querySelector(`option[value="${offer}"]`)?.text).toContain(`${mine} available`)
  const shown = await browser.submit(page, 'main form', { offer, quantity: '2', preview: 'yes' })
  expect(shown.dom.querySelector('#cost')?.text).toContain(`${mine} now, ${mine - 2} after`)
  expect(shown.dom.querySelector('#cost')?.text).toContain(`${theirs} now, ${theirs + 2} after`)
  const live = await browser.open(`${page.url}?offer=${offer}&quantity=${mine + 1}`, {
    ...{ 'hx-request': 'true', 'hx-request-type': 'partial' },
  })
  expect(live.text).toContain(`Not enough: you have ${mine} credits`)
  const refused = await browser.submit(page, 'main form', { offer, quantity: String(mine + 1) })
  expect(refused.status).toBe(409)
  expect(refused.dom.querySelector('#quantity-error')?.text).toContain(`${mine} are there`)
  expect(typedIn(refused, 'quantity')).toBe(String(mine + 1))
  expect(await balanceOf(northwind.accountId, offer)).toBe(mine)
})

test.each(['0', '-1', '1.5', '1e3', 'three', '', ' ', '1000001', '1000000000'])(
  'a quantity of "%s" is refused at its field, given or taken back',
  async (quantity) => {
    await asNorthwind()
    const before = await portal.db.rows('select count(*) as n from credit_entries')
    const give = await browser.open(`/resellers/${tailspin.accountId}/credits/new`)
    const refused = await browser.submit(give, 'main form', { quantity })
    expect([refused.status, refused.dom.querySelector('#quantity-error')?.text]).toEqual([
      422,
      'Error: Write a whole number from 1 to 1,000,000',
    ])
    const page = await browser.open(`/resellers/${tailspin.accountId}`)
    const back = await browser.submit(page, 'form[action$="/credit-returns"]', { quantity })
    expect([back.status, back.dom.querySelector('#quantity-error')?.text]).toEqual([
      422,
      'Error: Write a whole number from 1 to 1,000,000',
    ])
    expect(await portal.db.rows('select count(*) as n from credit_entries')).toEqual(before)
  },
)

test('an offer withdrawn, or a product taken away, while the form is open is said at the field', async () => {
  await asNorthwind()
  const page = await browser.open(`/resellers/${tailspin.accountId}/credits/new`)
  const offer = 'remote-access/pro/10'
  await portal.db.client.execute(`update offers set withdrawn_at = 1 where code = '${offer}'`)
  const gone = await browser.submit(page, 'main form', { offer, quantity: '1' })
  expect([gone.status, gone.dom.querySelector('#offer-error')?.text]).toEqual([
    409,
    'Error: This offer is not sold any more. Choose another one',
  ])
  await portal.db.client.execute(`update account_products set given = 0 where account_id = '${tailspin.accountId}'`)
  const taken = await browser.submit(page, 'main form', { offer: 'remote-access/pro/5', quantity: '1' })
  expect(taken.status).toBe(409)
  expect(taken.text).toContain('You have no credits of the products Tailspin was given')
})

test('unspent credits are taken back on the page of the reseller, and its ledger says so (R155)', async () => {
  await asNorthwind()
  const offer = 'remote-access/essentials/5'
  const [mine, theirs] = [await balanceOf(northwind.accountId, offer), await balanceOf(tailspin.accountId, offer)]
  const page = await browser.open(`/resellers/${tailspin.accountId}`)
  const more = await browser.submit(page, 'form[action$="/credit-returns"]', { offer, quantity: String(theirs + 1) })
  expect([more.status, more.dom.querySelector('details[open]') !== null]).toEqual([409, true])
  const done = await browser.submit(page, 'form[action$="/credit-returns"]', { offer, quantity: String(theirs) })
  expect(done.text).toContain('Credits taken back.')
  expect(done.text).toContain('Taken back by Northwind')
  expect([await balanceOf(northwind.accountId, offer), await balanceOf(tailspin.accountId, offer)]).toEqual([
    mine + theirs,
    0,
  ])
})

test('a profile is edited; a second editor is told and keeps what was typed (R156)', async () => {
  await asNorthwind()
  const page = await browser.open(`/resellers/${tailspin.accountId}`)
  const form = `form[action="/resellers/${tailspin.accountId}"]`
  const saved = await browser.submit(page, form, { name: 'Tailspin Toys' })
  expect(saved.text).toContain('Profile saved.')
  expect(saved.dom.querySelector('h1')?.text).toBe('Tailspin Toys')
  const stale = await browser.submit(page, form, { name: 'Tailspin Games', request: 'req_another-form-000000' })
  expect(stale.status).toBe(412)
  expect(stale.text).toContain('Somebody changed this profile while you wrote')
  expect(typedIn(stale, 'name')).toBe('Tailspin Games')
  const replaced = await browser.submit(stale, form)
  expect(replaced.dom.querySelector('h1')?.text).toBe('Tailspin Games')
  const wrong = await browser.submit(replaced, form, { email: wingtip.email })
  expect([wrong.status, wrong.dom.querySelector('#email-error')?.text]).toEqual([
    409,
    'Error: A login with this e-mail exists already. Use another one',
  ])
})

test('a link that was mailed to an address opens nothing once the e-mail is another (R146 R156)', async () => {
  await asNorthwind()
  const give = await browser.submit(await browser.open('/resellers/new'), newForm, adatum)
  await portal.deps.settled()
  const [, link] = /https:\/\/portal\.acme\.example(\/links\/\S+)/.exec(portal.deps.letters.at(-1)?.text ?? '') ?? []
  expect((await portal.browser().open(link as string)).status).toBe(200)
  const id = give.url.split('/')[2]
  const page = await browser.open(`/resellers/${id}`)
  await browser.submit(page, `form[action="/resellers/${id}"]`, { email: 'new@adatum.example' })
  expect((await portal.browser().open(link as string)).status).toBe(400)
  const mailed = await browser.submit(await browser.open(`/resellers/${id}`), 'form[action$="/password-links"]')
  expect(mailed.status).toBe(200)
  await portal.deps.settled()
  expect(portal.deps.letters.at(-1)?.to).toBe('new@adatum.example')
})

const quarter = 16 * 60_000
const proofForm = `form[action="/resellers/${tailspin.accountId}"]`
const emailOfTailspin = async () =>
  (await portal.db.rows('select email from logins where id = ?', tailspin.loginId))[0]?.email

test('a login that is in use moves to another e-mail on a fresh proof alone; the name needs none (R156)', async () => {
  await asNorthwind()
  portal.deps.clock.forward(quarter)
  const page = await browser.open(`/resellers/${tailspin.accountId}`)
  const renamed = await browser.submit(page, proofForm, { name: 'Tailspin Toys' })
  expect(renamed.text).toContain('Profile saved.')
  await portal.db.client.execute('update logins set last_sign_in_at = 1 where id = ?', [tailspin.loginId])
  const asked = await browser.submit(renamed, proofForm, { email: 'evil@example.com' })
  expect([asked.status, asked.text]).toEqual([403, expect.stringContaining('password')])
  expect(await emailOfTailspin()).toBe(tailspin.email)
  const wrong = await browser.submit(asked, proofForm, { again: 'a guess' })
  expect([wrong.status, await emailOfTailspin()]).toEqual([403, tailspin.email])
  const done = await browser.submit(wrong, proofForm, { again: password })
  expect(done.text).toContain('Profile saved.')
  expect(await emailOfTailspin()).toBe('evil@example.com')
})

test('both addresses hear that a login in use was moved, the trail has it, and old links open nothing (R156 R319)', async () => {
  const thomas = portal.browser()
  await signIn(thomas, tailspin.login, password)
  const second = await thomas.submit(await thomas.open('/sign-in'), 'form[action="/sign-in"]', {
    identifier: tailspin.email,
  })
  await thomas.submit(second, 'form[action="/sign-in/links"]')
  await portal.deps.settled()
  const [, link] =
    /https:\/\/portal\.acme\.example(\/links\/\S+)/.exec(portal.deps.letters.at(-1)?.text ?? '') ??
    expect.fail('no link was mailed')
  await asNorthwind()
  const page = await browser.open(`/resellers/${tailspin.accountId}`)
  await browser.submit(page, proofForm, { email: 'new@tailspin.example' })
  await portal.deps.settled()
  const told = portal.deps.letters.filter(({ subject }) => subject === 'Your e-mail was changed')
  expect(told.map(({ to }) => to)).toEqual([tailspin.email, 'new@tailspin.example'])
  expect(told[0]?.text).toContain('Nora West of Northwind changed it')
  expect((await portal.browser().open(link as string)).status).toBe(400)
  const events = await portal.db.rows(
    "select actor_name, before, after from events where action = 'login.email-changed' and subject_id = ?",
    tailspin.loginId,
  )
  expect(events).toEqual([
    {
      ...{ actor_name: 'Nora West', before: JSON.stringify({ email: tailspin.email }) },
      after: JSON.stringify({ email: 'new@tailspin.example' }),
    },
  ])
})

test('a mistyped e-mail of a login that nobody used yet is mended at once, and told to no stranger (R156)', async () => {
  await asNorthwind()
  const give = await browser.submit(await browser.open('/resellers/new'), newForm, adatum)
  portal.deps.clock.forward(quarter)
  const id = give.url.split('/')[2]
  const page = await browser.open(`/resellers/${id}`)
  const done = await browser.submit(page, `form[action="/resellers/${id}"]`, { email: 'right@adatum.example' })
  expect(done.text).toContain('Profile saved.')
  await portal.deps.settled()
  expect(portal.deps.letters.filter(({ subject }) => subject === 'Your e-mail was changed')).toEqual([])
})

test('a product that the reader cannot give stays with whoever has it when a profile is saved (R147)', async () => {
  await portal.db.client.execute(`insert into account_products (account_id, product_code, given, created_at)
    values ('${tailspin.accountId}', 'live-patching', 1, 1)`)
  await asNorthwind()
  const page = await browser.open(`/resellers/${tailspin.accountId}`)
  await browser.submit(page, `form[action="/resellers/${tailspin.accountId}"]`, { name: 'Renamed' })
  const rows = await portal.db.rows(
    "select given from account_products where account_id = ? and product_code = 'live-patching'",
    tailspin.accountId,
  )
  expect(rows).toEqual([{ given: 1 }])
})

test('suspending names who is shut out; all below are refused from the next request; resuming lets them in (R157)', async () => {
  await asNorthwind()
  const wilma = portal.browser()
  const petra = portal.browser()
  await signIn(wilma, wingtip.login, password)
  await signIn(petra, proseware.login, password)
  const page = await browser.open(`/resellers/${wingtip.accountId}`)
  const confirm = await browser.follow(page, 'Suspend wingtip')
  expect(confirm.text).toMatch(/Shut out with it: ?Proseware/)
  expect((await wilma.open('/')).status).toBe(200)
  const done = await browser.submit(confirm, 'main form')
  expect(done.text).toContain('Account suspended')
  expect([(await wilma.open('/')).status, (await petra.open('/')).status]).toEqual([403, 403])
  const list = await browser.open('/resellers')
  expect(list.text).toContain('Suspended with an account above')
  expect(loginsOf(await browser.open('/resellers?only=suspended'))).toEqual(['wingtip'])
  const resumed = await browser.submit(done, 'form[action$="/resumption"]')
  expect(resumed.text).toContain('Account resumed')
  expect([(await wilma.open('/')).status, (await petra.open('/')).status]).toEqual([200, 200])
  const actions = await portal.db.rows(
    "select action from events where account_id = ? and action in ('account.suspended', 'account.resumed') order by n",
    wingtip.accountId,
  )
  expect(actions.map(({ action }) => action)).toEqual(['account.suspended', 'account.resumed'])
})

test('a reseller who lost the password is mailed a link that sets one (R157 R146)', async () => {
  await asNorthwind()
  const page = await browser.open(`/resellers/${tailspin.accountId}`)
  const done = await browser.submit(page, 'form[action$="/password-links"]')
  expect(done.text).toContain('A link that sets the password is on its way')
  await portal.deps.settled()
  const letter = portal.deps.letters.at(-1)
  expect(letter?.to).toBe(tailspin.email)
  const [, path] = /https:\/\/portal\.acme\.example(\/links\/\S+)/.exec(letter?.text ?? '') ?? []
  expect((await portal.browser().open(path as string)).status).toBe(200)
})

test('a reseller of another partner in the URL is not there, whatever is asked of it (R317)', async () => {
  await asNorthwind()
  const before = await portal.db.rows('select suspended_at, version from accounts where id = ?', southridge.accountId)
  for (const id of [lucerne.accountId, southridge.accountId, acme.accountId, northwind.accountId]) {
    for (const path of ['', '/credits/new', '/suspension']) {
      expect([id, path, (await browser.open(`/resellers/${id}${path}`)).status]).toEqual([id, path, 404])
    }
    for (const path of ['', '/credits', '/credit-returns', '/suspension', '/resumption', '/password-links']) {
      const fields = new URLSearchParams({ offer: 'remote-access/pro/10', quantity: '1', name: 'Mine', version: '1' })
      const answer = await browser.request('POST', `/resellers/${id}${path}`, fields)
      expect([id, path, answer.status]).toEqual([id, path, 404])
    }
  }
  expect(await portal.db.rows('select suspended_at, version from accounts where id = ?', southridge.accountId)).toEqual(
    before,
  )
  await portal.deps.settled()
  expect(portal.deps.letters.filter(({ to }) => to !== northwind.email)).toEqual([])
})
