import * as z from 'zod'
import { exponentOf } from '#src/domain/money.ts'
import { type CheckoutGateway, type OpenedSession, ShopUnavailable, type WantedSession } from '../checkout.ts'

export type FastspringSettings = {
  /** Host of the store and path of its checkout: `acme.onfastspring.com/popup-portal`. A popup's path opens popups. */
  readonly storefront: string
  readonly username: string
  readonly password: string
  /** The product that stands for a line of a quote which has none of its own. */
  readonly product: string
  /** Where the API answers; tests have a stand-in. */
  readonly apiUrl?: string
  readonly timeoutMs?: number
}

const script = 'https://sbl.onfastspring.com/sbl/1.0.9/fastspring-builder.min.js'
const scriptOrigin = 'https://sbl.onfastspring.com'
const day = 86_400_000
/** Days a session may live, by the provider's rules. */
const mostDays = 7

const opened = z.object({ id: z.string().regex(/^[\w.~-]{1,200}$/), expires: z.number().optional().catch(undefined) })
const authenticated = z.object({ accounts: z.array(z.object({ url: z.httpUrl() })) })
const changed = z.object({ subscriptions: z.array(z.object({ result: z.string() })).min(1) })
const more = z.object({ more: z.boolean().optional().catch(false) })

/** FastSpring: sessions made on the server; paid in a popup, or on the store's own page from the same session. */
export function fastspringCheckout(settings: FastspringSettings, fetcher: typeof fetch = fetch): CheckoutGateway {
  const [host = '', path = ''] = settings.storefront.split('/')
  const call = calling(settings, fetcher)
  const pageOf = (sessionId: string) => `https://${host}/session/${encodeURIComponent(sessionId)}`
  const isPopup = path.startsWith('popup-')
  return {
    provider: 'fastspring',
    takesTests: host.includes('.test.'),
    popup: isPopup ? { scriptUrl: script, storefront: settings.storefront } : null,
    origins: [`https://${host}`, ...(isPopup ? [scriptOrigin] : [])],
    pageOf,
    charge: null,
    async walletOf({ providerAccountId: id }) {
      if (!id) return null
      const answer = authenticated.safeParse(
        parsed(await call('GET', `/accounts/${encodeURIComponent(id)}/authenticate`)),
      )
      return answer.data?.accounts[0]?.url ?? null
    },
    async open(wanted, at): Promise<OpenedSession> {
      const days = daysUntil(wanted.validUntil, at)
      const answer = opened.safeParse(
        parsed(await call('POST', '/sessions', sessionOf(wanted, settings.product, days))),
      )
      if (!answer.success) throw new ShopUnavailable('The shop answered without a session')
      const { id, expires } = answer.data
      return { id, url: pageOf(id), expiresAt: new Date(expires ?? at.getTime() + days * day) }
    },
    async changeSubscription({ id, act }) {
      const path = `/subscriptions/${encodeURIComponent(id)}`
      const resumed = { subscriptions: [{ subscription: id, deactivation: null }] }
      const text = act === 'cancel' ? await call('DELETE', path) : await call('POST', '/subscriptions', resumed)
      const done = changed.safeParse(parsed(text)).data?.subscriptions.every(({ result }) => result === 'success')
      if (!done) throw new ShopUnavailable(`The shop did not ${act} it: ${text.slice(0, 300)}`)
    },
    async unprocessed() {
      const text = await call('GET', '/events/unprocessed?days=30')
      return { body: new TextEncoder().encode(text), more: more.safeParse(parsed(text)).data?.more === true }
    },
    async markProcessed(eventIds) {
      for (const id of eventIds) await call('POST', `/events/${encodeURIComponent(id)}`, { processed: true })
    },
  }
}

const daysUntil = (end: Date, at: Date): number =>
  Math.min(mostDays, Math.max(1, Math.floor((end.getTime() - at.getTime()) / day)))

/**
 * The body of a session: its prices are locked and its tags come back with the order. A product stands in a session
 * once, so lines that share one are one item.
 */
function sessionOf(
  { tags, payer, currency, lines, validUntil: _, ...rest }: WantedSession,
  product: string,
  days: number,
) {
  const items = new Map<string, number>()
  for (const line of lines) {
    const path = line.path ?? product
    items.set(path, (items.get(path) ?? 0) + line.dueMinor)
  }
  const [first = '', ...others] = payer.name.split(' ')
  return {
    ...rest,
    ...(payer.providerAccountId
      ? { account: payer.providerAccountId }
      : {
          contact: {
            email: payer.email,
            first,
            last: others.join(' '),
            ...(payer.country ? { country: payer.country } : {}),
          },
        }),
    ...(payer.country ? { country: payer.country } : {}),
    items: [...items].map(([path, minor]) => ({
      product: path,
      quantity: 1,
      pricing: { price: { [currency]: minor / 10 ** exponentOf(currency) }, quantityBehavior: 'lock' },
    })),
    tags,
    expiration: days,
  }
}

/** One call of the provider's API. Throws `ShopUnavailable` where it does not answer, or not with a yes. */
function calling(
  { apiUrl = 'https://api.fastspring.com', username, password, timeoutMs = 8000 }: FastspringSettings,
  fetcher: typeof fetch,
) {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  return async (method: string, path: string, body?: unknown): Promise<string> => {
    try {
      const answer = await fetcher(apiUrl + path, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          authorization,
          accept: 'application/json',
          'content-type': 'application/json',
          'user-agent': 'portico',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new ShopUnavailable(`The shop answered ${answer.status}: ${text.slice(0, 300)}`)
      return text
    } catch (error) {
      throw error instanceof ShopUnavailable ? error : new ShopUnavailable(String(error), { cause: error })
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
