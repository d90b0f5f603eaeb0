import { beforeEach, expect, test } from 'vitest'
import { acme, lucerne, northwind, proseware, southridge, tailspin, wingtip } from '#dev/world/people.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

const key = northwind.apiKey
const path = '/api/v1/resellers'
const adatum = { login: 'adatum', email: 'sales@adatum.example', name: 'Adatum', products: ['remote-access'] }
const pro10 = 'remote-access/pro/10'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const call = (method: string, url: string, options: Parameters<typeof callChecked>[3] = {}) =>
  callChecked(portal, method, url, { key, ...options })
const balanceOf = async (account: string, offer = pro10) =>
  (
    await portal.db.rows('select credits from credit_balances where account_id = ? and offer_code = ?', account, offer)
  )[0]?.credits ?? 0
const give = (account: string, body: unknown, headers = {}) =>
  call('POST', `${path}/${account}/credits`, { body, headers })

test('R136 R140 R141 R145 R147 R148 a reseller is made with login, e-mail and products', async () => {
  const { status, body, headers } = await call('POST', path, { body: adatum })
  expect(status).toBe(201)
  expect(body).toMatchObject({ ...adatum, kind: 'reseller', parent: null, state: 'active', credits: 0, licenses: 0 })
  expect((await call('GET', headers.get('location') as string)).body).toEqual(body)
  const [row] = await portal.db.rows('select parent_id, kind from accounts where id = ?', body.id)
  expect(row).toEqual({ parent_id: northwind.accountId, kind: 'reseller' })
  const logins = await portal.db.rows('select role, is_master, password_hash from logins where account_id = ?', body.id)
  expect(logins).toEqual([{ role: 'full', is_master: 1, password_hash: null }])
  const events = await portal.db.rows('select action from events where account_id = ? order by id', body.id)
  expect(events.map(({ action }) => action)).toEqual(['account.created', 'login.created'])
})

test('R146 the letter holds login, address and a link, and never a password', async () => {
  await call('POST', path, { body: adatum })
  await portal.deps.settled()
  const [letter] = portal.deps.letters
  expect(letter?.to).toBe('sales@adatum.example')
  expect(letter?.text).toContain('adatum')
  expect(letter?.text).toContain('https://portal.acme.example/')
  expect(letter?.text).toMatch(/https:\/\/portal\.acme\.example\/links\/lnk_/)
  const [link] = await portal.db.rows('select purpose, expires_at - created_at as lives from links')
  expect(link).toEqual({ purpose: 'set-password', lives: 7 * 86_400_000 })
})

test('what the vendor makes is a partner, with any product; a seller gives only what it was given (R147)', async () => {
  const made = await call('POST', path, { key: acme.apiKey, body: { ...adatum, products: ['live-patching'] } })
  expect([made.status, made.body.kind]).toEqual([201, 'partner'])
  const refused = await call('POST', path, { body: { ...adatum, login: 'other', products: ['live-patching'] } })
  expect([refused.status, refused.body.code]).toEqual([409, 'product-not-given'])
})

test.each([
  ['a login', { ...adatum, login: 'TAILSPIN' }, 'login-taken'],
  ['an e-mail', { ...adatum, email: 'Sales@Tailspin.example' }, 'email-taken'],
])('R141 %s that somebody has is refused, and nothing is left behind', async (_, body, code) => {
  const before = await portal.db.rows('select count(*) as n from accounts')
  const answer = await call('POST', path, { body })
  expect([answer.status, answer.body.code]).toEqual([409, code])
  expect(await portal.db.rows('select count(*) as n from accounts')).toEqual(before)
  expect(await portal.db.rows("select count(*) as n from outbox where template = 'reseller'")).toEqual([{ n: 0 }])
})

test('bad fields are named one by one, each with what to write', async () => {
  const { status, body } = await call('POST', path, { body: { login: 'a b', email: 'x', name: '', products: [] } })
  expect(status).toBe(422)
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/login', '/email', '/products'])
})

test('the same key makes one reseller and one letter; another body under it is refused', async () => {
  const headers = { 'idempotency-key': 'make-adatum' }
  const answers = await Promise.all(Array.from({ length: 5 }, () => call('POST', path, { body: adatum, headers })))
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
  await portal.deps.settled()
  expect(portal.deps.letters).toHaveLength(1)
  const other = await call('POST', path, { body: { ...adatum, login: 'other' }, headers })
  expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused'])
})

