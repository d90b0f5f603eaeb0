import { type Size, sizeInWords, type Unit } from '#src/domain/catalog/offer.ts'
import type { Day } from '#src/domain/day.ts'
import { formatMoney } from '#src/domain/money.ts'
import { counted, dayInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type OrderLetterParams = {
  readonly reference: string
  readonly live: boolean
  readonly currency: string
  readonly totalMinor: number
  readonly name: string
  readonly activationKey: string
  /** Items that the vendor still has to settle. */
  readonly waiting: number
  readonly licenseCount: number
  readonly licenses: readonly {
    readonly serial: string
    readonly product: string
    readonly edition: string
    readonly size: Size
    readonly unit: Unit
    readonly supportEndsOn: Day | null
  }[]
}

/** The buyer's letter: what was bought, the activation key, how to sign in. */
export function orderLetter(
  params: OrderLetterParams,
  portal: { url: string; orderUrl: string; vendorName: string },
): LetterContent {
  const { reference, licenseCount, licenses, waiting, live } = params
  const rest = licenseCount - licenses.length
  return {
    subject: `${live ? '' : 'Test: '}Your licenses of order ${reference}`,
    greeting: `Hello ${params.name},`,
    paragraphs: [
      licenseCount > 0
        ? `thank you for your order. ${counted(licenseCount, 'license')} of it ${licenseCount === 1 ? 'is' : 'are'} ready.`
        : 'thank you for your order.',
      ...(licenseCount > 0
        ? [
            'Paste the activation key in the administration tool, on the License tab, and press "Activate your license".',
          ]
        : []),
      ...(waiting > 0
        ? [
            `${counted(waiting, 'item')} of the order still ${waiting === 1 ? 'needs' : 'need'} our attention; we were told and will see to it.`,
          ]
        : []),
      ...(rest > 0 ? [`${counted(rest, 'license')} more of this order can be seen in the portal.`] : []),
      `The order${params.totalMinor > 0 ? ' with its invoice' : ''}: ${portal.orderUrl}`,
    ],
    facts: [
      ...(licenseCount > 0 ? [['Activation key', params.activationKey] as const] : []),
      ['Order number', reference],
      ['Total', formatMoney({ minor: params.totalMinor, currency: params.currency })],
    ],
    ...(licenses.length > 0
      ? {
          table: {
            head: ['Product', 'Size', 'Serial number', 'Support to'],
            rows: licenses.map((license) => [
              `${license.product} ${license.edition}`,
              sizeInWords(license.size, license.unit),
              license.serial,
              license.supportEndsOn ? dayInWords(license.supportEndsOn) : 'no support',
            ]),
          },
        }
      : {}),
    link: { label: 'See your licenses: sign in with this e-mail and the order number', url: portal.url },
    reason: `You get this because you ordered from ${portal.vendorName}.`,
  }
}
