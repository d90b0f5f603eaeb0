import { beforeAll, describe, expect, test } from 'vitest'
import { demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { everythingIn } from '../support/doors.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'
import { submitTogether } from '../support/race.ts'

let portal: Portal
let master: Browser

beforeAll(async () => {
  portal = await openPortal()
  master = portal.browser()
  await signIn(master, northwind.login, demoPassword)
})

const fields = { name: 'Inventory', access: 'read', as: 'servers', lifetime: '30', ranges: '' }
const keyIn = (page: Page) => /ptk_[0-9a-z]{32}/.exec(page.html)?.[0] ?? ''
const make = async (more: Partial<typeof fields> = {}): Promise<Page> =>
  proved(await master.submit(await master.open('/settings/api-keys/new'), 'form.form', { ...fields, ...more }))
/** Gives the password again where it is asked for. */
const proved = async (page: Page): Promise<Page> =>
  page.dom.querySelector('[name=again]') ? master.submit(page, 'form', { again: demoPassword }) : page
const statusOf = async (key: string, path = '/api/v1/licenses', method = 'GET', from = '127.0.0.1') =>
  (
    await portal.call(method, path, {
      key,
      headers: { 'cf-connecting-ip': from },
      ...(method === 'POST' ? { body: {} } : {}),
    })
  ).status
const idOf = async (name: string) =>
  String((await portal.db.rows('select id from api_keys where name = ? order by id desc', name))[0]?.id)
/** Puts things back to where there is room for keys. */
const endAll = () => portal.db.client.execute("update api_keys set revoked_at = 1 where id not like 'apk_00%'")

describe('the master login', () => {
  test('makes a key that is shown once, acts in its role, and is kept nowhere (R251 R274 I7)', async () => {
    const page = await make()
    const key = keyIn(page)
    expect([page.status, key]).toEqual([201, expect.stringMatching(/^ptk_[0-9a-hjkmnp-tv-z]{32}$/)])
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(await statusOf(key)).toBe(200)
    expect(await statusOf(key, '/api/v1/orders')).toBe(403)
    expect(await statusOf(key, '/api/v1/activation-keys', 'POST')).toBe(403)
    await portal.deps.settled()
    const list = await master.open('/settings/api-keys')
    expect(list.text).toContain('Inventory')
    expect(list.html).not.toContain(key)
    expect(await everythingIn(portal.db)).not.toContain(key.slice(8))
    expect(JSON.stringify(portal.deps.logs)).not.toContain(key)
  })

  test('is told by letter, which holds the name and not the key; the trail has the rights of it (R319)', async () => {
    const key = keyIn(await make({ name: 'Told of' }))
    await portal.deps.settled()
    const letter = portal.deps.letters.at(-1)
    expect([letter?.to, letter?.subject]).toEqual([northwind.email, 'API key created: Told of'])
    expect(letter?.text).not.toContain(key.slice(8))
    const trail = await master.open('/events?action=api-key.created')
    expect(trail.text).toContain('Told of')
    expect(trail.text).toContain('role: Server Management Only')
  })

  test('reads at each field what is wrong with it, and what was typed stays', async () => {
    const page = await make({ name: ' ', as: 'nobody', ranges: '192.0.2.0/24\nnot-an-address' })
    expect(page.status).toBe(422)
    expect(page.text).toContain('Write a name of at most 60 characters')
    expect(page.text).toContain('Choose whom it acts as')
    expect(page.text).toContain('not-an-address is neither an address nor a range')
    expect(page.dom.querySelector('#ranges')?.textContent).toContain('192.0.2.0/24')
    expect(page.dom.querySelector('#name')?.getAttribute('aria-invalid')).toBe('true')
  })

  test('of a form sent twice gets one key, and is told that it was shown (M6)', async () => {
    const form = await master.open('/settings/api-keys/new')
    const first = await master.submit(form, 'form.form', { ...fields, name: 'Twice' })
    const second = await master.submit(form, 'form.form', { ...fields, name: 'Twice' })
    expect([first.status, second.status]).toEqual([201, 200])
    expect(keyIn(second)).toBe('')
    expect(second.text).toContain('This key was made already')
    expect(await portal.db.rows("select count(*) as n from api_keys where name = 'Twice'")).toEqual([{ n: 1 }])
  })
})

test('a quarter of an hour after the last proof the password is asked for again, and the key is made then (A10)', async () => {
  portal.deps.clock.forward(15 * 60_000 + 1)
  const form = await master.open('/settings/api-keys/new')
  const asked = await master.submit(form, 'form.form', { ...fields, name: 'Proved' })
  expect([asked.status, keyIn(asked)]).toEqual([403, ''])
  const wrong = await master.submit(asked, 'form', { again: 'not it' })
  expect([wrong.status, keyIn(wrong)]).toEqual([403, ''])
  const made = await master.submit(wrong, 'form', { again: demoPassword })
  expect([made.status, keyIn(made)]).toEqual([201, expect.stringMatching(/^ptk_/)])
  expect(await portal.db.rows("select count(*) as n from api_keys where name = 'Proved'")).toEqual([{ n: 1 }])
})

describe('a key', () => {
  test('bound to addresses works from there alone, IPv4 and IPv6, and says so elsewhere (R251)', async () => {
    const key = keyIn(await make({ name: 'Bound', ranges: '192.0.2.0/24, 2001:db8:7::/48\n198.51.100.9' }))
    for (const from of ['192.0.2.77', '2001:db8:7:1::5', '198.51.100.9', '::ffff:192.0.2.1']) {
      expect([from, await statusOf(key, undefined, 'GET', from)]).toEqual([from, 200])
    }
    for (const from of ['192.0.3.1', '2001:db8:8::1', '198.51.100.10', '127.0.0.1']) {
      const answer = await portal.call('GET', '/api/v1/licenses', { key, headers: { 'cf-connecting-ip': from } })
      expect([from, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        from,
        403,
        'address-not-allowed',
      ])
    }
  })

  test('that was rotated works on for the overlap, then ends; the new one has the same rights (R251)', async () => {
    await endAll()
    const old = keyIn(await make({ name: 'Rotated', access: 'write', as: 'servers-licenses', ranges: '127.0.0.0/8' }))
    const page = await master.open(`/settings/api-keys/${await idOf('Rotated')}`)
    const made = await master.submit(page, 'form[action$="/rotations"]', { overlap: '1' })
    const fresh = keyIn(made)
    expect(fresh).not.toBe(old)
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200])
    const rows = await portal.db.rows(
      "select access, role, allowed_ranges, expires_at - created_at as life from api_keys where name = 'Rotated' order by id desc",
    )
    expect(rows[0]).toMatchObject({
      access: 'write',
      role: 'servers-licenses',
      allowed_ranges: '["127.0.0.0/8"]',
      life: 30 * 86_400_000,
    })
    portal.deps.clock.forward(3_600_001)
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([401, 200])
  })

  test('rotated without overlap, or revoked, is refused from the next call on; once (A7)', async () => {
    const first = keyIn(await make({ name: 'Ends' }))
    const firstId = await idOf('Ends')
    const second = keyIn(
      await proved(
        await master.submit(await master.open(`/settings/api-keys/${firstId}`), 'form[action$="/rotations"]', {
          overlap: '0',
        }),
      ),
    )
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200])
    const page = await master.open(`/settings/api-keys/${await idOf('Ends')}`)
    const after = await master.submit(page, 'form[action$="/revocations"]')
    expect(after.text).toContain('API key revoked')
    expect(await statusOf(second)).toBe(401)
    expect((await master.open('/events?action=api-key.revoked')).dom.querySelectorAll('#list tbody tr')).toHaveLength(1)
    await master.submit(page, 'form[action$="/revocations"]')
    expect((await master.open('/events?action=api-key.revoked')).dom.querySelectorAll('#list tbody tr')).toHaveLength(1)
    const again = await proved(await master.submit(page, 'form[action$="/rotations"]'))
    expect([again.status, again.text.includes('This key works no more')]).toEqual([409, true])
  })

  test('has its last use noted, at most hourly and after the answer (I7)', async () => {
    const key = keyIn(await make({ name: 'Used' }))
    const used = async () =>
      (await portal.db.rows("select last_used_at as at from api_keys where name = 'Used'"))[0]?.at
    expect(await used()).toBe(null)
    await statusOf(key)
    await portal.deps.settled()
    const first = await used()
    expect(first).toBe(portal.deps.now().getTime())
    portal.deps.clock.forward(3_000_000)
    await statusOf(key)
    await portal.deps.settled()
    expect(await used()).toBe(first)
  })
})

