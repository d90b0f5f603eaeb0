import { beforeAll, expect, test } from 'vitest'
import { acme, demoPassword } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { callChecked } from '../../support/api.ts'
import { openPortal, type Portal, signIn } from '../../support/portal.ts'

const nightly = '23 2 * * *'
const dayMs = 86_400_000

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
  const license = (id: string, kind: string, endsOn: string | null) =>
    portal.db.client.execute({
      sql: `insert into licenses (id, account_id, serial, product_code, edition_code, kind, ends_on, bought_on, email, email_key, created_at)
        values (?, '${acme.accountId}', ?, 'remote-access', 'pro', ?, ?, '2026-01-01', 'e@example.com', 'e@example.com', 0)`,
      args: [id, `S-${id}`, kind, endsOn],
    })
  await license('lic_trial', 'trial', '2026-08-21')
  await license('lic_old', 'trial', '2026-03-01')
  await license('lic_sub', 'subscription', '2026-08-21')
  await license('lic_runs', 'subscription', '2027-08-21')
  await license('lic_supported', 'permanent', null)
  await portal.db.client.batch([
    `insert into subscriptions (id, license_id, term, starts_on, term_ends_on, canceled_at, created_at)
      values ('sub_ends', 'lic_sub', 'month', '2026-07-22', '2026-08-21', 1, 0)`,
    `insert into subscriptions (id, license_id, term, starts_on, term_ends_on, created_at)
      values ('sub_runs', 'lic_runs', 'month', '2026-07-22', '2027-08-21', 0)`,
    `insert into supports (id, license_id, starts_on, ends_on, created_at)
      values ('sup_ends', 'lic_supported', '2025-08-22', '2026-08-21', 0)`,
  ])
})

const told = () =>
  portal.db.rows(
    `select action, subject_id as subject, json_extract(after, '$.endsOn') as ends from events
      where action like '%.expired' and subject_id in ('lic_trial', 'lic_old', 'sub_ends', 'sub_runs', 'sup_ends') order by n`,
  )

test('R319 what ends is told as expired on the day after its last, once, however often and by how many', async () => {
  await runDue(portal.deps, nightly)
  expect(await told()).toEqual([])
  portal.deps.clock.forward(dayMs)
  await Promise.all([1, 2, 3, 4, 5].map(() => runDue(portal.deps, nightly)))
  expect(await told()).toEqual([
    { action: 'license.expired', subject: 'lic_trial', ends: '2026-08-21' },
    { action: 'subscription.expired', subject: 'sub_ends', ends: '2026-08-21' },
    { action: 'support.expired', subject: 'sup_ends', ends: '2026-08-21' },
  ])
})

test('R319 support that was extended and ends again is told again; days without a run are caught up with', async () => {
  await portal.db.client.execute("update supports set ends_on = '2026-08-30' where id = 'sup_ends'")
  portal.deps.clock.forward(30 * dayMs)
  await runDue(portal.deps, nightly)
  expect((await told()).map(({ subject, ends }) => [subject, ends])).toContainEqual(['sup_ends', '2026-08-30'])
  expect(await told()).toHaveLength(4)
})

test('the end stands in the trail of whoever may see the thing, by the clock, and apart from removals (R319)', async () => {
  const { body } = await callChecked(portal, 'GET', '/api/v1/events?subject=lic_trial&actor=note-ends', {
    key: acme.apiKey,
  })
  expect(body.data).toMatchObject([
    { action: 'license.expired', actor: { kind: 'clock', id: 'note-ends' }, after: { endsOn: '2026-08-21' } },
  ])
  const browser = portal.browser()
  await signIn(browser, acme.login, demoPassword)
  const page = await browser.open('/events?subject=lic_trial')
  const lines = page.dom.querySelectorAll('#list tbody tr').map((row) => row.text)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('Trial expired')
})
