import * as z from 'zod'
import { elementTexts } from './event-texts.ts'
import { instantIn } from './values.ts'

/** The provider's name in the rows of the database. */
export const fastspring = 'fastspring'

/** One event of a post. `unreadable` says why it cannot even be told what it is. */
export type ProviderEvent = {
  /** The provider's id; `null` where it gave none that can be answered with. */
  readonly id: string | null
  readonly type: string
  readonly live: boolean
  /** When the provider made it; `null` where it does not say. */
  readonly createdAt: Date | null
  /** What the event is about, to be read by its type. */
  readonly data: unknown
  /** The event's own JSON text, as received. */
  readonly text: string
  readonly unreadable: string | null
}

const envelope = z.object({ events: z.array(z.unknown()) })
const lone = z.object({ id: z.string(), type: z.string(), data: z.object({}) })
const anything = z.unknown().optional()
const event = z.object({ id: anything, type: anything, live: anything, created: anything, data: anything })
// An id is answered with, one to a line, so it has neither blanks nor line breaks.
const eventId = z.string().regex(/^[\x21-\x7e]{1,200}$/)
const eventType = z.string().regex(/^[\w.-]{1,100}$/)

/**
 * The events of a post, each with its own text. A single event without an envelope counts as a post of one. `null`:
 * the body is not UTF-8, not JSON, or neither of the two.
 */
export function eventsOf(body: Uint8Array): ProviderEvent[] | null {
  const text = decoded(body)
  if (text === null) return null
  const post = parsed(text)
  if (envelope.safeParse(post).success) return elementTexts(text, 'events').map(eventOf)
  return lone.safeParse(post).success ? [eventOf(text.trim())] : null
}

function eventOf(text: string): ProviderEvent {
  const { success, data: given } = event.safeParse(parsed(text))
  const id = eventId.safeParse(given?.id).data ?? null
  const type = eventType.safeParse(given?.type).data
  return {
    id,
    type: type ?? 'unknown',
    live: given?.live !== false,
    createdAt: instantIn(given?.created),
    data: given?.data,
    text,
    unreadable: !success ? 'not an object' : !id ? 'no id' : !type ? 'no type' : null,
  }
}

function decoded(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return null
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
