import type { InStatement, ResultSet } from '@libsql/client'
import { createClient } from '@libsql/client/http'

/** One way in: a batch of statements, answered together. Nothing in `src/` opens a transaction any other way. */
export type Connection = { batch(statements: InStatement[], mode: 'read' | 'write'): Promise<ResultSet[]> }

/** The database did not answer, or not in time, or not in its own language. Whether a write happened is not known. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

/**
 * How long a batch may take, in milliseconds (`threats.md`, D2). A read is given up a little before 2 s, so that the page
 * that says so is there within them.
 */
export const patience = { read: 1900, write: 5000 } as const

/**
 * A libSQL database over Hrana. A client is made for each batch: it costs microseconds and no round trip, and a client
 * shared by requests hangs workerd. `fetch` and the patience can be replaced by tests.
 */
export function connect(
  address: { url: string; authToken?: string | undefined },
  fetcher = fetch,
  within: Record<'read' | 'write', number> = patience,
): Connection {
  return {
    async batch(statements, mode) {
      const signal = AbortSignal.timeout(within[mode])
      const client = createClient({
        url: address.url,
        ...(address.authToken ? { authToken: address.authToken } : {}),
        fetch: (request: Request) => answered(fetcher, request, signal),
      })
      try {
        return await client.batch(statements, mode)
      } catch (error) {
        const constraint = /^PROXY_ERROR/.test((error as { code?: string }).code ?? '')
        throw isOutage(error) && !constraint
          ? new DatabaseUnavailable('The database did not answer', { cause: error })
          : error
      } finally {
        client.close()
      }
    },
  }
}

/** Fetches within the time given, and refuses an answer that is not JSON: a gateway's page is never parsed. */
async function answered(fetcher: typeof fetch, request: Request, signal: AbortSignal): Promise<Response> {
  const response = await fetcher(request, { signal })
  if (response.status >= 500 || !response.headers.get('content-type')?.includes('json')) {
    await response.body?.cancel()
    throw new DatabaseUnavailable(`The database answered ${response.status}`)
  }
  return new Response(await response.arrayBuffer(), response)
}

/**
 * Errors that say nothing of the statements: no code or a number (a timeout's), a server's error, a busy or broken file,
 * a forgotten stream.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true
  const { code } = error as { code?: unknown }
  return (
    typeof code !== 'string' ||
    !code.startsWith('SQLITE_') ||
    /^SQLITE_(BUSY|IOERR|CORRUPT|NOTADB|FULL|CANTOPEN)/.test(code)
  )
}
