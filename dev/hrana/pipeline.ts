import {
  type BatchRequest,
  type BatchResult,
  type Condition,
  type PipelineRequest,
  ProtocolError,
  type StatementRequest,
  type StatementResult,
  type StreamRequest,
  toWireError,
  type WireError,
} from './protocol.ts'
import type { Stream } from './stream.ts'
import type { Streams } from './streams.ts'

/** Neither when the step was skipped. */
interface StepOutcome {
  result?: StatementResult
  error?: WireError
}

type StreamResult = { type: 'ok'; response: object } | { type: 'error'; error: WireError }

/** The answer to `POST /v2/pipeline`. */
export interface PipelineResponse {
  baton: string | null
  base_url: null
  results: StreamResult[]
}

/** Runs the requests of a pipeline one after the other on their stream; an unexpected failure closes it. */
export async function runPipeline(streams: Streams, { baton, requests }: PipelineRequest): Promise<PipelineResponse> {
  const stream = streams.take(baton)
  try {
    const results: StreamResult[] = []
    let closed = false
    for (const request of requests) {
      if (closed) throw new ProtocolError('Stream for this baton was closed')
      results.push(await answer(stream, request))
      closed = request.type === 'close'
    }
    stream.settle()
    if (closed) streams.close(stream)
    return { baton: closed ? null : streams.release(stream), base_url: null, results }
  } catch (error) {
    streams.close(stream)
    throw error
  }
}

async function answer(stream: Stream, request: StreamRequest): Promise<StreamResult> {
  try {
    return { type: 'ok', response: { type: request.type, ...(await perform(stream, request)) } }
  } catch (error) {
    return { type: 'error', error: toWireError(error) }
  }
}

async function perform(stream: Stream, request: StreamRequest): Promise<object> {
  switch (request.type) {
    case 'execute':
      return { result: await stream.execute(request.stmt) }
    case 'batch':
      return { result: await runBatch(stream, request.batch) }
    case 'describe':
      return { result: await stream.describe(request) }
    case 'get_autocommit':
      return { is_autocommit: stream.autocommit }
    case 'sequence':
      await stream.sequence(request)
      return {}
    case 'store_sql':
      stream.storeText(request.sql_id, request.sql)
      return {}
    case 'close_sql':
      stream.dropText(request.sql_id)
      return {}
    case 'close':
      return {}
  }
}

async function runBatch(stream: Stream, { steps }: BatchRequest): Promise<BatchResult> {
  const result: BatchResult = { step_results: [], step_errors: [], replication_index: null }
  for (const { condition, stmt } of steps) {
    const wanted = !condition || holds(condition, result, stream)
    const outcome: StepOutcome = wanted ? await runStep(stream, stmt) : {}
    result.step_results.push(outcome.result ?? null)
    result.step_errors.push(outcome.error ?? null)
  }
  return result
}

async function runStep(stream: Stream, stmt: StatementRequest): Promise<StepOutcome> {
  try {
    return { result: await stream.execute(stmt) }
  } catch (error) {
    return { error: toWireError(error) }
  }
}

/** Whether the condition of a step holds. A step that was skipped is neither `ok` nor `error`. */
function holds(condition: Condition, done: BatchResult, stream: Stream): boolean {
  switch (condition.type) {
    case 'ok':
    case 'error': {
      const outcomes = condition.type === 'ok' ? done.step_results : done.step_errors
      if (condition.step >= outcomes.length) throw new ProtocolError('Invalid reference to step in a batch condition')
      return outcomes[condition.step] !== null
    }
    case 'not':
      return !holds(condition.cond, done, stream)
    case 'and':
      return condition.conds.every((part) => holds(part, done, stream))
    case 'or':
      return condition.conds.some((part) => holds(part, done, stream))
    case 'is_autocommit':
      return stream.autocommit
  }
}
