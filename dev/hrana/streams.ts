import { randomBytes } from 'node:crypto'
import { ProtocolError, SqlError } from './protocol.ts'
import { type SharedDatabase, Stream } from './stream.ts'

/** How long the baton of an ended stream is told why it ended. */
const REMEMBER_MS = 300_000

/** The open streams of a server, each known to its client by a baton that is good for one request. */
export class Streams {
  readonly #database: SharedDatabase
  readonly #idleMs: number
  readonly #open = new Set<Stream>()
  readonly #resting = new Map<string, { stream: Stream; timer: NodeJS.Timeout }>()

  constructor(database: SharedDatabase, idleMs: number) {
    this.#database = database
    this.#idleMs = idleMs
  }

  /** A new stream, or the one a baton stands for; whoever takes it must {@link release} it. */
  take(baton: string | null | undefined): Stream {
    if (typeof baton !== 'string') {
      const stream = new Stream(this.#database)
      this.#open.add(stream)
      return stream
    }
    const resting = this.#resting.get(baton)
    if (!resting) throw new ProtocolError('Received an invalid baton')
    if (resting.stream.ended) throw resting.stream.ended
    clearTimeout(resting.timer)
    this.#resting.delete(baton)
    return resting.stream
  }

  /** Gives a stream back and returns the baton for its next request. */
  release(stream: Stream): string {
    const baton = randomBytes(32).toString('base64url')
    const expire = () => {
      this.#close(stream, new SqlError('STREAM_EXPIRED', 'The stream has expired due to inactivity'))
      setTimeout(() => this.#resting.delete(baton), REMEMBER_MS).unref()
    }
    this.#resting.set(baton, { stream, timer: setTimeout(expire, this.#idleMs).unref() })
    return baton
  }

  close(stream: Stream): void {
    this.#close(stream, new SqlError('STREAM_CLOSED', 'The stream was closed'))
  }

  closeAll(): void {
    for (const { timer } of this.#resting.values()) clearTimeout(timer)
    this.#resting.clear()
    for (const stream of this.#open) this.close(stream)
  }

  #close(stream: Stream, reason: SqlError): void {
    this.#open.delete(stream)
    stream.end(reason)
  }
}
