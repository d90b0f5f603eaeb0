import { Connection } from './connection.ts'
import {
  type Description,
  ProtocolError,
  SqlError,
  type SqlText,
  type StatementRequest,
  type StatementResult,
  type Value,
} from './protocol.ts'
import { parseScript, type Statement } from './sql.ts'
import type { WriteLock } from './write-lock.ts'

const MAX_STORED_TEXTS = 50
const MAX_STORED_LENGTH = 5_000

/** What the streams of a server share. */
export interface SharedDatabase {
  file: string
  lock: WriteLock
  /** How long a write transaction may stay open. */
  transactionMs: number
}

/** A Hrana stream: a connection of its own, the SQL texts stored for it, and perhaps the right to write. */
export class Stream {
  readonly #database: SharedDatabase
  readonly #texts = new Map<number, string>()
  #connection: Connection | undefined
  #deadline: NodeJS.Timeout | undefined
  #ended: SqlError | undefined

  constructor(database: SharedDatabase) {
    this.#database = database
  }

  /** Why the stream was ended; undefined while it lives. */
  get ended(): SqlError | undefined {
    return this.#ended
  }

  get autocommit(): boolean {
    return !this.#connection?.inTransaction
  }

  async execute(request: StatementRequest): Promise<StatementResult> {
    const sql = this.#textOf(request)
    const statement = singleStatement(sql)
    const args = bind(statement, request)
    return await this.#run(statement.writes, (connection) =>
      connection.execute(sql, statement, args, request.want_rows ?? true),
    )
  }

  async sequence(request: SqlText): Promise<void> {
    const sql = this.#textOf(request)
    const writes = parseScript(sql).some((statement) => statement.writes)
    await this.#run(writes, (connection) => connection.executeScript(sql))
  }

  async describe(request: SqlText): Promise<Description> {
    const sql = this.#textOf(request)
    const statement = singleStatement(sql)
    return await this.#run(false, (connection) => connection.describe(sql, statement))
  }

  storeText(id: number, sql: string): void {
    if (this.#texts.has(id)) throw new ProtocolError(`SQL text ${id} already exists`)
    if (this.#texts.size >= MAX_STORED_TEXTS) {
      throw new SqlError('SQL_STORE_TOO_MANY', `The server already stores ${MAX_STORED_TEXTS} SQL texts`)
    }
    if (sql.length > MAX_STORED_LENGTH) {
      throw new SqlError('SQL_STORE_TOO_LARGE', `The statement is too large to be stored: ${sql.length} characters`)
    }
    this.#texts.set(id, sql)
  }

  dropText(id: number): void {
    this.#texts.delete(id)
  }

  /** Ends a round of requests: a connection that was told "busy" is replaced, or the stream ended with its transaction. */
  settle(): void {
    if (!this.#connection?.spoiled) return
    if (this.autocommit) this.#disconnect()
    else this.end(new SqlError('SQLITE_BUSY', 'The stream was closed after SQLITE_BUSY'))
  }

  /** Rolls back, closes the connection and lets the next writer in; later use is refused for the given reason. */
  end(reason: SqlError): void {
    this.#ended ??= reason
    try {
      this.#disconnect()
    } catch (error) {
      console.error(error) // nobody else hears of it: streams are ended by timers, too
    } finally {
      this.#yieldLock()
    }
  }

  #disconnect(): void {
    const connection = this.#connection
    this.#connection = undefined
    connection?.close()
  }

  async #run<T>(writes: boolean, act: (connection: Connection) => T): Promise<T> {
    if (writes && this.#deadline === undefined) await this.#takeLock()
    if (this.#ended) throw this.#ended
    try {
      this.#connection ??= new Connection(this.#database.file)
      return act(this.#connection)
    } finally {
      if (this.autocommit) this.#yieldLock()
    }
  }

  async #takeLock(): Promise<void> {
    await this.#database.lock.acquire()
    const timeout = new SqlError('TRANSACTION_TIMEOUT', 'Transaction timed out')
    this.#deadline = setTimeout(() => this.end(timeout), this.#database.transactionMs).unref()
    if (this.#ended) this.#yieldLock()
  }

  #yieldLock(): void {
    if (this.#deadline === undefined) return
    clearTimeout(this.#deadline)
    this.#deadline = undefined
    this.#database.lock.release()
  }

  #textOf({ sql, sql_id: id }: SqlText): string {
    if (typeof sql === 'string' && typeof id === 'number') {
      throw new ProtocolError('Either `sql` or `sql_id` are required, but not both')
    }
    const text = sql ?? (typeof id === 'number' ? this.#texts.get(id) : undefined)
    if (text !== undefined) return text
    throw new ProtocolError(
      typeof id === 'number' ? `SQL text ${id} not found` : 'Either `sql` or `sql_id` are required',
    )
  }
}

function singleStatement(sql: string): Statement {
  const [statement, second] = parseScript(sql)
  if (!statement) throw new SqlError('SQL_NO_STATEMENT', 'SQL string does not contain any statement')
  if (second) throw new SqlError('SQL_MANY_STATEMENTS', 'SQL string contains more than one statement')
  return statement
}

/** The values for all parameters in their order. The embedded library would bind NULL where one is missing. */
function bind({ params, explain }: Statement, request: StatementRequest): Value[] {
  const args = request.args ?? []
  const named = new Map((request.named_args ?? []).map(({ name, value }) => [name, value]))
  if (args.length > 0 && named.size > 0) {
    throw new SqlError(
      'ARGS_BOTH_POSITIONAL_AND_NAMED',
      'Specifying both positional and named arguments is not supported',
    )
  }
  const given = args.length + named.size
  if (given > params.length) throw argsInvalid(`too many parameters, expected ${params.length} found ${given}`)
  return params.map((name, index) => {
    const isNamed = name !== null && !name.startsWith('?')
    const value = isNamed ? (named.has(name) ? named.get(name) : named.get(name.slice(1))) : args[index]
    if (value === undefined && !explain) throw argsInvalid(`value for parameter ${name ?? index + 1} not found`)
    return value ?? null
  })
}

function argsInvalid(detail: string): SqlError {
  return new SqlError('ARGS_INVALID', `Arguments do not match SQL parameters: ${detail}`)
}
