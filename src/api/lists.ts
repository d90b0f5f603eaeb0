import type { Context } from 'hono'
import * as z from 'zod'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { HttpContext } from '#src/http/context.ts'
import { type Column, chunkSize, csvResponse } from '#src/http/csv.ts'
import { fieldErrors } from '#src/http/input.ts'
import { type List, type Page, readPage } from '#src/http/lists/list.ts'

const limitError = 'Ask for 1 to 100 rows'

/** What the query of every list says beside its filter. */
export const pageFields = {
  limit: z.coerce.number(limitError).int(limitError).min(1, limitError).max(100, limitError).default(25),
  cursor: z.string().max(1000, 'Use a cursor as it was given').optional(),
  format: z.enum(['json', 'csv'], 'Choose one of json, csv').optional(),
}

/** The query of a list; an empty value is one left out. Refuses `invalid-query`, names it does not know too. */
export function listQuery<S extends z.ZodType>(c: HttpContext, schema: S): z.output<S> {
  const given = Object.entries(c.req.query()).filter(([, value]) => value !== '')
  const parsed = schema.safeParse(Object.fromEntries(given))
  return parsed.success ? parsed.data : refuse({ code: 'invalid-query', errors: fieldErrors(parsed.error) })
}

type ListAnswer<Row> = {
  readonly name: string
  readonly page: Page
  readonly format: 'json' | 'csv' | undefined
  readonly shape: (row: Row) => object
  readonly columns: readonly Column<Row>[]
}

/**
 * A page of a list, `{ data, nextCursor }` with a `Link` to the next; or all of it as CSV, from the cursor on where one
 * is given. Each line of the CSV ends with its cursor, so that a download that was cut goes on behind its last line.
 */
export async function answerList<Row>(c: HttpContext, list: List<Row>, answer: ListAnswer<Row>): Promise<Response> {
  c.header('Vary', 'Accept')
  if (wantsCsv(c, answer.format)) {
    const name = `${answer.name}-${dayOf(c.var.deps.now())}.csv`
    const columns = [...answer.columns, ['cursor', (row: Row) => list.cursorAfter(row)] as const]
    const next = (cursor: string | null) => readPage(c, list, { limit: chunkSize, cursor })
    return csvResponse(c, name, columns, next, answer.page.cursor)
  }
  const { rows, nextCursor } = await readPage(c, list, answer.page)
  if (nextCursor !== null) c.header('Link', `<${withCursor(c, nextCursor)}>; rel="next"`)
  return c.json({ data: rows.map(answer.shape), nextCursor })
}

const wantsCsv = (c: Context, format: 'json' | 'csv' | undefined): boolean =>
  format === undefined ? /\btext\/csv\b/i.test(c.req.header('accept') ?? '') : format === 'csv'

function withCursor(c: Context, cursor: string): string {
  const url = new URL(c.req.url)
  url.searchParams.set('cursor', cursor)
  return url.href
}
