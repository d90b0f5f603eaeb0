import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type TwoFactorLetter = {
  readonly what: 'on' | 'off' | 'new-codes' | 'recovery-code' | 'reset'
  readonly name: string
  readonly by?: string
  readonly address: string
  readonly at: string
  /** When a reset comes due. */
  readonly until?: string
}

const subjects = {
  on: 'Two-factor sign-in is on',
  off: 'Two-factor sign-in is off',
  'new-codes': 'You have new recovery codes',
  'recovery-code': 'A recovery code was used to sign in',
  reset: 'Your second factor will be reset',
} as const

const what = ({ what, by, until }: TwoFactorLetter): string => {
  switch (what) {
    case 'on':
      return 'from now on your login asks for a code of your authenticator app. Keep the ten recovery codes in a safe place.'
    case 'off':
      return 'from now on your password alone signs you in. The recovery codes work no more.'
    case 'new-codes':
      return 'new recovery codes were made for your login. The old ones work no more.'
    case 'recovery-code':
      return 'one of your recovery codes was used up to sign in. Make new ones when few are left.'
    case 'reset':
      return `${by ?? 'the master login'} reset your second factor. From ${timeInWords(new Date(until ?? 0))} UTC on your password alone signs you in. To stop it, sign in with a code of your app before.`
  }
}

/** Tells the owner of a login what became of its second factor. */
export const twoFactorLetter = (
  params: TwoFactorLetter,
  portal: { url: string; supportEmail: string },
): LetterContent => ({
  subject: subjects[params.what],
  greeting: `Hello ${params.name},`,
  paragraphs: [
    what(params),
    `Was it not you? Set a new password with the link below and write to ${portal.supportEmail} at once.`,
  ],
  facts: [
    ['When (UTC)', timeInWords(new Date(params.at))],
    ['Address', params.address],
  ],
  link: { label: 'Set a new password', url: portal.url },
  reason: 'Every change of a second factor is announced; this letter cannot be switched off.',
})
