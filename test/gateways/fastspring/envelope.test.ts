import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventsOf } from '#src/gateways/fastspring/envelope.ts'
import { elementTexts } from '#src/gateways/fastspring/event-texts.ts'
import { bodyOf, eventOf } from '../../support/shop.ts'

const events = (text: string) => eventsOf(Buffer.from(text))

test('every event of a post keeps its own text, to the letter', () => {
  const first = '{ "id": "a", "type":"x.y", "total": 1.10000000000000000000001, "unknown": [ {"events": []} ] }'
  const second = '{"id":"b","type":"z","note":"a \\" ] } , \\\\"}'
  expect(events(`{"events": [\n ${first} ,\t${second} ], "more": {"events": [1]}}`)?.map(({ text }) => text)).toEqual([
    first,
    second,
  ])
})

test('element texts agree with JSON.parse for any JSON, however it is spaced', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue()),
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.constantFrom(undefined, 1, '\t'),
      (elements, more, space) => {
        const text = JSON.stringify({ ...more, events: elements, last: 'events' }, null, space)
        expect(elementTexts(text, 'events').map((one) => JSON.parse(one))).toEqual(JSON.parse(text).events)
      },
    ),
  )
})

test('of a repeated key the last counts, as in JSON.parse', () => {
  expect(elementTexts('{"events":[1,2],"events":[3]}', 'events')).toEqual(['3'])
  expect(elementTexts('{"events":[1],"\\u0065vents":[2]}', 'events')).toEqual(['2'])
  expect(events('{"events":[1],"events":5}')).toBeNull()
})

test('a lone event counts as a post of one', () => {
  const [event, ...rest] = events('{"id":"a","type":"subscription.activated","live":false,"data":{"id":"s"}}') ?? []
  expect(event).toMatchObject({ id: 'a', type: 'subscription.activated', live: false, unreadable: null })
  expect(rest).toEqual([])
})

test('what is no post of events is told from an empty one', () => {
  expect(events('{"events":[]}')).toEqual([])
  const bodies = [
    '',
    ' ',
    'null',
    '5',
    '"events"',
    '[]',
    '{}',
    '{"events":{}}',
    '{"events":null}',
    '{"events":[',
    'x=1',
  ]
  for (const body of bodies) expect(events(body), body).toBeNull()
  expect(eventsOf(Uint8Array.from([0x7b, 0xff, 0x7d]))).toBeNull()
})

test('an event that is no event says why', () => {
  const strange = [5, null, 'text', [], {}, { id: 'a' }, { id: 7, type: 'x' }, { id: 'two\nlines', type: 'x' }]
  expect(eventsOf(bodyOf(...strange))?.map(({ id, unreadable }) => [id, unreadable])).toEqual([
    [null, 'not an object'],
    [null, 'not an object'],
    [null, 'not an object'],
    [null, 'not an object'],
    [null, 'no id'],
    ['a', 'no type'],
    [null, 'no id'],
    [null, 'no id'],
  ])
})

test('a post nested a hundred thousand deep is read', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const [event] = events(`{"events":[{"id":"a","type":"x.y","data":${deep}}]}`) ?? []
  expect(event).toMatchObject({ id: 'a', type: 'x.y', unreadable: null })
})

test('when an event was made is read in milliseconds, or not at all', () => {
  const made = (created: unknown) => eventsOf(bodyOf(eventOf('a', {}, { created })))?.[0]?.createdAt ?? null
  expect(made(1555170640394)).toEqual(new Date(1555170640394))
  for (const created of [null, '1555170640394', -1, 1e300, 1555170640, {}]) expect(made(created)).toBeNull()
})
