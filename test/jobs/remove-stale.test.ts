import { beforeEach, expect, test } from 'vitest'
import { acme, fabrikam } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { openPortal, type Portal } from '../support/portal.ts'

const hourly = '7 * * * *'
const day = 86_400_000
let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const want = (days: number, accountId: string = fabrikam.accountId) =>
  portal.db.client.execute({
    sql: 'update accounts set remove_stale_after_days = ? where id = ?',
    args: [days, accountId],
  })
const removed = () =>
  portal.db.rows(
    "select subject_name as name, actor_kind, after, before from events where action = 'computer.removed' and actor_kind = 'clock' order by n",
  )
const there = async () =>
  Number(
    (
      await portal.db.rows(
        'select count(*) as n from computers where account_id = ? and removed_at is null',
        fabrikam.accountId,
      )
    )[0]?.n,
  )

test('nothing is removed where no account wants it', async () => {
  await runDue(portal.deps, hourly)
  expect(await removed()).toEqual([])
})

test('what has not checked in for so long is removed once, with an event of the clock, also by five runs at once (C1)', async () => {
  await want(45)
  await Promise.all(Array.from({ length: 5 }, () => runDue(portal.deps, hourly)))
  await runDue(portal.deps, hourly)
  const events = await removed()
  const stale = events.filter(({ before }) => !String(before).includes('null'))
  expect(events.length).toBe(new Set(events.map(({ name }) => name)).size)
  expect([stale.length, events.length - stale.length]).toEqual([4, 3])
  expect(events[0]).toMatchObject({ actor_kind: 'clock', before: expect.stringContaining('"afterDays":45') })
  expect(await there()).toBe(53)
  expect(
    await portal.db.rows("select sum(computers) as n from removals where id <> 'rem_00-fabrikam-retired'"),
  ).toEqual([{ n: 7 }])
})

test('one that never checked in counts from when it was registered', async () => {
  await want(3650)
  await portal.db.client.execute('update computers set registered_at = registered_at + 1')
  await runDue(portal.deps, hourly)
  expect(await removed()).toEqual([])
})

test('brought back, it is left in peace for as long again, then removed again', async () => {
  await want(45)
  await runDue(portal.deps, hourly)
  const [removal] = await portal.db.rows("select id from removals where id <> 'rem_00-fabrikam-retired'")
  const undone = await portal.call('POST', `/api/v1/computer-removals/${removal?.id}/restorations`, {
    key: fabrikam.apiKey,
  })
  expect([undone.status, await there()]).toEqual([201, 60])
  await runDue(portal.deps, hourly)
  expect(await there()).toBe(60)
  const later = new Date(portal.deps.now().getTime() + 46 * day)
  await portal.db.client.execute({
    sql: 'update computers set last_check_in_at = ? where last_check_in_at > ?',
    args: [later.getTime(), portal.deps.now().getTime() - 44 * day],
  })
  await runDue({ ...portal.deps, now: () => later }, hourly)
  expect(await there()).toBe(53)
})

test('an account’s wish is for its own computers, not for those of accounts below', async () => {
  await want(7, acme.accountId)
  await runDue(portal.deps, hourly)
  expect(await removed()).toEqual([])
})

test('a run removes so many at most, and the next goes on', async () => {
  await want(45)
  const at = portal.deps.now().getTime() - 60 * day
  await portal.db.client.batch(
    [
      `insert into activation_keys (id, account_id, name, code, created_at) values ('key_many', '${fabrikam.accountId}', 'Many', 'MANY-MANY-MANY-MANY', 0)`,
      'update account_products set server_licenses = null',
      `insert into computers (id, account_id, fingerprint, name, registered_at, last_check_in_at)
        select 'com_m' || value, '${fabrikam.accountId}', 'm' || value, 'M' || value, ${at}, ${at} from (with recursive s(value) as (select 1 union all select value + 1 from s where value < 2500) select value from s)`,
      `insert into activations (id, computer_id, account_id, product_code, key_id, token_hash, activated_at, last_check_in_at)
        select 'act_' || id, id, account_id, 'live-patching', 'key_many', id, ${at}, ${at} from computers where id like 'com_m%'`,
    ],
    'write',
  )
  await runDue(portal.deps, hourly)
  expect(await there()).toBe(60 + 2500 - 2000)
  await runDue(portal.deps, hourly)
  expect(await there()).toBe(53)
})
