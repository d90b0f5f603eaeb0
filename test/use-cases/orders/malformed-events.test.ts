import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { type TestDeps, testDeps } from '../../support/deps.ts'
import { eventOf, itemOf, openShop, orderOf, postBody, postEvents } from '../../support/shop.ts'
import { expectConsistent } from '../../support/shop-state.ts'

let db: TestDatabase
let deps: TestDeps

beforeEach(async () => {
  db = await freshDatabase()
  await openShop(db)
  deps = testDeps(db)
})

const long = 'x'.repeat(10_000)
const deep = JSON.parse(`${'{"a":['.repeat(200)}1${']}'.repeat(200)}`)
const strange = [
  ...[null, true, false, 0, -1, -0, 1.5, 1e20, 1e300, 2 ** 53, -1e300],
  ...[
    '',
    ' ',
    'NaN',
    'Infinity',
    '-1',
    '1e9',
    '0x10',
    '5',
    'null',
    'undefined',
    '\u0000',
    'a\r\nb',
    '\ud800',
    '👩‍💻',
    'ﷺ',
    long,
  ],
  ...["'; drop table orders; --", '<script>alert(1)</script>', '{{x}}', '../../etc/passwd', '%00', '\u202Eexe'],
  ...[[], {}, [[]], [null], { id: null }, { id: long }, { id: 'a' }, { product: 5 }, deep],
]

/** Every place in a value, as a list of keys. */
function placesIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))]
}

/** A copy with another value at a place; `undefined` takes the place out. */
function replaced(value: unknown, [key, ...rest]: (string | number)[], by: unknown): unknown {
  if (key === undefined) return by
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>
  copy[key] = replaced(copy[key], rest, by)
  return copy
}

const whole = (n: number) =>
  eventOf(`evt-${n}`, orderOf(n, { account: { id: 'fs-1', contact: { email: 'b@example.com' }, country: 'GB' } }))

test('any field missing, or holding any strange value, is never trouble and leaves no halves', async () => {
  const places = placesIn(whole(0))
  // A third of all pairs, each value at every third place: all of them pass too, but take seconds.
  const third = (at: number) => [undefined, ...strange.filter((_, i) => (i + at) % 3 === 0)]
  const cases = places.flatMap((place, at) => third(at).map((value) => ({ place, value })))
  const events = cases.map(({ place, value }, n) => replaced(whole(n), place, value))
  for (let i = 0; i < events.length; i += 100) {
    const chunk = events.slice(i, i + 100).map((event) => (event === undefined ? null : event))
    const { status } = await postEvents(deps, ...chunk)
    expect(status).toBe(200)
  }
  expect(deps.logs.filter(({ message }) => message === 'shop event not processed')).toEqual([])
  expect(cases.length).toBeGreaterThan(500)
  await expectConsistent(db)
}, 120_000)

test('any JSON as an event, as its data, or as an item is never trouble', async () => {
  let n = 0
  const json = fc.jsonValue({ maxDepth: 6 })
  await fc.assert(
    fc.asyncProperty(json, json, json, async (event, data, item) => {
      n++
      const answer = await postEvents(
        deps,
        event,
        eventOf(`data-${n}`, data),
        eventOf(`item-${n}`, orderOf(n, { items: [itemOf('pro-10'), item] })),
      )
      expect(answer.status).toBe(200)
    }),
    { numRuns: 150 },
  )
  await expectConsistent(db)
}, 60_000)

test('any text as a body is a 200 or a 400', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.uint8Array()), async (body) => {
      const { status } = await postBody(deps, Buffer.from(body))
      expect([200, 400]).toContain(status)
    }),
    { numRuns: 200 },
  )
})

test('JSON nested a hundred thousand deep is never trouble, wherever it stands', async () => {
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const texts = [
    nested,
    `{"events":${nested}}`,
    `{"events":[{"id":"evt-1","type":"order.completed","data":${nested}}]}`,
    `{"events":[{"id":"evt-2","type":"order.completed","data":{"items":${nested}}}]}`,
    `{"x":${nested},"events":[]}`,
  ]
  const answers = []
  for (const text of texts) answers.push((await postBody(deps, Buffer.from(text))).status)
  expect(answers).toEqual([400, 200, 200, 200, 200])
  await expectConsistent(db)
})
