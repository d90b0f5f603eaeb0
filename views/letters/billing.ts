import { dayOf } from '#src/domain/day.ts'
import { formatMoney } from '#src/domain/money.ts'
import { dayInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

const reason = 'You get this because letters about the money of your account go to this address.'

export type BalancePaymentFailedParams = {
  readonly name: string
  readonly amount: string
  readonly method: string
  readonly why: string
  /** When it is tried again, if it is. */
  readonly nextTryAt: string | null
}

/** Tells whoever pays that a payment method could not be charged for the balance, and how to pay at once. */
export const balancePaymentFailedLetter = (
  { name, amount, method, why, nextTryAt }: BalancePaymentFailedParams,
  url: string,
): LetterContent => ({
  subject: `A payment of ${amount} into your balance failed`,
  greeting: `Hello ${name},`,
  paragraphs: [
    `${method} was not charged with ${amount}: ${why.toLowerCase()}. Your servers go on meanwhile.`,
    nextTryAt === null
      ? 'It is not tried again by itself. Pay it now, or add another payment method under Billing.'
      : `It is tried again on ${dayInWords(dayOf(new Date(nextTryAt)))}. You can pay it now, or add another payment method under Billing.`,
  ],
  facts: [
    ['Amount', amount],
    ['Payment method', method],
  ],
  link: { label: 'Pay it now', url },
  reason,
})

export type TopUpDueParams = {
  readonly name: string
  readonly minor: number
  readonly balanceMinor: number
  readonly currency: string
}

/** Asks whoever pays to fill the balance, where nobody is charged without them: the way to pay is filled in. */
export function topUpDueLetter({ name, minor, balanceMinor, currency }: TopUpDueParams, url: string): LetterContent {
  const amount = formatMoney({ minor, currency })
  return {
    subject: `Please pay ${amount} into your balance`,
    greeting: `Hello ${name},`,
    paragraphs: [
      `your balance is ${formatMoney({ minor: balanceMinor, currency })}. Servers are charged to it on the first of each month, and go on meanwhile.`,
      `The amount that you chose to have it filled with is ${amount}. It can be paid for a week with this link.`,
    ],
    facts: [['To be paid', amount]],
    link: { label: `Pay ${amount}`, url },
    reason,
  }
}
