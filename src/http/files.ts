import type { HttpContext } from './context.ts'

const types: Record<string, string> = { csv: 'text/csv; charset=utf-8', pdf: 'application/pdf' }

/** An answer that is saved as a file; its type follows from how its name ends. */
export const fileResponse = (
  c: HttpContext,
  name: string,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
): Response =>
  c.body(body, 200, {
    'Content-Type': types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${name}"`,
  })
