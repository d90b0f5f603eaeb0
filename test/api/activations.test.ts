import { beforeEach, describe, expect, test } from 'vitest'
import { acme, ada, fabrikam, northwind } from '#dev/world/people.ts'
import { openPortal, type Portal } from '../support/portal.ts'
import { activate, adasSoftware, checkIn, release, serverSoftware } from '../support/software.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const sql = (statement: string, ...args: unknown[]) => portal.db.client.execute({ sql: statement, args: args as never })
const modes = () => portal.db.trips.map(({ mode }) => mode)

describe('a product that is activated', () => {
  test('gets a token, the best free license of the key and when to check in (R50 R51 R276)', async () => {
    const { status, body } = await activate(portal, { ...adasSoftware, versions: { 'advanced-security': '7.2' } })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      computer: { name: 'READING-2', fingerprint: adasSoftware.fingerprint },
      licenses: [{ id: ada.licenses.spare, edition: 'essentials', status: 'active', support: { status: 'valid' } }],
      nextCheckInAt: '2026-08-22T09:30:00.000Z',
      notice: null,
    })
    const [row] = await portal.db.rows(
      'select computer_name, first_activated_at from licenses where id = ?',
      ada.licenses.spare,
    )
    expect(row).toEqual({ computer_name: 'READING-2', first_activated_at: portal.deps.clock.at.getTime() })
    const [kept] = await portal.db.rows('select token_hash, installed from activations where id = ?', body.id)
    expect(kept?.installed).toBe('[{"code":"advanced-security","version":"7.2"}]')
    expect(kept?.token_hash).not.toContain(body.token)
    const [event] = await portal.db.rows("select * from events where action = 'computer.activated' order by n desc")
    expect(event).toMatchObject({ actor_kind: 'computer', subject_id: body.computer.id, subject_name: 'READING-2' })
  })

  test('may be the main product or an add-on of it: one key holds both (R51 R56)', async () => {
    const installed = { fingerprint: 'fingerprint-of-both', hostname: 'BOTH-1' }
    const addOn = await activate(portal, { ...adasSoftware, ...installed })
    expect([addOn.status, addOn.body.licenses[0].product]).toEqual([201, 'advanced-security'])
    await release(portal, 'act_00-ada-front-01-remote-access', acme.apiKey)
    const main = await activate(portal, { ...adasSoftware, ...installed, product: 'remote-access' })
    expect([main.status, main.body.licenses[0].product]).toEqual([201, 'remote-access'])
    expect(main.body.computer.id).toBe(addOn.body.computer.id)
  })

  test('gets the same activation and token again, in one read and without a write (B5)', async () => {
    const first = await activate(portal, adasSoftware)
    portal.db.forget()
    const again = await activate(portal, adasSoftware)
    expect([again.status, again.body]).toEqual([200, first.body])
    expect(modes()).toEqual(['read'])
  })

  test('gets another token after it was released, and the old one is worth nothing (Decision 15)', async () => {
    const { body: first } = await activate(portal, adasSoftware)
    expect((await release(portal, first.id, first.token)).status).toBe(204)
    expect((await checkIn(portal, first)).body.code).toBe('activation-released')
    const { status, body } = await activate(portal, adasSoftware)
    expect([status, body.id, body.token === first.token]).toEqual([201, first.id, false])
    expect((await checkIn(portal, first)).body.code).toBe('activation-token-invalid')
    expect((await checkIn(portal, body)).status).toBe(200)
  })

  test('moves with its computer to another key of the account that it is activated with', async () => {
    const { body: first } = await activate(portal, serverSoftware(1))
    const { status, body } = await activate(portal, serverSoftware(1, fabrikam.keys.staging.code))
    expect([status, body.id, body.token]).toEqual([200, first.id, first.token])
    const [row] = await portal.db.rows('select key_id from activations where id = ?', body.id)
    expect(row?.key_id).toBe(fabrikam.keys.staging.id)
    expect(await counters()).toEqual([])
  })

  test('takes a license that runs when its own has ended, of two the one of the higher edition', async () => {
    await sql("update licenses set kind = 'trial', ends_on = '2026-08-25' where id = ?", ada.licenses.spare)
    await sql('delete from licenses where id = ?', ada.licenses.unsupported)
    const { body: first } = await activate(portal, adasSoftware)
    expect(first.licenses[0]).toMatchObject({ id: ada.licenses.spare, kind: 'trial', daysLeft: 5 })
    await sql(
      "update licenses set ends_on = '2026-08-01' where product_code = 'advanced-security' and account_id = ?",
      ada.accountId,
    )
    expect((await activate(portal, adasSoftware)).body).toMatchObject({
      code: 'license-expired',
      endedOn: '2026-08-01',
    })
    await sql('update activations set released_at = 1 where license_id = ?', ada.licenses.frontDesk)
    await sql(
      "update licenses set product_code = 'advanced-security', edition_code = 'ultimate' where id = ?",
      ada.licenses.frontDesk,
    )
    const { body } = await activate(portal, adasSoftware)
    expect([body.id, body.token, body.licenses[0].id]).toEqual([first.id, first.token, ada.licenses.frontDesk])
  })

  test('keeps what it tells anew, and a name that somebody gave it stays', async () => {
    const { body } = await activate(portal, adasSoftware)
    await activate(
      portal,
      { ...adasSoftware, hostname: 'READING-3' },
      { headers: { 'cf-connecting-ip': '2001:db8::7' } },
    )
    const read = () => portal.db.rows('select name, hostname, ip, ip_key from computers where id = ?', body.computer.id)
    expect(await read()).toMatchObject([
      { name: 'READING-3', hostname: 'READING-3', ip: '2001:db8::7', ip_key: expect.stringMatching(/^6/) },
    ])
    await sql("update computers set name = 'By the window' where id = ?", body.computer.id)
    await activate(portal, { ...adasSoftware, hostname: 'READING-4' })
    expect(await read()).toMatchObject([{ name: 'By the window', hostname: 'READING-4' }])
  })
})

