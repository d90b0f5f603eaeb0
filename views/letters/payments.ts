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
  /** It is of a later charge of the subscription that the order began. */
  readonly renewal?: boolean
  /** All of it went back, but not all that it had brought could be taken back: it was changed since. */
  readonly changedSince?: boolean
}

/** Tells the buyer that money went back, and what ended with it. */
export const refundLetter = (params: RefundParams, vendorName: string): LetterContent => ({
  subject: `${money(params)} of ${params.renewal ? 'a renewal of ' : ''}order ${params.reference} went back to you`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    params.renewal
      ? `${money(params)} that the shop charged for your subscription were refunded; your bank shows it in some days.`
      : `${money(params)} of your order were refunded; your bank shows it in some days.`,
    whatEnded(params),
  ],
  facts: [['Order number', params.reference]],
  reason: `You get this because you ordered from ${vendorName}.`,
})

function whatEnded({ ended, renewal }: RefundParams): string {
  if (renewal) return 'The subscription itself goes on as it is, unless it is canceled.'
  return ended.length > 0
    ? `With that ended what was refunded in full: ${ended.join('; ')}.`
    : 'Licenses and support stay as they are.'
}

/** Tells the vendor of money that went back and leaves something to be decided. */
export const refundToSettleLetter = (params: RefundParams, url: string): LetterContent => ({
  ...toSettle(params),
  greeting: 'Hello,',
  link: { label: 'Open the order', url },
  reason: 'You get this because your address is the support address of the portal.',
})

function toSettle(params: RefundParams): Pick<LetterContent, 'subject' | 'paragraphs'> {
  const { reference, buyer } = params
  if (params.renewal) {
    return {
      subject: `A renewal of order ${reference} was refunded`,
      paragraphs: [
        `${money(params)} that the shop charged for a subscription of ${buyer} went back. A refund ends no subscription: where it should not go on, end it in the shop, and its licenses follow.`,
      ],
    }
  }
  if (params.changedSince) {
    return {
      subject: `Order ${reference} was refunded; some of it was changed since and stays`,
      paragraphs: [
        `All of an order of ${buyer} went back, ${money(params)} by this refund. What it had brought ended, but a license that it changed was changed again since, so that it stays as it is. Change it by hand if it should not.`,
      ],
    }
  }
  return {
    subject: `Order ${reference} was refunded in part`,
    paragraphs: [
      `${money(params)} of an order of ${buyer} went back. That is not the price of whole lines, so licenses and support of the rest stay as they are. Change them by hand if they should not.`,
    ],
  }
}

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
