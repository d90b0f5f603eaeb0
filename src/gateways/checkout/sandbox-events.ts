import { exponentOf } from '#src/domain/money.ts'
import type { CheckoutTags } from '../checkout.ts'
import type { SandboxCheckout } from './sandbox.ts'

/** What a session of the sandbox shop holds when it is paid. */
export type SandboxSession = {
  readonly tags: CheckoutTags
  readonly email: string
  readonly name: string
  readonly country: string | null
  readonly city: string | null
  readonly currency: string
  readonly lines: readonly { readonly text: string; readonly path: string | null; readonly dueMinor: number }[]
}

type Paid = {
  readonly at: Date
  /** How the shop's order numbers begin. */
  readonly prefix: string
  readonly currency?: string
  /** What share of the price was paid. */
  readonly share?: number
}

/** The provider's words for a paid order: its shape, and a number such as `JWT260821-1234-56789`. */
export function orderCompleted(shop: SandboxCheckout, session: SandboxSession, paid: Paid) {
  const { currency = session.currency, share = 1, at } = paid
  const decimal = (minor: number) => Math.round(minor * share) / 10 ** exponentOf(currency)
  const items = itemsOf(session).map(([product, { text, minor }]) => ({
    ...{ product, quantity: 1, display: text, sku: null, subtotal: decimal(minor), discount: 0, fulfillments: {} },
  }))
  const subtotal = decimal(session.lines.reduce((sum, { dueMinor }) => sum + dueMinor, 0))
  const reference = numberFrom(shop, paid)
  return eventOf(shop, 'order.completed', at, {
    ...orderOf(shop, session, at),
    ...{ reference, completed: true, currency, payoutCurrency: 'USD', total: subtotal, tax: 0, subtotal, discount: 0 },
    invoiceUrl: `https://sandbox.invalid/account/order/${reference}/invoice`,
    payment: { type: 'test', cardEnding: '4242' },
    items,
  })
}

/** The provider's words for a payment that is under way, such as a bank transfer. */
export const paymentPending = (shop: SandboxCheckout, session: SandboxSession, at: Date) =>
  eventOf(shop, 'order.payment.pending', at, { ...orderOf(shop, session, at), completed: false })

/** The provider's words for a payment that was declined. */
export const orderFailed = (shop: SandboxCheckout, session: SandboxSession, at: Date) =>
  eventOf(shop, 'order.failed', at, { ...orderOf(shop, session, at), completed: false, reason: 'PAYMENT_DECLINED' })

const eventOf = (shop: SandboxCheckout, type: string, at: Date, data: unknown) => ({
  ...{ id: shop.chance(22), processed: false, created: at.getTime(), type, live: false, data },
})

function orderOf(shop: SandboxCheckout, { tags, email, name, country, city }: SandboxSession, at: Date) {
  const id = shop.chance(22)
  const [first = '', ...others] = name.split(' ')
  return {
    ...{
      order: id,
      id,
      live: false,
      changed: at.getTime(),
      changedInSeconds: Math.floor(at.getTime() / 1000),
      language: 'en',
    },
    ...{ account: `sandbox-${tags.account}`, tags, buyerReference: null, recipients: [], notes: [] },
    customer: { first, last: others.join(' '), email, company: null, phone: null },
    address: { country, city, display: [city, country].filter(Boolean).join(', ') },
  }
}

/** A product stands in a session once, as at the provider. */
function itemsOf({ lines }: SandboxSession): [string, { text: string; minor: number }][] {
  const items = new Map<string, { text: string; minor: number }>()
  for (const { path, text, dueMinor } of lines.filter((line) => line.dueMinor > 0)) {
    const known = items.get(path ?? 'portal-order')
    items.set(path ?? 'portal-order', { text: known?.text ?? text, minor: (known?.minor ?? 0) + dueMinor })
  }
  return [...items]
}

const numberFrom = (shop: SandboxCheckout, { at, prefix }: Paid): string =>
  `${prefix}${at.toISOString().slice(2, 10).replaceAll('-', '')}-${shop.digits(4)}-${shop.digits(5)}`
