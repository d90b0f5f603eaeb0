import { beforeEach, describe, expect, test } from 'vitest'
import { fabrikam, northwind } from '#dev/world/people.ts'
import { callChecked } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'
import { racing } from '../support/race.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const all = '/api/v1/activation-keys'
const staging = `${all}/${fabrikam.keys.staging.id}`
const { apiKey: key } = fabrikam
const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  callChecked(portal, method, path, { key, headers, ...(body === undefined ? {} : { body }) })
const read = async (sql: string, ...args: string[]) => portal.db.rows(sql, ...args)
const defaults = () =>
  read(
    "select id from activation_keys where account_id = ? and product_code = 'live-patching' and is_default = 1",
    fabrikam.accountId,
  )

describe('a key for servers', () => {
  test('is made with product, limit, last day and addresses; without a name it is named by its product (R194 R331)', async () => {
    const body = {
      product: 'live-patching',
      note: 'By script',
      computerLimit: 4,
      expiresOn: '2027-03-31',
      allowedRanges: ['192.0.2.0/24'],
    }
    const made = await call('POST', all, body)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ ...body, default: false, computers: 0 })
    expect(made.body.name).toBe(`Live Patching ${made.body.code.slice(0, 4)}`)
    const { body: again } = await call('GET', `${all}/${made.body.id}`)
    expect(again).toEqual(made.body)
    const plain = await call('POST', all, { name: 'Anything' })
    expect([plain.status, plain.body.product, plain.body.allowedRanges]).toEqual([201, null, []])
  })

  test('is not made of nonsense, and each field is named', async () => {
    const cases: [Record<string, unknown>, number, string | null][] = [
      [{ name: 'x', product: 'remote-access' }, 409, null],
      [{ name: 'x', product: 'nothing' }, 409, null],
      [{}, 422, 'name'],
      [{ name: 'x', computerLimit: -1 }, 422, 'computerLimit'],
      [{ name: 'x', computerLimit: '5' }, 422, 'computerLimit'],
      [{ name: 'x', expiresOn: '2020-01-01' }, 422, 'expiresOn'],
      [{ name: 'x', expiresOn: 'soon' }, 422, 'expiresOn'],
      [{ name: 'x', allowedRanges: ['192.0.2.1', '10.0.0.0/40'] }, 422, 'allowedRanges/1'],
      [{ name: 'x', default: true }, 422, 'default'],
    ]
    for (const [body, status, pointer] of cases) {
      const answer = await call('POST', all, body)
      const pointers = answer.body.errors?.map((one: { pointer: string }) => one.pointer) ?? []
      expect([body, answer.status, pointers]).toEqual([
        body,
        status,
        pointer ? expect.arrayContaining([`/${pointer}`]) : [],
      ])
      if (!pointer) expect(answer.body.code).toBe('product-not-given')
    }
  })

  test('is changed in any field; null takes a limit away; a default stays until another takes its place (R217)', async () => {
    const match = { 'if-match': '*' }
    const changed = await call(
      'PATCH',
      staging,
      { computerLimit: 2, expiresOn: '2026-12-31', allowedRanges: ['192.0.2.9'] },
      match,
    )
    expect(changed.body).toMatchObject({
      name: 'Staging',
      computers: 8,
      computerLimit: 2,
      expiresOn: '2026-12-31',
      allowedRanges: ['192.0.2.9'],
    })
    const cleared = await call('PATCH', staging, { computerLimit: null, expiresOn: null, allowedRanges: [] }, match)
    expect(cleared.body).toMatchObject({ computerLimit: null, expiresOn: null, allowedRanges: [] })
    const stays = await call('PATCH', `${all}/${fabrikam.keys.livePatching.id}`, { default: false }, match)
    expect([stays.status, stays.body.errors[0].pointer]).toEqual([422, '/default'])
    expect((await call('PATCH', staging, { default: true }, match)).body.default).toBe(true)
    expect(await defaults()).toEqual([{ id: fabrikam.keys.staging.id }])
    expect((await call('DELETE', staging)).body.code).toBe('activation-key-default')
  })

  test('is rotated once for one Idempotency-Key; the answer says until when the old code works (R318)', async () => {
    const once = { 'idempotency-key': 'rotate-1' }
    const [first, again] = [
      await call('POST', `${staging}/rotations`, { graceDays: 1 }, once),
      await call('POST', `${staging}/rotations`, { graceDays: 1 }, once),
    ]
    expect([first.status, again.body]).toEqual([201, first.body])
    expect(first.body.formerCode).toBe(fabrikam.keys.staging.code)
    expect(Date.parse(first.body.validUntil)).toBe(portal.deps.now().getTime() + 86_400_000)
    expect(await read('select 1 from former_codes where key_id = ?', fabrikam.keys.staging.id)).toHaveLength(1)
    const chosen = await call('POST', `${staging}/rotations`, { code: 'OWNC-ODE1-2345-6789' })
    expect(chosen.body.code).toBe('OWNC-ODE1-2345-6789')
    const stale = await call('POST', `${staging}/rotations`, {}, { 'if-match': '"1"' })
    expect([stale.status, stale.body.code]).toEqual([412, 'version-mismatch'])
    const back = await call('POST', `${staging}/rotations`, { code: fabrikam.keys.staging.code })
    expect([back.status, back.body.code]).toEqual([409, 'activation-key-taken'])
  })

  test('many are removed, all or none, and sent twice once (R200)', async () => {
    const path = '/api/v1/activation-key-removals'
    const withDefault = await call('POST', path, {
      activationKeys: ['key_00-fabrikam-hall-2', fabrikam.keys.livePatching.id],
    })
    expect([withDefault.status, withDefault.body.code]).toEqual([409, 'activation-key-default'])
    expect(
      (await call('POST', path, { activationKeys: ['key_00-fabrikam-hall-2', northwind.freshKeyId] })).status,
    ).toBe(404)
    const body = { activationKeys: ['key_00-fabrikam-hall-2', fabrikam.keys.staging.id] }
    const once = { 'idempotency-key': 'remove-1' }
    const done = await call('POST', path, body, once)
    expect([done.status, done.body.computers]).toEqual([201, 8])
    expect((await call('POST', path, body, once)).body).toEqual(done.body)
    const left = await read('select id from activation_keys where removed_at is not null')
    expect(left.map(({ id }) => id).toSorted()).toEqual(body.activationKeys.toSorted())
    const held = await callChecked(portal, 'POST', path, {
      key: northwind.apiKey,
      body: { activationKeys: ['key_00-northwind-jansen'] },
    })
    expect([held.status, held.body.code]).toEqual([409, 'activation-key-holds-licenses'])
  })
})

