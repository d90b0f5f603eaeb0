import * as z from 'zod'
import { isCurrency, minorOf } from '#src/domain/money.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { Buyer, ShopOrder } from '#src/domain/orders/shop-order.ts'
import { fastspring, type ProviderEvent } from './envelope.ts'
import {
  amount,
  count,
  idOf,
  instantIn,
  line,
  maybeCountry,
  maybeEmail,
  maybeId,
  maybeLine,
  maybeUrl,
} from './values.ts'

const person = z
  .object({ first: maybeLine, last: maybeLine, email: maybeEmail, company: maybeLine, phone: maybeLine })
  .nullable()
  .catch(null)

const account = z
  .object({ id: maybeId, contact: person, country: maybeCountry })
  .catch(({ value }) => ({ id: maybeId.parse(value), contact: null, country: null }))

const recipients = z
  .array(z.unknown())
  .transform(([first]) => z.object({ recipient: person }).safeParse(first).data?.recipient ?? person.parse(first))
  .catch(null)

const address = z
  .object({ country: maybeCountry, city: maybeLine, postalCode: maybeLine, region: maybeLine, regionCustom: maybeLine })
  .partial()
  .catch({})

/** A name as one text, or as an object of languages. */
const name = z
  .union([line, z.object({ en: line }).transform(({ en }) => en)])
  .nullable()
  .catch(null)

const product = z.union([
  line.transform((path) => ({ path, sku: null, display: null })),
  z
    .object({ product: line, sku: maybeLine, display: name })
    .transform(({ product: path, sku, display }) => ({ path, sku, display })),
])

const item = z.object({
  product,
  quantity: count,
  sku: maybeLine,
  display: name,
  subtotal: amount.nullish(),
  subscription: maybeId,
})

const tag = z.string().regex(/^[\w-]{1,64}$/)
const tags = z
  .object({ quote: tag, checkout: tag.nullable().catch(null) })
  .nullable()
  .catch(null)

const orderData = z.object({
  order: idOf.optional().catch(undefined),
  id: idOf.optional().catch(undefined),
  // Plain letters alone, so that two references never share a key by being cut or folded.
  reference: z
    .string()
    .regex(/^[\x20-\x7e]{1,64}$/)
    .refine((text) => referenceKey(text) !== ''),
  live: z.unknown().optional(),
  changed: z.unknown().optional(),
  changedInSeconds: z.unknown().optional(),
  currency: z.string().refine(isCurrency),
  total: amount,
  tax: amount.nullish(),
  invoiceUrl: maybeUrl,
  account,
  customer: person,
  address,
  recipients,
  items: z.array(item).min(1).max(500),
  tags,
})

type OrderData = z.infer<typeof orderData>

/**
 * Reads an `order.completed` event; ids or expanded objects, unknown fields and `null` where nothing is needed. Says in
 * a sentence why an order cannot be read: what is needed are its id, reference, currency, total, items and an e-mail.
 * An order that does not say when it was made, or says the future, was made when it came in.
 */
export function shopOrderOf(event: ProviderEvent, receivedAt: Date): { order: ShopOrder } | { unreadable: string } {
  const parsed = orderData.safeParse(event.data)
  if (!parsed.success) return { unreadable: reasonOf(parsed.error) }
  const { data } = parsed
  const providerOrderId = data.order ?? data.id
  const buyer = buyerOf(data)
  if (!providerOrderId) return { unreadable: 'order: no id' }
  if (!buyer) return { unreadable: 'customer.email: no e-mail that can be mailed to' }
  const order: ShopOrder = {
    provider: fastspring,
    providerOrderId,
    providerAccountId: data.account.id,
    reference: data.reference.trim(),
    live: event.live && data.live !== false,
    orderedAt: orderedAt(data, event, receivedAt),
    buyer,
    ...placeOf(data),
    ...moneyOf(data),
    invoiceUrl: data.invoiceUrl,
    items: data.items.map((one) => itemOf(one, data.currency)),
    tags: data.tags,
  }
  return soundMoney(order) ? { order } : { unreadable: 'total: an amount that no order has' }
}

function buyerOf({ customer, account: { contact }, recipients: recipient }: OrderData): Buyer | null {
  for (const one of [customer, contact, recipient]) {
    if (!one?.email) continue
    const { first, last, company, email, phone } = one
    return { firstName: first ?? '', lastName: last ?? '', company, email, phone }
  }
  return null
}

function orderedAt(data: OrderData, event: ProviderEvent, receivedAt: Date): Date {
  const seconds = typeof data.changedInSeconds === 'number' ? data.changedInSeconds * 1000 : null
  const told = instantIn(data.changed) ?? instantIn(seconds) ?? event.createdAt
  const tomorrow = receivedAt.getTime() + 86_400_000
  return told && told.getTime() <= tomorrow ? told : receivedAt
}

const placeOf = ({ address: place, account: { country } }: OrderData) => ({
  country: place.country ?? country,
  city: place.city ?? null,
  postalCode: place.postalCode ?? null,
  region: place.region ?? place.regionCustom ?? null,
})

const moneyOf = ({ currency, total, tax }: OrderData) => ({
  currency,
  totalMinor: minorOf(total, currency),
  taxMinor: minorOf(tax ?? 0, currency),
})

function itemOf(one: z.infer<typeof item>, currency: string) {
  return {
    path: one.product.path,
    sku: one.sku ?? one.product.sku,
    display: one.display ?? one.product.display ?? one.product.path,
    quantity: one.quantity,
    subtotalMinor: minorOf(one.subtotal ?? 0, currency),
    providerSubscriptionId: one.subscription,
  }
}

const soundMoney = ({ totalMinor, taxMinor, items }: ShopOrder): boolean =>
  totalMinor >= 0 && [totalMinor, taxMinor, ...items.map((one) => one.subtotalMinor)].every(Number.isSafeInteger)

/** What a schema found wrong, as one sentence for the vendor. */
export const reasonOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'data'}: ${message}`)
    .join('; ')
    .slice(0, 300)
