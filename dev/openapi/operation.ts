import type * as z from 'zod'
import type { ProblemCode } from '#src/api/problem-words.ts'

/** A shape that answers and bodies are made of; its name stands under `components`. */
export type Shape = { readonly name: string; readonly schema: z.ZodType; readonly example?: unknown }

type Words<S> = S extends z.ZodObject<infer Fields> ? { readonly [K in keyof Fields]: string } : never

type Said<S extends z.ZodObject = z.ZodObject> = {
  readonly schema: S
  readonly words: { readonly [name: string]: string }
}

/** The query of a call by its schema, with words for every parameter of it. */
export const queryOf = <S extends z.ZodObject>(schema: S, words: Words<S>): Said<S> => ({ schema, words })

export type HeaderName = 'If-Match' | 'If-Match?' | 'If-None-Match' | 'Idempotency-Key'

export type AnswerHeader = 'ETag' | 'Link' | 'Next-Check-In' | 'Portico-Signature'

export type Answered = {
  readonly status: number
  readonly description: string
  readonly shape?: Shape
  readonly csv?: boolean
  /** Whether it is bytes to be saved. */
  readonly file?: boolean
  /** Whether `Accept: text/plain` gets it as a fact a line. */
  readonly text?: boolean
  readonly headers?: readonly AnswerHeader[]
}

/** A call of the API as the document tells it; everything the Worker does not need to know. */
export type Operation = {
  readonly id: string
  readonly tag: string
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  readonly path: string
  readonly summary: string
  readonly description: string
  /** Whether it is answered without a key. */
  readonly open?: boolean
  /** What else than an API key opens it. */
  readonly opens?: 'token' | 'token or key'
  readonly inPath?: { readonly [name: string]: string }
  readonly query?: Said
  /** A trailing `?` where the header may be left out. */
  readonly headers?: readonly HeaderName[]
  readonly body?: Shape
  readonly answers: readonly Answered[]
  readonly problems: readonly ProblemCode[]
  readonly curl: string
}

/** What every list says of its page. */
export const pageWords = {
  limit: 'How many rows a page holds.',
  cursor: 'The `nextCursor` of the page before, or the last `cursor` of a CSV that was cut off.',
  format: '`csv` streams everything the filter finds, whatever the limit; so does `Accept: text/csv`.',
}
