import { beforeEach, expect, test } from 'vitest'
import { acme } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'

const everyMinute = '* * * * *'
let portal: Portal
let browser: Browser

beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, acme.login, 'portico-demo')
})

const brokenMailbox = (portal: Portal) => ({
  ...portal.deps,
  db: {
    batch: async (...[statements, mode]: Parameters<typeof portal.db.batch>) => {
      if (JSON.stringify(statements).includes('update \\"outbox\\"')) throw new Error('The outbox is gone')
      return portal.db.batch(statements, mode)
    },
  },
})

test('the vendor sees each job with its time, its last runs and its last success; a failing one is marked', async () => {
  expect((await browser.open('/admin/jobs')).text).toContain('The clock has not run yet')
  await runDue(portal.deps, everyMinute)
  portal.deps.clock.forward(60_000)
  await expect(runDue(brokenMailbox(portal), everyMinute)).rejects.toThrow('drain-outbox')
  const page = await browser.open('/admin/jobs')
  expect(page.text).toContain('The clock last ran 2026-08-21 09:31:00, just now.')
  const row = page.dom.querySelector('#drain-outbox')?.text.replace(/\s+/g, ' ')
  expect(row).toContain('Failing')
  expect(row).toContain('Every minute')
  expect(row).toContain('2026-08-21 09:31:00 Failed: Error: The outbox is gone')
  expect(row).toMatch(/1 earlier run *2026-08-21 09:30:00 Done/)
  expect(page.dom.querySelector('#run-reports')?.text).not.toContain('Failing')
})

test('a clock that stands still is said on top of the page', async () => {
  await runDue(portal.deps, everyMinute)
  portal.deps.clock.forward(20 * 60_000)
  const page = await browser.open('/admin/jobs')
  expect(page.dom.querySelector('.note')?.text).toContain('20 minutes ago')
  expect(page.text).toContain('It should come by every minute')
})

test('run by hand, a job runs at once and once, and the trail says who wanted it', async () => {
  const page = await browser.open('/admin/jobs')
  const form = 'form[action="/admin/jobs/prove-ledger/runs"]'
  const done = await browser.submit(page, form)
  expect(done.text).toContain('Done: the job has run.')
  expect(done.dom.querySelector('#prove-ledger')?.text).toContain(`asked for by ${acme.person}`)
  await browser.submit(page, form)
  expect(await portal.db.rows("select by from job_runs where job = 'prove-ledger'")).toEqual([{ by: acme.person }])
  expect(
    await portal.db.rows(
      "select actor_name, subject_name from events where action = 'job.run' and actor_kind = 'login'",
    ),
  ).toEqual([{ actor_name: acme.person, subject_name: 'prove-ledger' }])
})

test('the same by the API: listed with runs, run once for a key, unknown ones refused', async () => {
  const key = acme.apiKey
  const headers = { 'idempotency-key': 'run-1' }
  const run = () => portal.call('POST', '/api/v1/jobs/note-ends/runs', { key, body: {}, headers })
  const [first, second] = [await run(), await run()]
  expect([first.status, second.status]).toEqual([201, 201])
  expect(await second.json()).toEqual(await first.json())
  const { data } = await (await portal.call('GET', '/api/v1/jobs', { key })).json()
  const job = data.find(({ name }: { name: string }) => name === 'note-ends')
  expect(job).toMatchObject({ schedule: 'Every day at 02:23 UTC', failing: false, runs: [{ state: 'done' }] })
  expect(job.runs).toHaveLength(1)
  expect((await portal.call('POST', '/api/v1/jobs/nothing/runs', { key, body: {} })).status).toBe(404)
})

test('runs are kept small: the last fifty of a job, and its last success however long ago', async () => {
  await runDue(portal.deps, everyMinute)
  for (let i = 0; i < 60; i++) await runDue(brokenMailbox(portal), everyMinute).catch(() => {})
  const [kept] = await portal.db.rows(
    "select count(*) as n, min(n) as oldest, sum(error is null) as well from job_runs where job = 'drain-outbox'",
  )
  expect(kept).toMatchObject({ n: 51, well: 1 })
})

test('a run that cannot be noted runs all the same', async () => {
  const deps = {
    ...portal.deps,
    db: {
      batch: async (...[statements, mode]: Parameters<typeof portal.db.batch>) => {
        if (JSON.stringify(statements).includes('job_runs')) throw new Error('gone')
        return portal.db.batch(statements, mode)
      },
    },
  }
  await runDue(deps, everyMinute)
  expect(portal.deps.logs).toContainEqual(expect.objectContaining({ message: 'run of a job not noted' }))
  expect(portal.deps.logs).not.toContainEqual(expect.objectContaining({ message: 'job failed' }))
})