test('R154 R317 the list holds the whole subtree, with whoever made each, and is narrowed and searched', async () => {
  const logins = async (query = '') =>
    (await call('GET', path + query)).body.data.map((one: { login: string }) => one.login)
  expect(await logins()).toEqual(['litware', 'proseware', 'tailspin', 'wingtip'])
  expect(await logins('?sort=-login')).toEqual(['wingtip', 'tailspin', 'proseware', 'litware'])
  expect(await logins('?only=direct')).toEqual(['litware', 'tailspin', 'wingtip'])
  expect(await logins('?q=IT%40PROSE')).toEqual(['proseware'])
  expect(await logins('?q=Wing')).toEqual(['wingtip'])
  expect(await logins('?q=%25')).toEqual([])
  const { body } = await call('GET', `${path}/${proseware.accountId}`)
  expect(body).toMatchObject({ parent: wingtip.name, kind: 'reseller', state: 'active' })
  const paged = await pageThrough(portal, `${path}?limit=1`, key)
  expect([paged.pages, paged.rows.length]).toEqual([4, 4])
  const csv = (await call('GET', `${path}?format=csv`)).body
  expect(csv.split('\r\n')[0]).toContain('id,login,name,email,kind,parent,products,state,credits,licenses')
})

test('the vendor lists partners and all below them, without a customer among them (R317)', async () => {
  const { body } = await call('GET', path, { key: acme.apiKey })
  const kinds = body.data.map((one: { kind: string; login: string }) => `${one.kind} ${one.login}`)
  expect(kinds).toContain('partner northwind')
  expect(kinds).toContain(`reseller ${lucerne.login}`)
  expect(kinds.some((kind: string) => kind.includes('customer'))).toBe(false)
  const [one] = body.data.filter((reseller: { login: string }) => reseller.login === 'lucerne')
  expect(one.state).toBe('suspended')
})

test('R150 R151 R152 giving moves credits from giver to receiver in one write, and never more than there are', async () => {
  const [mine, theirs] = [await balanceOf(northwind.accountId), await balanceOf(tailspin.accountId)]
  const { status, body } = await give(tailspin.accountId, { offer: pro10, quantity: 2 })
  expect([status, body]).toEqual([201, { balance: Number(theirs) + 2 }])
  expect(await balanceOf(northwind.accountId)).toBe(Number(mine) - 2)
  const lines = await portal.db.rows(
    'select account_id, amount, reason, other_account_id, balance_after from credit_entries order by rowid desc limit 2',
  )
  expect(lines).toEqual([
    {
      ...{ account_id: tailspin.accountId, amount: 2, reason: 'received' },
      ...{ other_account_id: northwind.accountId, balance_after: Number(theirs) + 2 },
    },
    {
      ...{ account_id: northwind.accountId, amount: -2, reason: 'given' },
      ...{ other_account_id: tailspin.accountId, balance_after: Number(mine) - 2 },
    },
  ])
  const more = await give(tailspin.accountId, { offer: pro10, quantity: 1000 })
  expect(more.status).toBe(409)
  expect(more.body).toMatchObject({
    ...{ code: 'insufficient-credits', offer: pro10, needed: 1000, available: Number(mine) - 2 },
  })
  expect(await balanceOf(northwind.accountId)).toBe(Number(mine) - 2)
})

test('the vendor grants without a balance of its own, and what it takes back is gone (Decision 4)', async () => {
  const before = Number(await balanceOf(northwind.accountId))
  const options = { key: acme.apiKey, body: { offer: pro10, quantity: 500 } }
  expect((await call('POST', `${path}/${northwind.accountId}/credits`, options)).body).toEqual({
    balance: before + 500,
  })
  const back = await call('POST', `${path}/${northwind.accountId}/credit-returns`, options)
  expect(back.body).toEqual({ balance: before })
  expect(await portal.db.rows('select * from credit_balances where account_id = ?', acme.accountId)).toEqual([])
})

test('unspent credits come back to whoever takes them, and spent ones do not (R155)', async () => {
  const [mine, theirs] = [Number(await balanceOf(northwind.accountId)), Number(await balanceOf(tailspin.accountId))]
  const take = (quantity: number) =>
    call('POST', `${path}/${tailspin.accountId}/credit-returns`, { body: { offer: pro10, quantity } })
  const more = await take(theirs + 1)
  expect([more.status, more.body.available]).toEqual([409, theirs])
  expect((await take(theirs)).body).toEqual({ balance: 0 })
  expect(await balanceOf(northwind.accountId)).toBe(mine + theirs)
})

test.each([0, -1, 1.5, 1e9, '3', 'three', null, true])(
  'a quantity of %s is refused with a sentence',
  async (quantity) => {
    const { status, body } = await give(tailspin.accountId, { offer: pro10, quantity })
    expect(status).toBe(422)
    expect(body.errors[0]).toMatchObject({ pointer: '/quantity', detail: 'Write a whole number from 1 to 1,000,000' })
  },
)

test('an offer that is withdrawn, unknown, or of a product the receiver was not given is not given', async () => {
  const code = async (offer: string) => (await give(tailspin.accountId, { offer, quantity: 1 })).body.code
  expect(await code('remote-support/standard/channel')).toBe('product-not-given')
  expect(await code('nothing/at/all')).toBe('offer-withdrawn')
  await portal.db.client.execute(`update offers set withdrawn_at = 1 where code = '${pro10}'`)
  expect(await code(pro10)).toBe('offer-withdrawn')
})

