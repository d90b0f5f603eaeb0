import { type Size, sizeInWords, type Unit } from '#src/domain/catalog/offer.ts'
import type { Day } from '#src/domain/day.ts'
import { formatMoney } from '#src/domain/money.ts'
import { dayInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

/** New licenses that are listed; the rest stand in the portal. */
const listed = 50

export type QuoteAppliedParams = {
  readonly name: string
  readonly reference: string
  readonly live: boolean
  readonly currency: string
  readonly totalMinor: number
  readonly activationKey: string
  readonly lines: readonly { readonly text: string; readonly dueMinor: number }[]
  /** Whether it was paid into the balance, and nothing else. */
  readonly toppedUp?: boolean
  readonly licenses: readonly {
    readonly serial: string
    readonly product: string
    readonly edition: string
    readonly size: Size
    readonly unit: Unit
    readonly supportEndsOn: Day | null
  }[]
}

/** What was bought in the portal and is done: its lines, new licenses with their key, what to do in the software. */
export function quoteAppliedLetter(
  { name, reference, live, currency, totalMinor, activationKey, lines, licenses, toppedUp }: QuoteAppliedParams,
  portal: { url: string; balanceUrl: string; orderUrl: string; vendorName: string },
): LetterContent {
  return {
    subject: `${live ? '' : 'Test: '}Your order ${reference}: done`,
    greeting: `Hello ${name},`,
    paragraphs: [
      'thank you for your order. It is paid, and this is done:',
      ...lines.map(({ text, dueMinor }) => `${text}: ${formatMoney({ minor: dueMinor, currency })}`),
      toppedUp
        ? 'It is in your balance now, and there is nothing more to do.'
        : licenses.length > 0
          ? 'Paste the activation key in the administration tool, on the License tab, and press "Activate your license".'
          : 'Press "Refresh your License" in the administration tool, so that the software reads what has changed.',
      ...licenses
        .slice(0, listed)
        .map(
          ({ serial, product, edition, size, unit, supportEndsOn }) =>
            `${product} ${edition}, ${sizeInWords(size, unit)}: serial number ${serial}${supportEndsOn ? `, support to ${dayInWords(supportEndsOn)}` : ''}`,
        ),
      `The order${totalMinor > 0 ? ' with its invoice' : ''}: ${portal.orderUrl}`,
    ],
    facts: [
      ...(licenses.length > 0 ? [['Activation key', activationKey] as const] : []),
      ['Order number', reference],
      ['Total without tax', formatMoney({ minor: totalMinor, currency })],
    ],
    link: toppedUp
      ? { label: 'See your balance', url: portal.balanceUrl }
      : { label: 'See your licenses: sign in with this e-mail and the order number', url: portal.url },
    reason: `You get this because you ordered from ${portal.vendorName}.`,
  }
}