test('an account has at most twenty keys that work, however many are made at once (R324)', async () => {
  await make({ name: 'Proves again' })
  await endAll()
  const [before] = await portal.db.rows(
    'select count(*) as n from api_keys where account_id = ? and revoked_at is null and coalesce(expires_at, 9e15) > ?',
    ...[northwind.accountId, portal.deps.now().getTime()],
  )
  const forms = Array.from({ length: 40 }, (_, i) => ({
    ...{ cookies: master.cookies, path: '/settings/api-keys' },
    fields: { ...fields, name: `Race ${i}`, request: `req_race-${i}-000000` },
  }))
  const answers = await submitTogether(portal, forms)
  const room = 20 - Number(before?.n)
  expect(answers.filter((status) => status === 201)).toHaveLength(room)
  expect(answers.filter((status) => status === 409)).toHaveLength(40 - room)
})

test('nobody but the master login sees or makes keys, and nobody those of another account (Decision 11 T5)', async () => {
  const other = portal.browser()
  await signIn(other, fabrikam.logins.full.email, demoPassword)
  expect((await other.open('/settings/api-keys')).text).not.toContain('Race')
  expect((await other.open('/settings/api-keys/apk_00-northwind')).status).toBe(404)
  const billing = portal.browser()
  await signIn(billing, fabrikam.logins.billing.email, demoPassword)
  const home = await billing.open('/')
  expect(home.dom.querySelector('nav a[href="/settings/api-keys"]')).toBe(null)
  expect((await billing.open('/settings/api-keys/new')).status).toBe(403)
})