/** Counters that are not what they count. */
const counters = () =>
  portal.db.rows(`select k.id from activation_keys k where active_computers <>
      (select count(*) from activations where key_id = k.id and released_at is null)
    union all select account_id from account_products p where active_computers <>
      (select count(*) from activations a where a.account_id = p.account_id and a.product_code = p.product_code and released_at is null)`)

describe('an activation is refused, with a code that says what to do', () => {
  const refusal = async (more: Record<string, unknown> = {}, options = {}) => {
    const { status, body } = await activate(portal, { ...adasSoftware, ...more }, options)
    return [status, body.code]
  }

  test('where the key is unknown, removed, rotated out or at its end (R318)', async () => {
    expect(await refusal({ activationKey: 'NOBO-DYHA-STHI-SKEY' })).toEqual([404, 'activation-key-unknown'])
    await sql(
      "insert into former_codes values ('01D0C0DE0F0ADAS0', 'OLD0-CODE-0F0A-DAS0', ?, 1, ?)",
      ada.activationKeyId,
      portal.deps.clock.at.getTime() + 1000,
    )
    const old = { ...adasSoftware, activationKey: 'old0-code-0f0a-das0' }
    const { status, body } = await activate(portal, old)
    expect([status, body.notice]).toEqual([201, expect.stringContaining('2026-08-21T09:30:01.000Z')])
    portal.deps.clock.forward(2000)
    expect(await refusal(old)).toEqual([410, 'activation-key-rotated'])
    await sql("update activation_keys set expires_on = '2026-08-20' where id = ?", ada.activationKeyId)
    expect(await refusal({ fingerprint: 'another' })).toEqual([403, 'activation-key-expired'])
    expect(await refusal()).toEqual([200, undefined])
    await sql('update activation_keys set is_default = 0, removed_at = 1 where id = ?', ada.activationKeyId)
    expect(await refusal()).toEqual([410, 'activation-key-removed'])
  })

  test('where the account is suspended, or one above it', async () => {
    await sql("update accounts set suspended_at = 1 where kind = 'vendor'")
    expect(await refusal()).toEqual([403, 'account-suspended'])
  })

  test('where the key does not hold the product, whether or not there is one', async () => {
    expect(await refusal({ product: 'live-patching' })).toEqual([409, 'product-not-on-key'])
    expect(await refusal({ product: 'nothing-of-ours' })).toEqual([409, 'product-not-on-key'])
    expect(await refusal({ activationKey: fabrikam.keys.livePatching.code, product: 'extended-support' })).toEqual([
      409,
      'product-not-on-key',
    ])
  })

  test('outside the address ranges of the key, IPv4 and IPv6 (R331)', async () => {
    await sql(
      `update activation_keys set allowed_ranges = '["192.0.2.0/24","2001:db8:1::/48"]' where id = ?`,
      ada.activationKeyId,
    )
    const at = (address: string) => refusal({}, { headers: { 'cf-connecting-ip': address } })
    expect(await at('198.51.100.7')).toEqual([403, 'address-not-allowed'])
    expect(await at('2001:db8:2::1')).toEqual([403, 'address-not-allowed'])
    expect(await at('192.0.2.200')).toEqual([201, undefined])
    expect(await at('2001:db8:1::9')).toEqual([200, undefined])
  })

  test('where the trial was had on this computer, also when its license is gone (Decision 8)', async () => {
    const trial =
      "update licenses set kind = 'trial', ends_on = '2026-09-10' where product_code = 'advanced-security' and account_id = ?"
    await sql(trial, ada.accountId)
    const { body } = await activate(portal, adasSoftware)
    await release(portal, body.id, body.token)
    await sql('update licenses set activation_key_id = null where id in (?, ?)', ada.licenses.lab, body.licenses[0].id)
    expect(await refusal()).toEqual([409, 'trial-used'])
    expect(await refusal({ fingerprint: 'another' })).toEqual([201, undefined])
  })

  test('where the license has ended and the days of grace are over (R306)', async () => {
    await sql(
      "update licenses set kind = 'subscription', ends_on = '2026-08-14' where product_code = 'advanced-security' and account_id = ?",
      ada.accountId,
    )
    const { body } = await activate(portal, adasSoftware)
    expect(body.licenses[0]).toMatchObject({ status: 'grace', endsOn: '2026-08-14', daysLeft: 0 })
    portal.deps.clock.forward(86_400_000)
    expect(await refusal({ fingerprint: 'another' })).toEqual([403, 'license-expired'])
    expect(await refusal()).toEqual([403, 'license-expired'])
  })

  test('with its fields named: a long host name, nothing but control characters, what it does not know', async () => {
    const wrong = async (more: Record<string, unknown>) => {
      const { status, body } = await activate(portal, { ...adasSoftware, ...more })
      return [status, body.errors?.[0]?.pointer]
    }
    expect(await wrong({ hostname: 'x'.repeat(65_536) })).toEqual([422, '/hostname'])
    expect(await wrong({ hostname: '\u0001\u001b\n' })).toEqual([422, '/hostname'])
    expect(await wrong({ fingerprint: ' ' })).toEqual([422, '/fingerprint'])
    expect(await wrong({ fingerprint: 'f'.repeat(257) })).toEqual([422, '/fingerprint'])
    expect(await wrong({ hostName: 'x' })).toEqual([422, '/hostName'])
    expect(await wrong({ versions: { x: 7 } })).toEqual([422, '/versions'])
    expect(await wrong({ replace: 'com_nothing' })).toEqual([422, '/replace'])
    const { body } = await activate(portal, {
      ...adasSoftware,
      hostname: '  READ\u0000ING\u009b\r\n 2 '.replace('\u0000', ''),
    })
    expect(body.computer.name).toBe('READING 2')
  })

  test('where all places are taken, with the computers in use, the one not seen for longest first (R303)', async () => {
    for (const n of [1, 2])
      expect((await activate(portal, serverSoftware(n, fabrikam.keys.staging.code))).status).toBe(201)
    const { status, body } = await activate(portal, serverSoftware(3, fabrikam.keys.staging.code))
    expect([status, body.code, body.limit, body.used, body.computers.length]).toEqual([
      409,
      'server-limit-reached',
      10,
      10,
      10,
    ])
    const seen = body.computers.map((one: { lastCheckInAt: string | null }) => one.lastCheckInAt)
    const told = seen.filter((one: string | null) => one !== null)
    expect(told).toEqual(told.toSorted())
    const replaced = body.computers[0]
    const { body: fresh, status: created } = await activate(portal, {
      ...serverSoftware(3, fabrikam.keys.staging.code),
      replace: replaced.id,
    })
    expect([created, fresh.computer.name]).toEqual([201, 'new-3.fabrikam.example'])
    expect(await portal.db.rows('select removed_at is null as there from computers where id = ?', replaced.id)).toEqual(
      [{ there: 0 }],
    )
    expect(await counters()).toEqual([])
  })

  test('where every license of the key is on a computer; one is replaced in the same act and counts (R303 R305)', async () => {
    const wanted = { ...adasSoftware, product: 'remote-access' }
    const { body } = await activate(portal, wanted)
    expect(body).toMatchObject({ code: 'server-limit-reached', limit: 1, used: 1, computers: [{ name: 'FRONT-01' }] })
    const { status, body: fresh } = await activate(portal, { ...wanted, replace: body.computers[0].id })
    expect([status, fresh.licenses[0].id]).toEqual([201, ada.licenses.frontDesk])
    expect(await portal.db.rows('select counts, computer_name from releases')).toEqual([
      { counts: 1, computer_name: 'FRONT-01' },
    ])
    await sql('update products set releases_per_year = 1')
    const { body: refused } = await activate(portal, { ...wanted, fingerprint: 'third', replace: fresh.computer.id })
    expect(refused).toMatchObject({ code: 'release-budget', used: 1, allowed: 1, nextAt: '2027-08-21T09:30:00.000Z' })
    expect((await checkIn(portal, fresh)).status).toBe(200)
  })
})

