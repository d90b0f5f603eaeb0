import type { CheckoutGateway } from '../checkout.ts'
import { signatureOf } from '../fastspring/signature.ts'

export type SandboxSettings = {
  /** Where the portal stands: its shop's pages and its webhook are its own. */
  readonly origin: string
  /** What the portal expects webhooks to be signed with. */
  readonly secret: string
  readonly random: (bytes: number) => Uint8Array
  /** Lets pass what passes before it tells of a payment that it is to tell of late. */
  readonly later?: () => Promise<void>
}

/** The shop that plays the provider in development: its sessions are paid at `/sandbox-shop/…`. */
export type SandboxCheckout = CheckoutGateway & {
  /** Posts events to the portal's webhook, signed as the provider signs; the status of the answer. */
  deliver(events: readonly unknown[]): Promise<number>
  /** Letters and digits by chance, as the provider's ids are made. */
  chance(characters: number): string
  /** Digits by chance. */
  digits(count: number): string
  /** Lets the moment pass by which the provider tells late. */
  later(): Promise<void>
}

const day = 86_400_000

const seconds = () => new Promise<void>((passed) => setTimeout(passed, 4000))

/** A sandbox shop: opens sessions without asking anybody, and posts webhooks as the provider does. */
export function sandboxCheckout(
  { origin, secret, random, later = seconds }: SandboxSettings,
  fetcher: typeof fetch = fetch,
): SandboxCheckout {
  const chance = (characters: number) => Buffer.from(random(characters)).toString('base64url').slice(0, characters)
  const pageOf = (sessionId: string) => `${origin}/sandbox-shop/${sessionId}`
  return {
    provider: 'sandbox',
    popup: null,
    origins: [],
    chance,
    digits: (count) => Array.from(random(count), (byte) => byte % 10).join(''),
    later,
    pageOf,
    async open({ validUntil }, at) {
      const id = chance(22)
      return { id, url: pageOf(id), expiresAt: new Date(Math.min(validUntil.getTime(), at.getTime() + day)) }
    },
    unprocessed: async () => null,
    markProcessed: async () => {},
    async deliver(events) {
      const body = Buffer.from(JSON.stringify({ events }))
      const headers = { 'content-type': 'application/json', 'x-fs-signature': signatureOf(body, secret) }
      const answer = await fetcher(`${origin}/webhooks/fastspring`, { method: 'POST', headers, body })
      await answer.text()
      return answer.status
    },
  }
}
