import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { commit } from '#src/db/commit.ts'
import { insertLetter } from '#src/db/outbox.ts'
import { dayOf } from '#src/domain/day.ts'
import { runDue, timetable } from '#src/jobs/schedule.ts'
import { kept } from '#src/use-cases/housekeeping/delete-expired.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type TestDeps, testDeps, testNow } from '../support/deps.ts'

const everyMinute = '* * * * *'
const everyHour = '17 * * * *'
const hour = 3_600_000
const day = 24 * hour

let db: TestDatabase
let deps: TestDeps

beforeEach(async () => {
  db = await freshDatabase()
  deps = testDeps(db)
})

const writeLetters = (count: number) =>
  commit(
    db,
    Array.from({ length: count }, (_, i) =>
      insertLetter({
        id: deps.newId('letter'),
        accountId: null,
        template: 'sign-in-alarm',
        params: { failures: 1000, since: testNow.toISOString() },
        recipient: 'support@acme.example',
        onceKey: `sign-in-alarm:${i}`,
        nextAttemptAt: testNow,
        createdAt: testNow,
      }),
    ),
  )

describe('the timetable', () => {
  it('is the one that wrangler.toml asks the clock for', () => {
    const [, crons] = /^crons = (\[.*\])$/m.exec(readFileSync('wrangler.toml', 'utf8')) ?? []
    expect(JSON.parse(crons ?? '')).toEqual(Object.keys(timetable))
  })

  it('refuses a time that it does not know', async () => {
    await expect(runDue(deps, '1 2 3 4 5')).rejects.toThrow('nothing at "1 2 3 4 5"')
  })

  it('says which job failed, and says so to the clock', async () => {
    const broken = testDeps({ batch: () => Promise.reject(new Error('gone')) })
    await expect(runDue(broken, everyHour)).rejects.toThrow('delete-expired')
    expect(broken.logs).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'job failed', job: 'delete-expired' }),
    )
  })
})

describe('every minute', () => {
  it('sends every letter that is due, once, however often it runs', async () => {
    await writeLetters(45)
    await Promise.all([runDue(deps, everyMinute), runDue(deps, everyMinute)])
    await runDue(deps, everyMinute)
    expect(deps.letters).toHaveLength(45)
    expect(new Set(deps.letters.map(({ once }) => once)).size).toBe(45)
    expect(await db.rows('select distinct state from outbox')).toEqual([{ state: 'sent' }])
  })

  it('asks a mailer that is down no more than once for each letter', async () => {
    await writeLetters(30)
    let asked = 0
    const send = async () => ({ outcome: 'again', error: `down ${++asked}` }) as const
    await runDue({ ...deps, mailer: { send } }, everyMinute)
    expect(asked).toBe(30)
    expect(await db.rows('select distinct state, attempts from outbox')).toEqual([{ state: 'pending', attempts: 1 }])
  })
})

describe('every hour', () => {
  const at = (ms: number) => testNow.getTime() + ms
  const add = (table: string, values: Record<string, string | number>) =>
    db.client.execute({
      sql: `insert into ${table} (${Object.keys(values)}) values (${Object.keys(values).map(() => '?')})`,
      args: Object.values(values),
    })
  const deletingTrips = () =>
    db.trips.filter(({ statements }) => !statements.some((one) => /^(insert into|update) "job_runs"/.test(one)))
  const left = async (table: string, column = 'id') =>
    (await db.rows(`select ${column} as it from ${table} order by 1`)).map(({ it }) => it)

  it('deletes what has stopped to count and nothing else', async () => {
    const account = { account_id: 'acc_1' }
    await add('accounts', { id: 'acc_1', kind: 'vendor', name: 'A', email: 'a@a', email_key: 'a@a', created_at: 1 })
    for (const [id, ends] of [
      ['gone', -1],
      ['stays', 1],
    ] as const) {
      await add('sign_in_attempts', { subject: id, window: 1, count: 3, expires_at: at(ends) })
      await add('spent_tokens', { id, expires_at: at(ends) })
      const link = { purpose: 'sign-in', email: 'a@a', token_hash: id, created_at: 1 }
      await add('links', { id, ...account, ...link, expires_at: at(ends - kept.links) })
      const session = {
        remember: 0,
        device: 'd',
        address: 'a',
        created_at: 1,
        last_seen_at: 1,
        proved_at: 1,
        idle_until: 1,
      }
      await add('sessions', { id, ...account, ...session, expires_at: at(ends - kept.sessions) })
      const record = { scope: 's', key: id, request_hash: 'h' }
      await add('idempotency_records', { ...record, created_at: at(ends - kept.idempotencyRecords) })
      await add('job_runs', { id, job: 'gone-by', started_at: at(ends - kept.jobRuns) })
      const told = { ...account, lead: 7, kind: 'support', license_id: 'lic_1', warned_on: '2026-01-01' }
      await add('warnings', { ...told, object_id: id, ends_on: dayOf(new Date(at(ends * day - kept.warnings))) })
      const week = dayOf(new Date(at(ends * day - kept.digests)))
      await add('digests', { ...account, week, tasks: 0, content: `"${id}"`, made_at: 1 })
    }
    await runDue(deps, everyHour)
    expect(await left('sign_in_attempts', 'subject')).toEqual(['stays'])
    for (const table of ['spent_tokens', 'links', 'sessions']) expect(await left(table)).toEqual(['stays'])
    expect(await left('idempotency_records', 'key')).toEqual(['stays'])
    expect(await left('warnings', 'object_id')).toEqual(['stays'])
    expect(await left('digests', 'content')).toEqual(['"stays"'])
    expect(await left('job_runs')).not.toContain('gone')
    expect(await left('job_runs')).toContain('stays')
    expect(deps.logs).toMatchObject([{ job: 'delete-expired', count: 8 }])
  })

  it('deletes in batches, and so many rows at most', async () => {
    await db.client.execute(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 10600)
      insert into spent_tokens (id, expires_at) select i, 1 from n`)
    db.forget()
    await runDue(deps, everyHour)
    expect(deletingTrips()).toHaveLength(20)
    expect(await left('spent_tokens', 'count(*)')).toEqual([600])
    deps.clock.forward(hour)
    await runDue(deps, everyHour)
    expect(await left('spent_tokens', 'count(*)')).toEqual([0])
  })

  it('finds what to delete by an index', async () => {
    db.forget()
    await runDue(deps, everyHour)
    for (const statement of deletingTrips()[0]?.statements ?? []) {
      const plan = await db.rows(`explain query plan ${statement}`, 1, 1)
      expect(plan.map(({ detail }) => detail).join('\n')).toMatch(/USING (COVERING )?INDEX \w+_(expires|created)/)
    }
  })
})
