import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type ComputerCopiedParams = {
  readonly name: string
  readonly computer: string
  readonly product: string
  readonly address: string
  readonly at: string
}

/** Tells the owner that another computer uses what was given to one of theirs (R314). */
export const computerCopiedLetter = (
  params: ComputerCopiedParams,
  portal: { url: string; supportEmail: string },
): LetterContent => ({
  subject: `${params.computer} seems to have been copied`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `another computer checked in as ${params.computer}. That happens when a machine is cloned with ${params.product} on it, or its files are copied.`,
    'It was turned away, and your own computer runs on. If you made the copy, activate the product on it with your activation key.',
    `Was it not you? Then release ${params.computer} in the portal and activate it anew, so that the copy is worth nothing, and write to ${portal.supportEmail}.`,
  ],
  facts: [
    ['Computer', params.computer],
    ['Product', params.product],
    ['Address of the copy', params.address],
    ['When (UTC)', timeInWords(new Date(params.at))],
  ],
  link: { label: 'Open the portal', url: portal.url },
  reason: 'Every copied computer is announced once; this letter cannot be switched off.',
})