describe('a release', () => {
  test('by the software frees the license and counts; by the seller or the vendor it does not (R305)', async () => {
    await sql('update products set releases_per_year = 1, release_cooldown_hours = 24')
    const first = (await activate(portal, adasSoftware)).body
    expect((await release(portal, first.id, first.token)).status).toBe(204)
    expect((await release(portal, first.id, first.token)).status).toBe(204)
    const again = (await activate(portal, adasSoftware)).body
    expect(again.licenses[0].id).toBe(first.licenses[0].id)
    const { status, body } = await release(portal, again.id, again.token)
    expect([status, body.code, body.used, body.allowed]).toEqual([409, 'release-budget', 1, 1])
    expect((await release(portal, again.id, 'ptk_demo_acme')).status).toBe(204)
    expect(await portal.db.rows('select counts from releases order by rowid')).toEqual([{ counts: 1 }, { counts: 0 }])
    const [row] = await portal.db.rows('select computer_id from licenses where id = ?', first.licenses[0].id)
    expect(row?.computer_id).toBeNull()
  })

  test('waits for the pause between two (R305)', async () => {
    await sql('update products set release_cooldown_hours = 24')
    const first = (await activate(portal, adasSoftware)).body
    await release(portal, first.id, first.token)
    const again = (await activate(portal, adasSoftware)).body
    expect((await release(portal, again.id, again.token)).body).toMatchObject({
      code: 'release-cooldown',
      nextAt: '2026-08-22T09:30:00.000Z',
    })
    portal.deps.clock.forward(24 * 3_600_000)
    expect((await release(portal, again.id, again.token)).status).toBe(204)
  })

  test('by a key of another account finds nothing; a server has no budget', async () => {
    await sql('update products set releases_per_year = 0')
    const { body } = await activate(portal, serverSoftware(1))
    expect((await release(portal, body.id, northwind.apiKey)).status).toBe(404)
    expect((await release(portal, body.id, fabrikam.apiKey)).status).toBe(204)
    expect((await release(portal, body.id, fabrikam.apiKey)).status).toBe(204)
    expect(await portal.db.rows('select * from releases')).toEqual([])
    expect(await counters()).toEqual([])
  })

  test('with a token of nobody, or of another activation, is refused', async () => {
    const a = (await activate(portal, adasSoftware)).body
    const b = (await activate(portal, serverSoftware(1))).body
    expect((await release(portal, a.id, b.token)).body.code).toBe('activation-token-invalid')
    expect((await release(portal, a.id, `${a.token.slice(0, -2)}xx`)).body.code).toBe('activation-token-invalid')
  })
})

