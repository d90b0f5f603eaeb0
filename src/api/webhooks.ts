import { Hono } from 'hono'
import { eventsOf } from '#src/gateways/fastspring/envelope.ts'
import { signatureHolds } from '#src/gateways/fastspring/signature.ts'
import { atMost, bodyLimits } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone } from '#src/http/guards.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { receiveProviderEvents } from '#src/use-cases/orders/receive-provider-events.ts'

export type WebhookAnswer = { readonly status: 200 | 202 | 400 | 403 | 413 | 503; readonly body: string }

/**
 * `POST /webhooks/fastspring`: 200 where every event was processed, 202 with the ids of those that were, one per line,
 * 503 where none was. 403 for a bad or missing signature and 400 for what is no post of events: nothing is stored.
 */
export async function receiveFastspring(
  deps: Deps,
  rawBody: Uint8Array,
  signature: string | undefined,
  secrets: readonly string[],
  from: { address: string; requestId: string },
): Promise<WebhookAnswer> {
  if (rawBody.byteLength > bodyLimits.webhook) return { status: 413, body: 'Too large' }
  if (!signatureHolds(rawBody, signature, secrets)) return { status: 403, body: 'Bad signature' }
  const events = eventsOf(rawBody)
  if (!events) return { status: 400, body: 'Not a post of events' }
  const processed = await receiveProviderEvents(deps, events, from)
  if (processed.length === 0 && events.length > 0) return { status: 503, body: 'Try again later' }
  const ids = new Set(processed.map(({ id }) => id).filter((id) => id !== null))
  return { status: processed.length === events.length ? 200 : 202, body: [...ids].join('\n') }
}

/** What providers post to; each is trusted for its signature alone. */
export const webhooks = new Hono<HttpEnv>().post(
  '/webhooks/fastspring',
  anyone(),
  atMost(bodyLimits.webhook),
  fastspring,
)

async function fastspring(c: HttpContext) {
  const { deps, address, requestId } = c.var
  const body = new Uint8Array(await c.req.arrayBuffer())
  const signature = c.req.header('x-fs-signature')
  const answer = await receiveFastspring(deps, body, signature, deps.webhookSecrets.fastspring, { address, requestId })
  if (answer.status === 503) c.header('Retry-After', '60')
  return c.text(answer.body, answer.status)
}
