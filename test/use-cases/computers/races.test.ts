import { beforeEach, expect, test } from 'vitest'
import { fabrikam } from '#dev/world/people.ts'
import { openPortal, type Portal } from '../../support/portal.ts'
import { racing } from '../../support/race.ts'
import { activate, checkIn, serverSoftware } from '../../support/software.ts'

const key = fabrikam.apiKey
const { livePatching, staging } = fabrikam.keys
const server = (name: string) => `com_00-fabrikam-${name}-fabrikam-example`
const names = (role: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => server(`${role}-${String(from + i).padStart(2, '0')}`))

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

/** Counters, reach and rows say the same, whatever happened. */
async function expectWhole(): Promise<void> {
  const keys = await portal.db.rows(`select id, active_computers as n,
    (select count(*) from activations where key_id = k.id and released_at is null) as there from activation_keys k`)
  expect(keys.filter(({ n, there }) => n !== there)).toEqual([])
  const there = await portal.db.rows(`select id from computers c where (removed_at is null) <>
    exists (select 1 from activations where computer_id = c.id and released_at is null)`)
  expect(there).toEqual([])
  const reached = await portal.db.rows(`select c.n from computers c where (removed_at is null) <>
    exists (select 1 from computer_reach where computer_n = c.n and product_code = '')`)
  expect(reached).toEqual([])
}
const removedEvents = async () =>
  (
    await portal.db.rows(
      "select subject_id from events where action = 'computer.removed' and request_id <> 'req_00-world'",
    )
  ).map(({ subject_id }) => String(subject_id))

test('removed by many at once, a server is removed once, with one event, and nobody is refused', async () => {
  const call = racing(portal, 10)
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      call('POST', '/api/v1/computer-removals', key, {
        computers: [server('web-01'), server(`web-${String(i + 2).padStart(2, '0')}`)],
      }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201))
  const removed = await removedEvents()
  expect([removed.length, new Set(removed).size]).toEqual([11, 11])
  expect(answers.flatMap(({ body }) => body.computers).length).toBe(11)
  await expectWhole()
})

test('undone while the places are filled, a removal comes back whole or not at all', async () => {
  const first = racing(portal, 0)
  const { body: removal } = await first('POST', '/api/v1/computer-removals', key, { computers: names('stage', 1, 4) })
  await portal.db.client.execute({
    sql: 'update activation_keys set computer_limit = 8 where id = ?',
    args: [staging.id],
  })
  const call = racing(portal, 2)
  const [undone, moved] = await Promise.all([
    call('POST', `/api/v1/computer-removals/${removal.id}/restorations`, key),
    call('POST', '/api/v1/computer-moves', key, { computers: names('web', 1, 3), activationKey: staging.id }),
  ])
  expect([undone.status, moved.status].toSorted()).toEqual([201, 409])
  const refused = [undone, moved].find(({ status }) => status === 409)
  expect(refused?.body).toMatchObject({ code: 'computer-limit-reached', scope: 'activation-key' })
  const [row] = await portal.db.rows('select active_computers as n from activation_keys where id = ?', staging.id)
  expect(row?.n).toBe(undone.status === 201 ? 8 : 7)
  await expectWhole()
})

test('undone by many at once, it is undone once and all are told so', async () => {
  const { body: removal } = await racing(portal, 0)('POST', '/api/v1/computer-removals', key, {
    computers: names('web', 1, 2),
  })
  const call = racing(portal, 8)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => call('POST', `/api/v1/computer-removals/${removal.id}/restorations`, key)),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201))
  expect(await portal.db.rows("select count(*) as n from events where action = 'computer.restored'")).toEqual([
    { n: 2 },
  ])
  await expectWhole()
})

test('moved at once to a key with room for two more, exactly two moves of one go through', async () => {
  const call = racing(portal, 6)
  const answers = await Promise.all(
    names('web', 1, 6).map((id) =>
      call('POST', '/api/v1/computer-moves', key, { computers: [id], activationKey: staging.id }),
    ),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2)
  for (const { status, body } of answers) if (status !== 201) expect(body.code).toBe('computer-limit-reached')
  const rows = await portal.db.rows(
    'select id, active_computers as n from activation_keys where id in (?, ?) order by n',
    staging.id,
    livePatching.id,
  )
  expect(rows.find(({ id }) => id === staging.id)?.n).toBe(10)
  await expectWhole()
})

test('removed while its software checks in, a server is gone and stays gone; undone, its token works again', async () => {
  const call = racing(portal, 0)
  for (let round = 1; round <= 8; round++) {
    const { body: software } = await activate(portal, serverSoftware(round))
    portal.deps.clock.at = new Date(portal.deps.clock.at.getTime() + 2 * 3_600_000)
    const removing = () => call('POST', '/api/v1/computer-removals', key, { computers: [software.computer.id] })
    const [first, removal, last] = await Promise.all([checkIn(portal, software), removing(), checkIn(portal, software)])
    expect(removal.status).toBe(201)
    for (const { status, body } of [first, last]) {
      expect(status === 200 || body.code === 'activation-released').toBe(true)
    }
    expect((await checkIn(portal, software)).body.code).toBe('activation-released')
    expect((await call('GET', `/api/v1/computers/${software.computer.id}`, key)).status).toBe(404)
    await call('POST', `/api/v1/computer-removals/${removal.body.id}/restorations`, key)
    expect((await checkIn(portal, software)).status).toBe(200)
  }
  await expectWhole()
})

test('what the software activated anew after a removal stays as it is when that is undone', async () => {
  const call = racing(portal, 0)
  const { body: software } = await activate(portal, serverSoftware(1))
  const computers = [software.computer.id, server('web-01')]
  const { body: removal } = await call('POST', '/api/v1/computer-removals', key, { computers })
  const { body: anew } = await activate(portal, serverSoftware(1))
  expect((await call('POST', `/api/v1/computer-removals/${removal.id}/restorations`, key)).status).toBe(201)
  expect((await checkIn(portal, software)).body.code).toBe('activation-token-invalid')
  expect((await checkIn(portal, anew)).status).toBe(200)
  expect((await call('GET', `/api/v1/computers/${server('web-01')}`, key)).status).toBe(200)
  await expectWhole()
})

test('a license that went to another computer meanwhile keeps a removal from being undone', async () => {
  const [license] = await portal.db.rows(
    "select license_id as id, computer_id, account_id from activations where license_id is not null and account_id = 'acc_00-northwind' limit 1",
  )
  const call = racing(portal, 0)
  const northwindKey = 'ptk_demo_northwind'
  const { body: removal } = await call('POST', '/api/v1/computer-removals', northwindKey, {
    computers: [license?.computer_id],
  })
  await portal.db.client.batch(
    [
      `insert into computers (id, account_id, fingerprint, name, registered_at) values ('com_other', '${license?.account_id}', 'other', 'OTHER', 1)`,
      `insert into activations (id, computer_id, account_id, product_code, key_id, license_id, token_hash, activated_at)
        select 'act_other', 'com_other', account_id, product_code, key_id, license_id, 'other', 1 from activations where license_id = '${license?.id}'`,
    ],
    'write',
  )
  const { status, body } = await call('POST', `/api/v1/computer-removals/${removal.id}/restorations`, northwindKey)
  expect([status, body.code]).toEqual([409, 'license-taken'])
  await expectWhole()
})
