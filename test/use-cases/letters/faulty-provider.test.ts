import { beforeEach, expect, test } from 'vitest'
import { commit } from '#src/db/commit.ts'
import { insertLetter } from '#src/db/outbox.ts'
import { httpMailer } from '#src/gateways/mail/http.ts'
import type { Mailer } from '#src/gateways/mail.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { deliverLetters } from '#src/use-cases/letters/deliver-letters.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { type TestDeps, testDeps, testNow } from '../../support/deps.ts'

const minute = 60_000
const everyMinute = '* * * * *'
let db: TestDatabase
beforeEach(async () => {
  db = await freshDatabase()
})

const write = (deps: TestDeps, count: number) =>
  commit(
    db,
    Array.from({ length: count }, (_, i) =>
      insertLetter({
        ...{ id: deps.newId('letter'), accountId: null, template: 'sign-in-alarm', onceKey: `alarm:${i}` },
        params: { failures: 1000, since: testNow.toISOString() },
        ...{ recipient: `n${i}@acme.example`, nextAttemptAt: testNow, createdAt: testNow },
      }),
    ),
  )

/** A provider that fails every other time, each time in another way, and knows by its key what it took before. */
function faultyProvider() {
  const arrived: { to: string; key: string }[] = []
  const unheard = new Set<string>()
  const asked: string[] = []
  const faults = ['refused', 'timeout', 'lost', '500', '429', 'html'] as const
  let calls = 0
  const answer = async (request: Request): Promise<Response> => {
    const key = request.headers.get('idempotency-key') ?? ''
    const to = ((await request.json()) as { to: string[] }).to[0] ?? ''
    asked.push(to)
    const fault = ++calls % 2 === 0 ? faults[(calls / 2) % faults.length] : null
    if (fault === 'refused') throw new TypeError('connection refused')
    if (fault === 'timeout') throw new DOMException('timed out', 'TimeoutError')
    if (fault === '500') return new Response('oops', { status: 500 })
    if (fault === 'html') return new Response('<html>Bad gateway</html>', { status: 502 })
    if (fault === '429') return new Response('slowly', { status: 429, headers: { 'retry-after': '300' } })
    arrived.push({ to, key })
    if (fault !== 'lost') return Response.json({ id: key })
    unheard.add(to)
    throw new TypeError('the connection broke while the answer came')
  }
  return { arrived, asked, unheard, fetcher: ((request: Request) => answer(request)) as typeof fetch }
}

test('C2 of 200 letters through a provider that fails half the time none is lost, and none comes twice but where the answer was lost', async () => {
  const provider = faultyProvider()
  const settings = { url: 'https://mail.example/', token: 't', from: { name: 'Acme', address: 'a@acme.example' } }
  const deps = testDeps(db, { mailer: httpMailer(settings as never, provider.fetcher) })
  await write(deps, 200)
  for (let i = 0; i < 60; i++) {
    await Promise.all([runDue(deps, everyMinute), runDue(deps, everyMinute)])
    deps.clock.forward(10 * minute)
  }
  expect(await db.rows('select state, count(*) as n from outbox group by 1')).toEqual([{ state: 'sent', n: 200 }])
  const times = new Map<string, number>()
  for (const { to } of provider.arrived) times.set(to, (times.get(to) ?? 0) + 1)
  expect(times.size).toBe(200)
  const twice = [...times].filter(([, count]) => count > 1).map(([to]) => to)
  expect(twice.filter((to) => !provider.unheard.has(to))).toEqual([])
  expect(provider.unheard.size).toBeGreaterThan(10)
  // Whatever came twice came under one key: a provider that heeds it delivers once.
  expect(new Set(provider.arrived.map(({ key }) => key)).size).toBe(200)
})

test('a provider that says when to come back is left alone until then', async () => {
  let asked = 0
  const send = async () => ({ outcome: 'again', error: `429 ${++asked}`, waitMs: 30 * minute }) as const
  const deps = testDeps(db, { mailer: { send } })
  await write(deps, 1)
  for (let i = 0; i < 29; i++) {
    await runDue(deps, everyMinute)
    deps.clock.forward(minute)
  }
  expect(asked).toBe(1)
  deps.clock.forward(2 * minute)
  await runDue(deps, everyMinute)
  expect(asked).toBe(2)
})

test('letters leave two at a time; one that the provider has no time for ends the run, and the others wait with it untried', async () => {
  let [under, most, asked] = [0, 0, 0]
  const deps = testDeps(db, {
    mailer: {
      async send() {
        most = Math.max(most, ++under)
        await new Promise((resolve) => setTimeout(resolve, 1))
        under--
        if (++asked < 9) return { outcome: 'sent', providerId: '' }
        return { outcome: 'again', error: '429 slowly', waitMs: 10 * minute, isBusy: true }
      },
    },
  })
  await write(deps, 50)
  await runDue(deps, everyMinute)
  expect([most, asked <= 10]).toEqual([2, true])
  const states = () => db.rows('select state, attempts, count(*) as n from outbox group by 1, 2 order by 2, 1')
  const tried = asked - 8
  expect(await states()).toEqual([
    { state: 'pending', attempts: 0, n: 42 - tried },
    { state: 'pending', attempts: 1, n: tried },
    { state: 'sent', attempts: 1, n: 8 },
  ])
  const due = await db.rows(
    "select count(*) as n from outbox where state = 'pending' and next_attempt_at > ?",
    testNow.getTime(),
  )
  expect(due).toEqual([{ n: 12 }])
})

