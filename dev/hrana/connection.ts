import Database from 'libsql'
import { type Column, type Description, SqlError, type StatementResult, toWire, type Value } from './protocol.ts'
import type { Statement } from './sql.ts'

const BUSY_TIMEOUT_MS = 5_000
const CHANGING = new Set(['INSERT', 'REPLACE', 'UPDATE', 'DELETE'])
const INSERTING = new Set(['INSERT', 'REPLACE'])
/** SQLite's primary result codes, each at its own number. */
const BASE_CODES =
  'OK ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL CANTOPEN PROTOCOL EMPTY SCHEMA TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE NOTADB'.split(
    ' ',
  )

type Prepared = ReturnType<Database.Database['prepare']>

/** One connection to the database file, with the habits of the embedded library kept inside. */
export class Connection {
  readonly #db: Database.Database
  #open = true
  #spoiled = false
  #counters: Prepared | undefined

  constructor(file: string) {
    this.#db = new Database(file, { timeout: BUSY_TIMEOUT_MS })
    this.#db.defaultSafeIntegers(true)
    this.#db.exec('pragma foreign_keys = on; pragma synchronous = normal')
  }

  get inTransaction(): boolean {
    return this.#open && this.#db.inTransaction // on a closed database the property aborts the process
  }

  /**
   * Whether SQLite answered "busy". The statement that got this answer stays open until it is garbage collected and
   * pins its snapshot, so that later writes on this connection would fail too: it must not be used again.
   */
  get spoiled(): boolean {
    return this.#spoiled
  }

  /** Runs one statement to its end. */
  execute(sql: string, statement: Statement, args: Value[], wantRows: boolean): StatementResult {
    return this.#translated(() => {
      const prepared = this.#db.prepare(sql)
      const { cols, rows } = prepared.reader ? read(prepared, statement, args) : write(prepared, args)
      const [changes, rowid] = CHANGING.has(statement.verb) && !statement.explain ? this.#counts() : [0n, 0n]
      return {
        cols,
        rows: wantRows ? rows.map((row) => row.map(toWire)) : [],
        affected_row_count: Number(changes),
        last_insert_rowid: INSERTING.has(statement.verb) && !statement.explain ? String(rowid) : null,
        replication_index: null,
      }
    })
  }

  /** Runs a script up to its first failing statement. */
  executeScript(sql: string): void {
    this.#translated(() => this.#db.exec(sql))
  }

  describe(sql: string, statement: Statement): Description {
    return this.#translated(() => ({
      params: statement.params.map((name) => ({ name })),
      cols: columnsOf(this.#db.prepare(sql)),
      is_explain: statement.explain,
      is_readonly: !statement.writes,
    }))
  }

  /** Rolls back what is open, since a closed connection would hold its locks until it is garbage collected. */
  close(): void {
    if (!this.#open) return
    this.#open = false
    try {
      if (this.#db.inTransaction) this.#db.exec('rollback')
    } finally {
      this.#db.close()
    }
  }

  /** Not taken from `run()`, whose row id is a float and which cannot be used for RETURNING. */
  #counts(): [changes: bigint, rowid: bigint] {
    this.#counters ??= this.#db.prepare('select changes(), last_insert_rowid()').raw()
    return (this.#counters.all([]) as [bigint, bigint][])[0] ?? [0n, 0n]
  }

  #translated<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error
      const code = `SQLITE_${BASE_CODES[(error.rawCode ?? 1) & 0xff] ?? 'UNKNOWN'}`
      this.#spoiled ||= code === 'SQLITE_BUSY'
      throw new SqlError(code, `SQLite error: ${error.message}`)
    }
  }
}

interface Rows {
  cols: Column[]
  rows: Value[][]
}

function read(prepared: Prepared, statement: Statement, args: Value[]): Rows {
  const cols = columnsOf(prepared)
  const rows = prepared.raw().all(args) as Value[][]
  if (statement.explain) prepared.get(args) // EXPLAIN stays open after its last row; get() resets it
  return { cols, rows }
}

function write(prepared: Prepared, args: Value[]): Rows {
  prepared.run(args)
  return { cols: [], rows: [] }
}

function columnsOf(prepared: Prepared): Column[] {
  return prepared.columns().map(({ name, type }) => ({ name, decltype: type }))
}
