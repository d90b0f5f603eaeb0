import type { InStatement, ResultSet } from '@libsql/client'
import { type Connection, isOutage } from './connection.ts'
import type { Write } from './query.ts'

/** Something in the schema said no; `constraint` is its name, or the columns of a unique index, or an expectation. */
export class Violation extends Error {
  override readonly name = 'Violation'
  readonly constraint: string
  constructor(constraint: string, options?: ErrorOptions) {
    super(constraint, options)
    this.constraint = constraint
  }
}

/**
 * Commits one act: all statements or none, in one round trip. Statements stand in the order in which refusals should
 * win; reads may stand among them and are answered in place. With `again`, a batch whose answer was lost is sent once more: only safe where its first statement is an
 * idempotency record. Throws `Violation`.
 */
export async function commit(db: Connection, writes: readonly Write[], again = false): Promise<ResultSet[]> {
  const statements = writes.map((one) => one.statement)
  const send = () => db.batch(statements, 'write')
  try {
    return await send().catch((error: unknown) => {
      if (again && isOutage(error)) return send()
      throw error
    })
  } catch (error) {
    const constraint = violated(error, statements)
    throw constraint ? new Violation(constraint, { cause: error }) : error
  }
}

/** The end of a constraint's message is the same natively and over HTTP; its beginning is not. */
export const constraintIn = (message: string): string | undefined =>
  /(?:^|: )(?:index '([^']+)'|([^:]+))$/.exec(message)?.slice(1).find(Boolean)

function violated(error: unknown, statements: readonly InStatement[]): string | undefined {
  const { code, message, statementIndex } = error as { code?: string; message?: string; statementIndex?: number }
  if (!/^(SQLITE_CONSTRAINT|PROXY_ERROR)/.test(code ?? '')) return undefined
  const name = constraintIn(message ?? '')
  if (name !== 'expectation_failed') return name
  const failed = statements[statementIndex ?? -1] as { args?: unknown[] } | undefined
  return (failed?.args?.[0] as string | undefined) ?? name
}
