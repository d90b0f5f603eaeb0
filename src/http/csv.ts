import { csvLines } from '#src/gateways/csv.ts'
import type { HttpContext } from './context.ts'
import { fileResponse } from './files.ts'

/** A column of a download: its heading and what stands in it for a row. */
export type Column<Row> = readonly [heading: string, of: (row: Row) => string | number | null]

/** The next rows of a list and where it goes on; `null` when it ends. */
export type NextChunk<Row> = (cursor: string | null) => Promise<{ rows: readonly Row[]; nextCursor: string | null }>

/** How many rows of a download are read at once: a million rows stay far below the subrequests a Worker may make. */
export const chunkSize = 2000

/**
 * A list as a CSV file (RFC 4180, UTF-8 with BOM), streamed chunk by chunk as fast as it is taken. The first chunk is
 * read before the answer begins, so that a refusal is still an answer of its own; a fault later cuts the file off.
 */
export async function csvResponse<Row>(
  c: HttpContext,
  filename: string,
  columns: readonly Column<Row>[],
  nextChunk: NextChunk<Row>,
  cursor: string | null = null,
): Promise<Response> {
  const encoder = new TextEncoder()
  const headings = csvLines([columns.map(([heading]) => heading)])
  let chunk = await nextChunk(cursor)
  let begun = false
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (begun && chunk.nextCursor !== null) chunk = await nextChunk(chunk.nextCursor)
      const lines = csvLines(chunk.rows.map((row) => columns.map(([, of]) => of(row))))
      controller.enqueue(encoder.encode(begun ? lines : `\uFEFF${headings}${lines}`))
      begun = true
      if (chunk.nextCursor === null) controller.close()
    },
  })
  return fileResponse(c, filename, body)
}
