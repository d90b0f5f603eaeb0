import { exponentOf } from '#src/domain/money.ts'
import type { CheckoutTags } from '../checkout.ts'

/** What the provider's ids and numbers are made of. */
export type Chance = {
  /** Letters and digits by chance, as the provider's ids are made. */
  chance(characters: number): string
  /** Digits by chance. */
  digits(count: number): string
}

/** What a session of the sandbox shop holds when it is paid. */
export type SandboxSession = {
  readonly tags: Omit<CheckoutTags, 'checkout'> & { readonly checkout?: string }
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
  /** The provider's id of the order, where it is not a new one. */
  readonly id?: string
}

/** The provider's words for a paid order: its shape, and a number such as `JWT260821-1234-56789`. */
export function orderCompleted(shop: Chance, session: SandboxSession, paid: Paid) {
  const { currency = session.currency, share = 1, at } = paid
  const decimal = (minor: number) => Math.round(minor * share) / 10 ** exponentOf(currency)
  const items = itemsOf(session).map(([product, { text, minor }]) => ({
    ...{ product, quantity: 1, display: text, sku: null, subtotal: decimal(minor), discount: 0, fulfillments: {} },
  }))
  const subtotal = decimal(session.lines.reduce((sum, { dueMinor }) => sum + dueMinor, 0))
  const reference = numberFrom(shop, paid)
  return eventOf(shop, 'order.completed', at, {
    ...orderOf(shop, session, at),
    ...(paid.id ? { order: paid.id, id: paid.id } : {}),
    ...{ reference, completed: true, currency, payoutCurrency: 'USD', total: subtotal, tax: 0, subtotal, discount: 0 },
    invoiceUrl: `https://sandbox.invalid/account/order/${reference}/invoice`,
    payment: { type: 'test', cardEnding: '4242' },
    items,
  })
}

/** The provider's words for a payment that is under way, such as a bank transfer. */
export const paymentPending = (shop: Chance, session: SandboxSession, at: Date) =>
  eventOf(shop, 'order.payment.pending', at, { ...orderOf(shop, session, at), completed: false })

/** The provider's words for a payment that was declined. */
export const orderFailed = (shop: Chance, session: SandboxSession, at: Date) =>
  eventOf(shop, 'order.failed', at, { ...orderOf(shop, session, at), completed: false, reason: 'PAYMENT_DECLINED' })

const eventOf = (shop: Chance, type: string, at: Date, data: unknown) => ({
  ...{ id: shop.chance(22), processed: false, created: at.getTime(), type, live: false, data },
})

function orderOf(shop: Chance, { tags, email, name, country, city }: SandboxSession, at: Date) {
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

const numberFrom = (shop: Chance, { at, prefix }: Paid): string =>
  `${prefix}${at.toISOString().slice(2, 10).replaceAll('-', '')}-${shop.digits(4)}-${shop.digits(5)}`

/** A card of the sandbox: what a person knows it by, and what becomes of charging it. */
export const sandboxCards = [
  { kind: 'good', brand: 'Visa', ending: '4242', years: 3, does: 'is charged' },
  { kind: 'declined', brand: 'Mastercard', ending: '0002', years: 2, does: 'is always declined' },
  { kind: 'expired', brand: 'American Express', ending: '0005', years: -1, does: 'has expired' },
] as const
export type SandboxCard = (typeof sandboxCards)[number]

/** A provider's word that an account has a payment method from now on. */
export const paymentMethodAdded = (
  shop: Chance,
  account: string,
  { kind, brand, ending, years }: SandboxCard,
  at: Date,
) =>
  eventOf(shop, 'paymentMethod.added', at, {
    ...{ account, token: `sbx_${kind}_${shop.chance(12).replaceAll(/\d/g, 'x')}`, brand, ending },
    expires: `${at.getUTCFullYear() + years}-${String(at.getUTCMonth() + 1).padStart(2, '0')}`,
  })

/** Why a token of the sandbox cannot be charged, or `null`. */
export function whyDeclined(token: string): string | null {
  const kind = token.split('_')[1]
  return kind === 'good' ? null : kind === 'expired' ? 'The card has expired' : 'The card was declined'
}
