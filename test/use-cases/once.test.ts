import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { northwind } from '#dev/world/people.ts'
import { insertLetter } from '#src/db/outbox.ts'
import { read } from '#src/db/query.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Asking } from '#src/use-cases/admit.ts'
import { commitOnce, earlier, type Once, replayOf } from '#src/use-cases/once.ts'
import { openPortal, type Portal } from '../support/portal.ts'

let portal: Portal
let asking: Asking
let acts = 0

beforeEach(async () => {
  portal = await openPortal()
  await portal.db.client.execute('delete from outbox')
  acts = 0
  const credential = { kind: 'api-key', id: await fingerprintOf(northwind.apiKey) } as const
  asking = { credential, may: 'anything', address: '192.0.2.1', requestId: 'req_1', admitted: null }
})

const once: Once = { key: 'c5a1', hash: 'a' }

/** An act that leaves a letter behind, and answers how many letters there are then. */
function act(by: Once | null) {
  const at = portal.deps.now()
  const id = portal.deps.newId('letter')
  const letter = { id, template: 'order' as const, params: {}, recipient: 'a@b.example', onceKey: `test:${++acts}` }
  const response = sql`(select json_object('letters', count(*)) from outbox)`
  const writes = [insertLetter({ ...letter, nextAttemptAt: at, createdAt: at })]
  return commitOnce<{ letters: number }>(portal.deps, asking, by, writes, { status: 201, response })
}

const letters = async () => (await portal.db.rows('select count(*) as n from outbox'))[0]?.n
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => error.refusal?.code,
  )

test('M6 ten twins at once are one act with one answer', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => act(once)))
  expect(await letters()).toBe(1)
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(answers.map(({ status, response }) => [status, response])).toEqual(Array(10).fill([201, { letters: 1 }]))
})

test('an act without a key is done as often as it is sent, in one trip', async () => {
  portal.db.forget()
  expect((await act(null)).response).toEqual({ letters: 1 })
  expect((await act(null)).response).toEqual({ letters: 2 })
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['write', 'write'])
})

test('a retry is told what was said, out of the batch that reads who asks', async () => {
  await act(once)
  const [found] = await read(portal.db, [earlier(asking, once)])
  expect(replayOf(once, found)).toEqual({ status: 201, response: { letters: 1 }, replayed: true })
  expect(replayOf(null, found)).toBeNull()
  const [other] = await read(portal.db, [earlier({ ...asking, credential: { kind: 'session', id: 'ses_2' } }, once)])
  expect(replayOf(once, other)).toBeNull()
})

test('the same key for another request is refused and does nothing', async () => {
  await act(once)
  expect(await refusalOf(act({ ...once, hash: 'b' }))).toBe('idempotency-key-reused')
  expect(await letters()).toBe(1)
})

test('an answer that was lost is asked for again, and the act stays one', async () => {
  const { batch } = portal.db
  let lost = 0
  portal.db.batch = async (statements, mode) => {
    const sets = await batch(statements, mode)
    if (mode === 'write' && lost++ === 0) throw new Error('Network connection lost.')
    return sets
  }
  expect((await act(once)).response).toEqual({ letters: 1 })
  expect(await letters()).toBe(1)
})
