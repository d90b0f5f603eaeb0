import { beforeEach, expect, test } from 'vitest'
import { acme, ada, northwind } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { sendDigests } from '#src/use-cases/warnings/send-digests.ts'
import { openPortal, type Portal, signIn } from '../support/portal.ts'

const everyMinute = '* * * * *'
/** The Monday after the day on which tests begin, a Friday. */
const monday = '2026-08-24'
let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const at = (when: string, from: Portal = portal) => ({ ...from.deps, now: () => new Date(when) }) as Deps
const send = async (when = `${monday}T06:07:00Z`) => {
  const made = await sendDigests(at(when))
  await runDue(at(when), everyMinute)
  return made
}
const digests = (from: Portal = portal) => from.deps.letters.filter(({ subject }) => /to do this week/.test(subject))
const to = (email: string, from: Portal = portal) => digests(from).filter((one) => one.to === email)
const rows = (from: Portal = portal) =>
  from.db.rows('select account_id, week, tasks from digests order by week, account_id')

test('R307 R309: on Monday morning each seller gets what there is to do, once; customers get none', async () => {
  expect(await send(`${monday}T05:59:00Z`)).toBe(0)
  const sellers = await portal.db.rows("select id from accounts where kind <> 'customer' and suspended_at is null")
  expect(await send()).toBe(sellers.length)
  expect(await send(`${monday}T07:07:00Z`)).toBe(0)
  expect(await send('2026-08-28T07:07:00Z')).toBe(0)
  const told = (await rows()).filter(({ tasks }) => Number(tasks) > 0)
  expect(digests()).toHaveLength(told.length)
  expect(to(ada.email)).toEqual([])
  const [letter] = to(northwind.email)
  const { tasks } = told.find(({ account_id }) => account_id === northwind.accountId) ?? {}
  expect(letter?.subject).toBe(`${tasks} things to do this week, Northwind`)
  expect(letter?.text).toMatch(/Support that expired lately: \d+\nLicenses never activated: \d+/)
  expect(letter?.text).toMatch(/^- Support ended \d+ \w+ 2026, S-[\w-]+, Remote Access/m)
  expect(letter?.text).toMatch(/^- Renew \d instead of \d by /m)
  expect(letter?.text).toContain('https://portal.acme.example/digests')
  expect(new TextEncoder().encode(letter?.html).length).toBeLessThan(20_000)
  await send('2026-08-31T06:07:00Z')
  expect(to(northwind.email)).toHaveLength(2)
})

test('a Monday on which nothing ran is made up for in its week, and only the last of several (R307)', async () => {
  await send()
  await send('2026-09-17T09:07:00Z')
  const weeks = (await rows()).filter(({ account_id }) => account_id === acme.accountId).map(({ week }) => week)
  expect(weeks).toEqual([monday, '2026-09-14'])
  expect(to(acme.email)).toHaveLength(2)
})

test('by five runs at once, and by more of them, each digest comes once (C1)', async () => {
  await Promise.all(Array.from({ length: 5 }, () => sendDigests(at(`${monday}T06:07:00Z`))))
  await Promise.all(Array.from({ length: 5 }, () => runDue(at(`${monday}T07:07:00Z`), '7 * * * *')))
  await runDue(at(`${monday}T07:08:00Z`), everyMinute)
  expect([to(northwind.email).length, to(acme.email).length]).toEqual([1, 1])
})

test('killed at any call to the database, the next run goes on, and nobody gets it twice (C1)', async () => {
  for (let alive = 0; alive < 6; alive++) {
    const fresh = await openPortal()
    let calls = 0
    const db: Deps['db'] = {
      batch: async (statements, mode) => {
        if (calls++ !== alive) return fresh.db.batch(statements, mode)
        if (alive % 2 === 0) await fresh.db.batch(statements, mode)
        throw new Error('killed')
      },
    }
    await sendDigests({ ...at(`${monday}T06:07:00Z`, fresh), db }).catch(() => {})
    await sendDigests(at(`${monday}T07:07:00Z`, fresh))
    await runDue(at(`${monday}T07:08:00Z`, fresh), everyMinute)
    expect([to(northwind.email, fresh).length, to(acme.email, fresh).length]).toEqual([1, 1])
  }
})

test('with nothing to do there is no letter; whoever does not want it, or came later, gets none', async () => {
  await portal.db.client.execute({
    sql: 'update accounts set weekly_digest = 0 where id = ?',
    args: [northwind.accountId],
  })
  await portal.db.client.execute({
    sql: 'update accounts set created_at = ? where id = ?',
    args: [Date.parse(`${monday}T08:00:00Z`), 'acc_00-tailspin'],
  })
  await send(`${monday}T09:07:00Z`)
  expect(to(northwind.email)).toEqual([])
  const made = new Map((await rows()).map(({ account_id, tasks }) => [account_id, Number(tasks)]))
  expect([made.has(northwind.accountId), made.has('acc_00-tailspin')]).toEqual([false, false])
  const idle = [...made].filter(([, tasks]) => tasks === 0)
  expect(idle.length).toBeGreaterThan(0)
  expect(digests()).toHaveLength(made.size - idle.length)
})

test('a digest that is written already is not sent where it is unsubscribed meanwhile', async () => {
  await sendDigests(at(`${monday}T06:07:00Z`))
  await portal.db.client.execute('update accounts set weekly_digest = 0')
  await runDue(at(`${monday}T06:08:00Z`), everyMinute)
  expect(digests()).toEqual([])
  expect(await portal.db.rows("select 1 from outbox where template = 'weekly-digest'")).toEqual([])
})

test('one click ends the digest and leaves the warnings; the link brings it back (RFC 8058)', async () => {
  await send()
  const [letter] = to(northwind.email)
  expect(letter?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
  const url = letter?.headers?.['List-Unsubscribe']?.slice(1, -1) ?? ''
  const choice = async () =>
    (
      await portal.db.rows(
        'select weekly_digest as digest, warning_leads as leads from accounts where id = ?',
        northwind.accountId,
      )
    )[0]
  const answer = await portal.app.request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  expect([answer.status, await choice()]).toEqual([200, { digest: 0, leads: '[30,7,0,-14]' }])
  await send('2026-08-31T06:07:00Z')
  expect(to(northwind.email)).toHaveLength(1)
  const reader = portal.browser()
  const page = await reader.open(new URL(url).pathname)
  expect(page.text).toContain('Get the weekly digest again?')
  await reader.submit(page, 'main form')
  expect(await choice()).toEqual({ digest: 1, leads: '[30,7,0,-14]' })
  const partner = portal.browser()
  await signIn(partner, 'northwind', 'portico-demo')
  expect((await partner.open('/events')).text).toMatch(/weekly digest: no yes.*weekly digest: yes no/s)
})
