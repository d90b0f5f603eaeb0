import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { HttpEnv } from '#src/http/context.ts'
import { csvResponse, type NextChunk } from '#src/http/csv.ts'

type Row = { text: string }

async function download(next: NextChunk<Row>): Promise<Response> {
  const app = new Hono<HttpEnv>().get('/', (c) => csvResponse(c, 'x.csv', [['Text', (row) => row.text]], next))
  return app.request('/')
}

const oneChunk = (rows: Row[]) => download(async () => ({ rows, nextCursor: null }))
const cellsOf = async (response: Response) =>
  (parse(await response.text(), { bom: true, from_line: 2 }) as string[][]).map(([cell]) => cell)

test('I1 any text comes back as it was, but for a quote before what would be a formula', async () => {
  const texts = fc.array(
    fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('=1+1', '-2', '＝A1', '"', ',', '\r\n')),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  await fc.assert(
    fc.asyncProperty(texts, async (some) => {
      const kept = some.map((text) => text.toWellFormed().replaceAll('\0', '')).filter((text) => text !== '')
      const cells = await cellsOf(await oneChunk(kept.map((text) => ({ text }))))
      expect(cells).toEqual(kept.map((text) => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text)))
    }),
    { numRuns: 200 },
  )
})

test('B10 chunks are read one by one, as they are taken', async () => {
  const asked: (string | null)[] = []
  const response = await download(async (cursor) => {
    asked.push(cursor)
    const n = Number(cursor ?? 0)
    return { rows: [{ text: `row ${n}` }], nextCursor: n < 50 ? String(n + 1) : null }
  })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  await reader.read()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(asked.length).toBeLessThan(5)
  let chunk = await reader.read()
  while (!chunk.done) chunk = await reader.read()
  expect(asked.length).toBe(51)
})

test('an empty list is its headings', async () => {
  expect(await (await oneChunk([])).text()).toBe('\uFEFFText\r\n'.replace('\uFEFF', ''))
})
