import * as z from 'zod'
import { type Id, isId } from '#src/domain/ids.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { deliverLetters, mostAtOnce } from '#src/use-cases/letters/deliver-letters.ts'

/** A message of Cloudflare's queue, as far as it is looked at. */
export type QueueMessage = { readonly body: unknown; ack(): void; retry(): void }

const letterId = z.custom<Id<'letter'>>((value) => typeof value === 'string' && isId('letter', value))
const body = z.object({ letters: z.array(letterId).min(1).max(1000) })

/**
 * Sends the letters that messages name; a message whose letters could not be tried comes again. One that names none is
 * dropped with a line in the log, and where the mailer asks for a pause the rest is left: the clock sends whatever is in the
 * outbox.
 */
export async function takeMessages(deps: Deps, messages: readonly QueueMessage[]): Promise<void> {
  for (const message of messages) {
    const { success, data } = body.safeParse(message.body)
    if (!success) {
      deps.log({ level: 'error', message: 'a message of the letter queue was not understood' })
      message.ack()
      continue
    }
    try {
      for (let at = 0; at < data.letters.length; at += mostAtOnce) {
        const { isPaused } = await deliverLetters(deps, data.letters.slice(at, at + mostAtOnce))
        if (isPaused) break
      }
      message.ack()
    } catch (error) {
      deps.log({ level: 'warn', message: 'letters of the queue were not tried', error: String(error) })
      message.retry()
    }
  }
}