describe('at once (R324)', () => {
  test('two who make different keys the default leave one, and both are told what came of theirs', async () => {
    const ask = racing(portal, 2)
    const patch = (id: string) => ask('PATCH', `${all}/${id}`, key, { default: true }, { 'if-match': '*' })
    const answers = await Promise.all([fabrikam.keys.staging.id, 'key_00-fabrikam-office'].map(patch))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await defaults()).toHaveLength(1)
  })

  test('of two who rotate one key one does; the other is told, and no code is lost', async () => {
    const ask = racing(portal, 2)
    const answers = await Promise.all([1, 2].map(() => ask('POST', `${staging}/rotations`, key, { graceDays: 7 })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 412])
    expect(await read('select code from former_codes where key_id = ?', fabrikam.keys.staging.id)).toEqual([
      { code: fabrikam.keys.staging.code },
    ])
  })

  test('of ten who create the first key of a product one makes the default', async () => {
    await portal.db.client.execute({
      sql: "update activation_keys set is_default = 0, removed_at = 5 where account_id = ? and product_code = 'extended-support-sla' and active_computers = 0",
      args: [fabrikam.accountId],
    })
    await portal.db.client.execute({
      sql: 'update activation_keys set is_default = 0 where id = ?',
      args: [fabrikam.keys.extendedSupportSla.id],
    })
    const ask = racing(portal, 10)
    const made = await Promise.all(
      Array.from({ length: 10 }, () => ask('POST', all, key, { product: 'extended-support-sla' })),
    )
    expect(made.map(({ status }) => status)).toEqual(Array(10).fill(201))
    expect(made.filter(({ body }) => body.default)).toHaveLength(1)
  })

  /** What an activation writes, straight to the database. */
  const activate = (i: number, keyId: string) =>
    portal.db.client.batch(
      [
        {
          sql: 'insert into computers (id, account_id, fingerprint, name, registered_at) values (?, ?, ?, ?, 0)',
          args: [`com_race-${i}`, fabrikam.accountId, `race ${i}`, `race-${i}`],
        },
        {
          sql: "insert into activations (id, computer_id, account_id, product_code, key_id, token_hash, activated_at) values (?, ?, ?, 'live-patching', ?, ?, 0)",
          args: [`act_race-${i}`, `com_race-${i}`, fabrikam.accountId, keyId, `race ${i}`],
        },
      ],
      'write',
    )

  test('a key that is removed while computers activate has none left, and lets none in afterwards', async () => {
    const office = 'key_00-fabrikam-office'
    const work = [0, 1, 2, 3, 4].map((i) =>
      activate(i, office).then(
        () => 'in',
        (error) => String(error.message),
      ),
    )
    const removal = portal.call('DELETE', `${all}/${office}`, { key })
    const later = [5, 6, 7].map((i) =>
      removal
        .then(() => activate(i, office))
        .then(
          () => 'in',
          (error) => String(error.message),
        ),
    )
    const [status, ...outcomes] = [(await removal).status, ...(await Promise.all([...work, ...later]))]
    expect(status).toBe(204)
    expect(outcomes.slice(5)).toEqual(Array(3).fill(expect.stringContaining('activation_key_removed')))
    expect(
      await read('select count(*) as n from activations where key_id = ? and released_at is null', office),
    ).toEqual([{ n: 0 }])
    expect(await read('select active_computers as n from activation_keys where id = ?', office)).toEqual([{ n: 0 }])
  })

  test('a limit that is lowered while twenty activate holds from then on, and throws nobody out', async () => {
    await portal.db.client.execute(
      "update account_products set server_licenses = null where product_code = 'live-patching'",
    )
    const patch = () => portal.call('PATCH', staging, { key, body: { computerLimit: 9 }, headers: { 'if-match': '*' } })
    const work = Array.from({ length: 20 }, (_, i) =>
      activate(i, fabrikam.keys.staging.id).then(
        () => true,
        () => false,
      ),
    )
    expect((await patch()).status).toBe(200)
    await Promise.all(work)
    const [row] = await read(
      'select active_computers as used, computer_limit as most from activation_keys where id = ?',
      fabrikam.keys.staging.id,
    )
    expect(row?.most).toBe(9)
    expect([9, 10]).toContain(row?.used)
    await expect(activate(99, fabrikam.keys.staging.id)).rejects.toThrow('key_computer_limit')
  })
})