test('only accounts strictly below are there: not oneself, not above, not beside (R317)', async () => {
  const outside = [northwind.accountId, acme.accountId, southridge.accountId, lucerne.accountId, 'acc_nothing']
  for (const id of outside) {
    expect((await give(id, { offer: pro10, quantity: 1 })).status).toBe(404)
    expect((await call('POST', `${path}/${id}/credit-returns`, { body: { offer: pro10, quantity: 1 } })).status).toBe(
      404,
    )
    expect((await call('POST', `${path}/${id}/suspensions`, { body: {} })).status).toBe(404)
    expect((await call('POST', `${path}/${id}/resumptions`)).status).toBe(404)
    expect((await call('GET', `${path}/${id}`)).status).toBe(404)
    const edit = { body: { name: 'Mine now' }, headers: { 'if-match': '*' } }
    expect((await call('PATCH', `${path}/${id}`, edit)).status).toBe(404)
  }
  const entries = (await call('GET', `/api/v1/credit-entries?account=${southridge.accountId}`)).body.data
  expect(entries).toEqual([])
  expect((await call('GET', `/api/v1/credits?account=${southridge.accountId}`)).body.data).toEqual([])
})

test('R156 R157 a profile is edited once: a stale version is refused, an e-mail somebody has too', async () => {
  const url = `${path}/${tailspin.accountId}`
  const { headers } = await call('GET', url)
  const etag = headers.get('etag') ?? ''
  const edit = (body: unknown, tag = etag) => call('PATCH', url, { body, headers: { 'if-match': tag } })
  const products = ['remote-support', 'remote-access']
  const done = await edit({ name: 'Tailspin Toys', email: 'toys@tailspin.example', products })
  expect(done.body).toMatchObject({ name: 'Tailspin Toys', products: products.toSorted() })
  const logins = await portal.db.rows('select email, email_key from logins where id = ?', tailspin.loginId)
  expect(logins).toEqual([{ email: 'toys@tailspin.example', email_key: 'toys@tailspin.example' }])
  expect((await edit({ name: 'Late' })).body.code).toBe('version-mismatch')
  expect((await call('PATCH', url, { body: { name: 'x' } })).status).toBe(428)
  expect((await edit({ email: wingtip.email }, '*')).body.code).toBe('email-taken')
  expect((await edit({ products: ['live-patching'] }, '*')).body.code).toBe('product-not-given')
  const [event] = await portal.db.rows("select before, after from events where action = 'account.edited'")
  expect(JSON.parse(String(event?.after))).toEqual({
    ...{ name: 'Tailspin Toys', email: 'toys@tailspin.example', products: products.toSorted() },
  })
})

test('a product that is taken away is taken from all below too', async () => {
  const edit = { body: { products: ['remote-access'] }, headers: { 'if-match': '*' } }
  await call('PATCH', `${path}/${wingtip.accountId}`, edit)
  expect((await call('GET', `${path}/${proseware.accountId}`)).body.products).toEqual(['remote-access'])
})

test('R110 R109 credits say product, edition, size and balance of each offer; the ledger says why', async () => {
  const { body } = await call('GET', '/api/v1/credits')
  expect(body.data).toHaveLength(34)
  expect(body.data.find(({ offer }: { offer: string }) => offer === pro10)).toEqual({
    ...{ offer: pro10, product: 'remote-access', edition: 'pro', size: 10 },
    balance: await balanceOf(northwind.accountId),
  })
  const below = await call('GET', `/api/v1/credits?account=${tailspin.accountId}`)
  expect(below.body.data).toHaveLength(5)
  const given = (await call('GET', `/api/v1/credit-entries?reason=given&offer=${pro10}`)).body.data
  expect(given).toMatchObject([{ amount: -5, otherAccount: { name: 'Tailspin' }, actor: 'Nora West', license: null }])
  const paged = await pageThrough(portal, '/api/v1/credit-entries?limit=20', key)
  const [count] = await portal.db.rows(
    'select count(*) as n from credit_entries where account_id = ?',
    northwind.accountId,
  )
  expect(paged.rows.length).toBe(count?.n)
})

test('a suspended account and all below it are refused by key from the next request, and let in again', async () => {
  const turn = (noun: string) => call('POST', `${path}/${northwind.accountId}/${noun}`, { key: acme.apiKey, body: {} })
  expect((await turn('suspensions')).body.state).toBe('suspended')
  const refused = await call('GET', path)
  expect([refused.status, refused.body.code]).toEqual([403, 'account-suspended'])
  expect((await call('GET', `${path}/${tailspin.accountId}`, { key: acme.apiKey })).body.state).toBe('suspended-above')
  expect((await turn('resumptions')).body.state).toBe('active')
  expect((await call('GET', path)).status).toBe(200)
})