test('a database that is lost between a letter and its mark leaves the letters under way in doubt, and no other (C2)', async () => {
  let isLost = false
  const flaky = {
    batch: (...batch: Parameters<TestDatabase['batch']>) =>
      isLost ? Promise.reject(new Error('lost')) : db.batch(...batch),
  }
  const sent: string[] = []
  const mailer = (loses: boolean): Mailer => ({
    async send({ to }) {
      sent.push(to)
      if (loses && sent.length === 5) isLost = true
      return { outcome: 'sent', providerId: '' }
    },
  })
  const deps = testDeps(db, { db: flaky, mailer: mailer(true) })
  await write(deps, 20)
  await expect(deliverLetters(deps)).rejects.toThrow('lost')
  isLost = false
  const later = testDeps(db, { mailer: mailer(false) })
  later.clock.forward(2 * minute)
  await runDue(later, everyMinute)
  expect(new Set(sent).size).toBe(20)
  expect(sent.length - 20).toBeLessThanOrEqual(2)
  expect(await db.rows('select distinct state from outbox')).toEqual([{ state: 'sent' }])
})

test('a mark whose answer is lost is made again, so that the letter does not leave twice (C2)', async () => {
  let calls = 0
  const deaf: TestDatabase['batch'] = async (...batch) => {
    const answer = await db.batch(...batch)
    if (++calls === 2) throw new Error('the answer was lost')
    return answer
  }
  const deps = testDeps(db, { db: { batch: deaf } })
  await write(deps, 1)
  await deliverLetters(deps)
  deps.clock.forward(2 * minute)
  await runDue(testDeps(db, { mailer: deps.mailer, now: deps.now }), everyMinute)
  expect(deps.letters).toHaveLength(1)
})

test('letters that there is no time for within the lease are given back untried', async () => {
  const deps = testDeps(db, {
    mailer: {
      async send() {
        deps.clock.forward(20_000)
        return { outcome: 'sent', providerId: '' }
      },
    },
  })
  await write(deps, 20)
  const { count } = await deliverLetters(deps)
  expect(count).toBeLessThanOrEqual(4)
  expect(await db.rows("select distinct state, attempts, lease_until from outbox where state <> 'sent'")).toEqual([
    { state: 'pending', attempts: 0, lease_until: null },
  ])
})

test('given up after a day, the vendor is told once a day, and of its own letter never', async () => {
  const send = async (letter: { to: string; subject: string }) => {
    if (letter.subject.includes('could not be delivered')) return { outcome: 'sent', providerId: '1' } as const
    return { outcome: 'again', error: '503 down' } as const
  }
  const told: string[] = []
  const deps = testDeps(db, {
    mailer: {
      async send(letter) {
        if (letter.subject.includes('could not')) told.push(`${letter.to}: ${letter.text}`)
        return send(letter)
      },
    },
  })
  await write(deps, 3)
  for (let i = 0; i < 30; i++) {
    await runDue(deps, everyMinute)
    deps.clock.forward(60 * minute)
  }
  expect(await db.rows("select distinct state from outbox where template = 'sign-in-alarm'")).toEqual([
    { state: 'dead' },
  ])
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('/admin/outbox?state=dead')
  const never = testDeps(db, { mailer: { send: async () => ({ outcome: 'never', error: '422' }) } })
  await db.client.execute("update outbox set state = 'pending', next_attempt_at = 0 where template = 'letters-dead'")
  await runDue(never, everyMinute)
  expect(await db.rows("select count(*) as n from outbox where template = 'letters-dead'")).toEqual([{ n: 1 }])
})

test('whoever comes back after its lease has ended does not undo what another has done', async () => {
  let release = () => {}
  const slow = new Promise<void>((resolve) => {
    release = resolve
  })
  const late = testDeps(db, {
    mailer: {
      async send() {
        await slow
        return { outcome: 'again', error: 'timed out' }
      },
    },
  })
  await write(late, 1)
  const first = deliverLetters(late)
  await new Promise((resolve) => setTimeout(resolve, 20))
  const second = testDeps(db)
  second.clock.forward(2 * minute)
  await deliverLetters(second)
  release()
  await first
  expect(second.letters).toHaveLength(1)
  expect(await db.rows('select state, error from outbox')).toEqual([{ state: 'sent', error: null }])
})
