/**
 * libSQL for development and tests: the embedded `libsql` package served over HTTP as Turso serves it, because a Worker
 * can reach libSQL in no other way. Speaks version 2 of the Hrana protocol, which is what `@libsql/client` asks for.
 *
 *     node dev/libsql-server.ts [--port 8080] [file]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { Connection } from './hrana/connection.ts'
import { runPipeline } from './hrana/pipeline.ts'
import { ProtocolError, parsePipeline, SqlError, toWireError } from './hrana/protocol.ts'
import { Streams } from './hrana/streams.ts'
import { WriteLock } from './hrana/write-lock.ts'

const IDLE_MS = 10_000
const TRANSACTION_MS = 5_000
const MAX_BODY_BYTES = 10 * 1024 * 1024

export interface LibsqlServerOptions {
  /** Path of the database file, made if missing, or `:memory:` for one that goes away with the server. */
  file: string
  /** 0, the default, takes any free port. */
  port?: number
  host?: '127.0.0.1'
  /** How long a stream may rest between two requests. */
  idleMs?: number
  /** How long a write transaction may stay open. */
  transactionMs?: number
}

export interface LibsqlServer {
  url: string
  port: number
  /** Ends all streams, writes the log back into the file and frees the port. */
  close(): Promise<void>
}

/** Serves a database file on the loopback interface. */
export async function startLibsqlServer(options: LibsqlServerOptions): Promise<LibsqlServer> {
  const { port = 0, host = '127.0.0.1', idleMs = IDLE_MS, transactionMs = TRANSACTION_MS } = options
  const storage = openStorage(options.file)
  const streams = new Streams({ file: storage.file, lock: new WriteLock(), transactionMs }, idleMs)
  const server = createServer((request, response) => {
    void answer(request, streams).then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
    })
  })
  const shutDown = async () => {
    await stop(server)
    streams.closeAll()
    storage.close()
  }
  let closing: Promise<void> | undefined
  try {
    const bound = await listen(server, port, host)
    return { url: `http://${host}:${bound}`, port: bound, close: () => (closing ??= shutDown()) }
  } catch (error) {
    storage.close()
    throw error
  }
}

interface Storage {
  file: string
  close(): void
}

/** Keeps one connection open, or the write-ahead log would be made anew whenever no stream is open. */
function openStorage(file: string): Storage {
  const temporary = file === ':memory:' ? mkdtempSync(join(tmpdir(), 'portico-')) : undefined
  const path = temporary ? join(temporary, 'memory.db') : file
  mkdirSync(dirname(path), { recursive: true })
  const keeper = new Connection(path)
  keeper.executeScript('pragma journal_mode = wal; select 1 from sqlite_schema') // it opens the log at its first read
  const close = () => {
    keeper.executeScript('pragma busy_timeout = 0; pragma wal_checkpoint(truncate)')
    keeper.close()
    if (temporary) rmSync(temporary, { recursive: true, force: true })
  }
  return { file: path, close }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

interface Answer {
  status: number
  type: 'text/plain' | 'application/json'
  body: string
}

/** Never rejects: what goes wrong is an answer as well, without inner details. */
async function answer(request: IncomingMessage, streams: Streams): Promise<Answer> {
  try {
    return await route(request, streams)
  } catch (error) {
    if (error instanceof ProtocolError) return text(400, error.message)
    if (error instanceof SqlError) return json(400, toWireError(error))
    console.error(error)
    return text(500, 'Internal server error')
  }
}

async function route(request: IncomingMessage, streams: Streams): Promise<Answer> {
  // The next two keep the pages of a browser on the same machine out: a name that points here, and a plain form post.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) return text(403, 'Unknown host')
  switch (`${request.method} ${request.url}`) {
    case 'GET /health':
      return text(200, 'OK')
    case 'GET /v2':
      return text(200, 'Hello, this is HTTP API v2 (Hrana over HTTP)')
    case 'POST /v2/pipeline': {
      if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return text(415, 'Send application/json')
      const body = await readBody(request)
      if (body === undefined) return text(413, `A request may have at most ${MAX_BODY_BYTES} bytes`)
      return json(200, await runPipeline(streams, parsePipeline(body)))
    }
    default:
      return text(404, 'Not found')
  }
}

/** The body, or undefined if it is too large. It is read to its end either way, or the client would not see the answer. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      size += chunk.length
      if (size <= MAX_BODY_BYTES) chunks.push(chunk)
    }
  } catch {
    throw new ProtocolError('Could not read request body')
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString() : undefined
}

function text(status: number, body: string): Answer {
  return { status, type: 'text/plain', body }
}

function json(status: number, value: object): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value) }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { port: { type: 'string', default: '8080' } },
    allowPositionals: true,
  })
  const server = await startLibsqlServer({ file: positionals[0] ?? ':memory:', port: Number(values.port) })
  console.log(server.url)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close())
}
