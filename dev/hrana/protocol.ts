import * as z from 'zod'

/** A mistake in the use of the protocol: answered by status 400, and the stream is closed. */
export class ProtocolError extends Error {
  override name = 'ProtocolError'
}

/** A failure that belongs to one request or step and is answered in its place. */
export class SqlError extends Error {
  override name = 'SqlError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** A value in the form in which the `libsql` package binds and returns it. */
export type Value = null | bigint | number | string | Uint8Array

export type WireValue =
  | { type: 'null' }
  | { type: 'integer'; value: string }
  | { type: 'float'; value: number }
  | { type: 'text'; value: string }
  | { type: 'blob'; base64: string }

export interface WireError {
  message: string
  code: string
}

export interface Column {
  name: string
  decltype: string | null
}

export interface StatementResult {
  cols: Column[]
  rows: WireValue[][]
  affected_row_count: number
  last_insert_rowid: string | null
  replication_index: null
}

export interface BatchResult {
  step_results: (StatementResult | null)[]
  step_errors: (WireError | null)[]
  replication_index: null
}

export interface Description {
  params: { name: string | null }[]
  cols: Column[]
  is_explain: boolean
  is_readonly: boolean
}

export type Condition =
  | { type: 'ok' | 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and' | 'or'; conds: Condition[] }
  | { type: 'is_autocommit' }

const int32 = z.int32()
const int64 = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .transform(BigInt)
  .refine((value) => BigInt.asIntN(64, value) === value)

const value = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('null') }),
    z.object({ type: z.literal('integer'), value: int64 }),
    z.object({ type: z.literal('float'), value: z.number() }),
    z.object({ type: z.literal('text'), value: z.string() }),
    z.object({ type: z.literal('blob'), base64: z.string() }),
  ])
  .transform((sent): Value => {
    if (sent.type === 'null') return null
    return sent.type === 'blob' ? Buffer.from(sent.base64, 'base64') : sent.value
  })

const sqlText = z.object({ sql: z.string().nullish(), sql_id: int32.nullish() })

const statement = sqlText.extend({
  args: z.array(value).nullish(),
  named_args: z.array(z.object({ name: z.string(), value })).nullish(),
  want_rows: z.boolean().nullish(),
})

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ type: z.enum(['ok', 'error']), step: int32.nonnegative() }),
    z.object({ type: z.literal('not'), cond: condition }),
    z.object({ type: z.enum(['and', 'or']), conds: z.array(condition) }),
    z.object({ type: z.literal('is_autocommit') }),
  ]),
)

const batch = z.object({ steps: z.array(z.object({ condition: condition.nullish(), stmt: statement })) })

const streamRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('execute'), stmt: statement }),
  z.object({ type: z.literal('batch'), batch }),
  sqlText.extend({ type: z.literal('sequence') }),
  sqlText.extend({ type: z.literal('describe') }),
  z.object({ type: z.literal('store_sql'), sql_id: int32, sql: z.string() }),
  z.object({ type: z.literal('close_sql'), sql_id: int32 }),
  z.object({ type: z.literal('get_autocommit') }),
  z.object({ type: z.literal('close') }),
])

const pipeline = z.object({ baton: z.string().nullish(), requests: z.array(streamRequest) })

export type SqlText = z.infer<typeof sqlText>
export type StatementRequest = z.infer<typeof statement>
export type BatchRequest = z.infer<typeof batch>
export type StreamRequest = z.infer<typeof streamRequest>
export type PipelineRequest = z.infer<typeof pipeline>

/** Reads the body of a pipeline request; whatever is wrong with it is a {@link ProtocolError}. */
export function parsePipeline(body: string): PipelineRequest {
  try {
    return pipeline.parse(JSON.parse(body))
  } catch (error) {
    const detail = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new ProtocolError(`Cannot deserialize client message from JSON: ${detail}`)
  }
}

/** Writes a value of the database in its wire form. */
export function toWire(value: Value): WireValue {
  if (value === null) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  if (typeof value === 'string') return { type: 'text', value }
  return { type: 'blob', base64: Buffer.from(value).toString('base64') }
}

/** The wire form of a failure, or the failure thrown on if it is not one that clients may see. */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof SqlError)) throw error
  return { message: error.message, code: error.code }
}
