import type { Day } from '#src/domain/day.ts'
import { formatMoney } from '#src/domain/money.ts'
import { type PaymentProblem, paymentProblemWords } from '#src/domain/payments/payment.ts'
import { dayInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

type Money = { readonly currency: string; readonly totalMinor: number }
const money = ({ currency, totalMinor }: Money): string => formatMoney({ minor: totalMinor, currency })

type OfSubscription = { readonly serial: string; readonly reference: string; readonly endsOn: Day }
const subscriptionReason = 'You get this because you pay for this subscription.'

/** The receipt of a renewal that the shop charged. */
export const subscriptionRenewedLetter = (
  params: OfSubscription & { readonly minor: number; readonly currency: string },
  url: string,
): LetterContent => ({
  subject: `Your subscription runs until ${dayInWords(params.endsOn)}`,
  greeting: 'Hello,',
  paragraphs: ['your subscription was renewed and paid. There is nothing for you to do.'],
  facts: [
    ['Paid', formatMoney(params)],
    ['Runs until', dayInWords(params.endsOn)],
    ['License', params.serial],
    ['First order', params.reference],
  ],
  link: { label: 'See your licenses', url },
  reason: subscriptionReason,
})

/** Tells whoever pays that a charge did not go through, and until when all works. */
export const paymentFailedLetter = (
  params: OfSubscription & { readonly reason: string | null },
  portal: { url: string; supportEmail: string },
): LetterContent => ({
  subject: 'A payment for your subscription failed',
  greeting: 'Hello,',
  paragraphs: [
    `the shop could not charge your subscription${params.reason ? ` (${params.reason})` : ''}. It works until ${dayInWords(params.endsOn)}; after that it stops until it is paid.`,
    `Please check the payment method: sign in, open the subscription and press "Open my account at the shop", or use the shop's own letter about it. The shop tries again by itself. For questions write to ${portal.supportEmail}.`,
  ],
  facts: [
    ['License', params.serial],
    ['First order', params.reference],
  ],
  link: { label: 'See your subscriptions', url: portal.url },
  reason: subscriptionReason,
})

export type RefundParams = Money & {
  readonly reference: string
  readonly name: string
  readonly buyer: string
  /** What was refunded in full. */
  readonly ended: readonly string[]
}

/** Tells the buyer that money went back, and what ended with it. */
export const refundLetter = (params: RefundParams, vendorName: string): LetterContent => ({
  subject: `${money(params)} of order ${params.reference} went back to you`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `${money(params)} of your order were refunded; your bank shows it in some days.`,
    params.ended.length > 0
      ? `With that ended what was refunded in full: ${params.ended.join('; ')}.`
      : 'Licenses and support stay as they are.',
  ],
  facts: [['Order number', params.reference]],
  reason: `You get this because you ordered from ${vendorName}.`,
})

/** Tells the vendor of money that went back without making any line whole. */
export const refundToSettleLetter = (params: RefundParams, url: string): LetterContent => ({
  subject: `Order ${params.reference} was refunded in part`,
  greeting: 'Hello,',
  paragraphs: [
    `${money(params)} of an order of ${params.buyer} went back. That is not the price of whole lines, so licenses and support of the rest stay as they are. Change them by hand if they should not.`,
  ],
  link: { label: 'Open the order', url },
  reason: 'You get this because your address is the support address of the portal.',
})

export type PaymentHeldParams = Money & {
  readonly reference: string
  readonly live: boolean
  readonly buyer: string
  readonly problem: PaymentProblem
}

/** Tells the vendor of a payment that could not do what it paid for. */
export const paymentHeldLetter = (params: PaymentHeldParams, url: string): LetterContent => ({
  subject: `${params.live ? '' : 'Test: '}A payment of ${money(params)} waits for you`,
  greeting: 'Hello,',
  paragraphs: [
    `${params.buyer} paid ${money(params)}, and nothing was granted for it. Apply it or refund it: until then the buyer waits.`,
  ],
  facts: [
    ['Why', paymentProblemWords[params.problem]],
    ['Order number', params.reference],
    ['Paid by', params.buyer],
  ],
  link: { label: 'Open the payment', url },
  reason: 'You get this because your address is the support address of the portal.',
})

type PayerParams = Money & { readonly reference: string; readonly live: boolean; readonly name: string }
type Seller = { readonly vendorName: string; readonly supportEmail: string }

const payerReason = (seller: Seller): string => `You get this because you paid ${seller.vendorName}.`

/** Tells whoever paid that their payment came in and waits for the vendor. */
export const paymentWaitingLetter = (params: PayerParams, seller: Seller): LetterContent => ({
  subject: `${params.live ? '' : 'Test: '}Your payment of ${money(params)} is being looked at`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `your payment of ${money(params)} came in, but it could not do by itself what it was for. We were told and look at it: you get what you paid for, or the money goes back to you. There is nothing for you to do.`,
    `Questions? Write to ${seller.supportEmail} and give the order number.`,
  ],
  facts: [['Order number', params.reference]],
  reason: payerReason(seller),
})

/** Tells whoever paid that a payment that did nothing went back to them. */
export const paymentRefundedLetter = (params: PayerParams, seller: Seller): LetterContent => ({
  subject: `${params.live ? '' : 'Test: '}Your payment of ${money(params)} went back to you`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `your payment of ${money(params)} could not do what it was for, so it was refunded; your bank shows it in some days. Nothing of yours was changed by it.`,
    `Questions? Write to ${seller.supportEmail} and give the order number.`,
  ],
  facts: [['Order number', params.reference]],
  reason: payerReason(seller),
})
