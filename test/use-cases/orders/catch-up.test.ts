import { beforeEach, expect, test } from 'vitest'
import { runDue } from '#src/jobs/schedule.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { type TestDeps, testDeps } from '../../support/deps.ts'
import { eventOf, openShop, orderOf, postEvents } from '../../support/shop.ts'
import { stateOf } from '../../support/shop-state.ts'

const everyTenMinutes = '*/10 * * * *'
let db: TestDatabase
let deps: TestDeps
/** What the provider holds as not processed; 25 an answer. */
let held: ReturnType<typeof eventOf>[]
let marked: string[]

beforeEach(async () => {
  db = await freshDatabase()
  await openShop(db)
  held = []
  marked = []
  const { sandbox } = testDeps(db)
  if (!sandbox) throw new Error('Tests have a shop')
  deps = testDeps(db, {
    checkout: {
      ...sandbox,
      unprocessed: async () => ({
        body: Buffer.from(JSON.stringify({ more: held.length > 25, events: held.slice(0, 25) })),
        more: held.length > 25,
      }),
      markProcessed: async (ids) => {
        marked.push(...ids)
        held = held.filter(({ id }) => !ids.includes(String(id)))
      },
    },
  })
})

test('what the provider could not deliver is fetched, 25 at a time, taken in once and marked (W2)', async () => {
  held = Array.from({ length: 60 }, (_, n) => eventOf(`evt-${n}`, orderOf(n)))
  await postEvents(deps, held[3])
  await runDue(deps, everyTenMinutes)
  expect((await stateOf(db)).orders).toHaveLength(60)
  expect(marked).toEqual(Array.from({ length: 60 }, (_, n) => `evt-${n}`))
  await runDue(deps, everyTenMinutes)
  expect(marked).toHaveLength(60)
})

test('an event that is not taken stays with the provider, and is not asked for again and again', async () => {
  held = [eventOf('evt-1', orderOf(1))]
  const down = { ...deps, db: { batch: () => Promise.reject(new Error('gone')) } }
  await expect(runDue(down, everyTenMinutes)).rejects.toThrow('end-checkouts')
  expect([marked, held.length]).toEqual([[], 1])
  await runDue(deps, everyTenMinutes)
  expect([marked, (await stateOf(db)).orders.length]).toEqual([['evt-1'], 1])
})

test('the sandbox holds nothing back', async () => {
  const plain = testDeps(db)
  await runDue(plain, everyTenMinutes)
  expect(plain.logs).toEqual([])
})
