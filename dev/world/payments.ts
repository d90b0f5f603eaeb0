import { referenceKey } from '#src/domain/orders/reference.ts'
import { shop, tell } from './events.ts'
import { idOf, nameIn } from './ids.ts'
import { acme } from './people.ts'
import type { World } from './rows.ts'

/** Payments that came in for quotes that nobody knows: they wait for the vendor. */
export const lostPayment = {
  id: idOf('payment', 'lost'),
  reference: 'JWT260819-4711-20815',
  email: 'jordan@fourthcoffee.example',
  name: ['Jordan', 'Miller', 'Fourth Coffee'],
  hours: 26,
} as const
const strayPayment = {
  id: idOf('payment', 'stray'),
  reference: 'JWT260820-4712-20816',
  email: 'sam@alpineski.example',
  name: ['Sam', 'Weber', 'Alpine Ski House'],
  hours: 9,
} as const

/** What the shop told of them: paid on pages that were opened long ago. */
export function tellPayments(world: World): void {
  for (const payment of [lostPayment, strayPayment]) tellPayment(world, payment)
}

type Paid = typeof lostPayment | typeof strayPayment

function tellPayment(world: World, payment: Paid): void {
  const { id, reference, email } = payment
  const paidAt = new Date(world.now.getTime() - payment.hours * 3_600_000)
  const providerOrderId = `demo-${nameIn(id)}-payment`
  const eventId = `demo-evt-${nameIn(id)}-payment`
  world.providerEvents.push({
    ...{ provider: 'fastspring', id: eventId, type: 'order.completed', live: true, outcome: 'done' },
    ...{ payload: textOf(payment, eventId, providerOrderId, paidAt), createdAt: paidAt, receivedAt: paidAt },
  })
  world.payments.push({
    ...{ id, provider: 'fastspring', providerOrderId, eventId, reference, referenceKey: referenceKey(reference) },
    ...{ live: true, currency: 'EUR', totalMinor: 15224, taxMinor: 0, email, name: payment.name[2] },
    ...{ quoteId: quoteOf(id), state: 'held', problem: 'quote-unknown', paidAt, receivedAt: paidAt },
  })
  tell(world, {
    by: shop,
    at: paidAt,
    accountId: acme.accountId,
    action: 'payment.held',
    subject: ['payment', id, reference],
    after: { paid: 'EUR 152.24', by: email },
  })
}

const quoteOf = (id: string) => `quo_lost-with-${nameIn(id)}`

const textOf = ({ id, reference, email, name }: Paid, eventId: string, order: string, paidAt: Date): string =>
  JSON.stringify({
    ...{ id: eventId, processed: false, created: paidAt.getTime(), type: 'order.completed', live: true },
    data: {
      ...{ order, id: order, reference, live: true, completed: true, changed: paidAt.getTime() },
      ...{ currency: 'EUR', total: 152.24, tax: 0, subtotal: 152.24, tags: { quote: quoteOf(id) } },
      account: `demo-${nameIn(id)}`,
      customer: { first: name[0], last: name[1], email, company: name[2] },
      address: { country: 'NL', city: 'Utrecht' },
      items: [
        {
          product: 'advanced-security-essentials-with-support',
          quantity: 2,
          sku: 'K-ESS',
          display: 'Advanced Security Essentials edition, with a year of support',
          subtotal: 152.24,
        },
      ],
    },
  })
