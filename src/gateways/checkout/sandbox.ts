import { type CheckoutGateway, ShopUnavailable } from '../checkout.ts'
import { signatureOf } from '../fastspring/signature.ts'
import type { Chance } from './sandbox-events.ts'

export type SandboxSettings = {
  /** Where the portal stands: its shop's pages and its webhook are its own. */
  readonly origin: string
  /** What the portal expects webhooks to be signed with. */
  readonly secret: string
  readonly random: (bytes: number) => Uint8Array
  /** How its order numbers begin. */
  readonly prefix?: string
  /** Lets pass what passes before it tells of a payment that it is to tell of late. */
  readonly later?: () => Promise<void>
}

/** The shop that plays the provider in development: its sessions are paid at `/sandbox-shop/…`. */
export type SandboxCheckout = CheckoutGateway &
  Chance & {
    /** Posts events to the portal's webhook, signed as the provider signs; the status of the answer. */
    deliver(events: readonly unknown[]): Promise<number>
    /** Whose wallet an address leads to; `null` for one that the sandbox did not make. */
    ownerOf(wallet: string): string | null
    /** Lets the moment pass by which the provider tells late. */
    later(): Promise<void>
  }

const day = 86_400_000

const seconds = () => new Promise<void>((passed) => setTimeout(passed, 4000))

/**
 * A sandbox shop: opens sessions without asking anybody, and posts webhooks as the provider does. Its words are evaluated
 * when it first says some: no page of production waits for them.
 */
export function sandboxCheckout(
  { origin, secret, random, prefix = 'JWT', later = seconds }: SandboxSettings,
  fetcher: typeof fetch = fetch,
): SandboxCheckout {
  const chance = (characters: number) => Buffer.from(random(characters)).toString('base64url').slice(0, characters)
  const pageOf = (sessionId: string) => `${origin}/sandbox-shop/${sessionId}`
  const sealed = (account: string) =>
    `${account}.${Buffer.from(signatureOf(Buffer.from(`wallet ${account}`), secret), 'base64').toString('base64url')}`
  const digits = (count: number) => Array.from(random(count), (byte) => byte % 10).join('')
  const deliver = async (events: readonly unknown[]) => {
    const body = Buffer.from(JSON.stringify({ events }))
    const headers = { 'content-type': 'application/json', 'x-fs-signature': signatureOf(body, secret) }
    const answer = await fetcher(`${origin}/webhooks/fastspring`, { method: 'POST', headers, body })
    await answer.text()
    return answer.status
  }
  const shop: SandboxCheckout = {
    provider: 'sandbox',
    takesTests: true,
    popup: null,
    origins: [],
    chance,
    digits,
    later,
    pageOf,
    walletOf: async ({ id }) => `${origin}/sandbox-shop/wallets/${sealed(id)}`,
    ownerOf(wallet) {
      const [account = ''] = wallet.split('.')
      return sealed(account) === wallet ? account : null
    },
    async charge({ key, token, tags, payer, ...wanted }, at) {
      const { orderCompleted, whyDeclined } = await import('./sandbox-events.ts')
      const why = whyDeclined(token)
      if (why) return { outcome: 'declined', why }
      const session = { ...wanted, tags, email: payer.email, name: payer.name, country: payer.country, city: null }
      const status = await shop.deliver([orderCompleted(shop, session, { at, prefix, id: `charge-${key}` })])
      if (status !== 200) throw new ShopUnavailable(`The portal answered ${status} to the sandbox`)
      return { outcome: 'accepted' }
    },
    async open({ validUntil }, at) {
      const id = chance(22)
      return { id, url: pageOf(id), expiresAt: new Date(Math.min(validUntil.getTime(), at.getTime() + day)) }
    },
    async changeSubscription(wanted, at) {
      const { subscriptionTold } = await import('./sandbox-subscription.ts')
      await deliver([subscriptionTold(chance(22), wanted, at)])
    },
    unprocessed: async () => null,
    markProcessed: async () => {},
    deliver,
  }
  return shop
}