test('a shell script gets a fact a line, refusals too (R331)', async () => {
  const call = async (body: unknown) => {
    const answer = await portal.call('POST', '/api/v1/activations', { body, headers: { accept: 'text/plain' } })
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    return (await answer.text()).split('\n')
  }
  const good = await call(adasSoftware)
  expect(good[0]).toBe('success:true')
  expect(good).toEqual(expect.arrayContaining([expect.stringMatching(/^token:act_/), 'licenses.0.edition:essentials']))
  const bad = await call({ ...adasSoftware, activationKey: 'x' })
  expect(bad.slice(0, 4)).toEqual([
    'success:false',
    'title:Nobody has this activation key',
    'status:404',
    'code:activation-key-unknown',
  ])
  expect(await call({ ...adasSoftware, hostname: '' })).toEqual(expect.arrayContaining(['errors.0.pointer:/hostname']))
})

test('software is held back by key and by address, each for itself', async () => {
  const seen: string[] = []
  const software = async (key: string) => seen.push(key) > 0 && seen.filter((one) => one === key).length <= 2
  portal = await openPortal({ fences: { api: async () => true, signIn: async () => true, software } })
  const from = (ip: string, body: Record<string, unknown> = adasSoftware) =>
    activate(portal, body, { headers: { 'cf-connecting-ip': ip } })
  for (const ip of ['192.0.2.1', '192.0.2.2']) expect((await from(ip)).status).toBeLessThan(300)
  const { status, headers } = await from('192.0.2.3')
  expect([status, headers.get('retry-after')]).toEqual([429, '60'])
  expect((await from('192.0.2.1', serverSoftware(1))).status).toBe(201)
  expect((await from('192.0.2.1', serverSoftware(1))).status).toBe(429)
  expect(seen.join()).not.toContain('7QXM')
})
