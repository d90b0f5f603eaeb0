import { type Day, daysLeft } from '#src/domain/day.ts'
import { type End, type EndKind, endKinds } from '#src/domain/warnings/warning.ts'
import { counted, dayInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

/** How many ends stand in the letter itself; where there are more, all of them are in the CSV. */
export const shownEnds = 20

/** `Support of 2 licenses`, `1 trial`: what ends, by how many there are. */
const sums: Record<EndKind, (count: number) => string> = {
  support: (count) => `support of ${counted(count, 'license')}`,
  trial: (count) => counted(count, 'trial'),
  subscription: (count) => counted(count, 'subscription'),
}

export type ExpiryWarning = {
  readonly accountName: string
  /** Whether the reader sells, so that it says whose license it is. */
  readonly sells: boolean
  readonly day: Day
  /** What ends first first. */
  readonly ends: readonly End[]
  readonly isCut: boolean
}
type Urls = { readonly list: string; readonly settings: string | null; readonly unsubscribe: string }

/** `Support of 2 licenses ends by 20 Sep 2026, 1 trial has ended`. */
function sumOf({ ends, day, isCut }: Pick<ExpiryWarning, 'ends' | 'day' | 'isCut'>): string {
  const parts = [false, true].flatMap((over) =>
    endKinds.flatMap((kind) => {
      const those = ends.filter((one) => one.kind === kind && one.endsOn < day === over)
      const last = those.at(-1)
      if (!last) return []
      const isOne = those.length === 1
      const does = over
        ? isOne || kind === 'support'
          ? 'has ended'
          : 'have ended'
        : isOne || kind === 'support'
          ? 'ends'
          : 'end'
      return [`${sums[kind](those.length)} ${does}${over ? '' : ` ${isOne ? 'on' : 'by'} ${dayInWords(last.endsOn)}`}`]
    }),
  )
  const text = parts.join(', ')
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${isCut ? ' and more' : ''}`
}

/** Warns an account of all that ends at a lead time it chose, in one letter (R307). */
export function expiryWarningLetter(warning: ExpiryWarning, urls: Urls): LetterContent {
  const { accountName, ends, sells, isCut, day } = warning
  const more = ends.length - shownEnds
  return {
    subject: `${sumOf(warning)}, ${accountName}`,
    greeting: 'Hello,',
    paragraphs: [
      'what stands below ends, or has ended, and does not renew by itself.',
      ...(more > 0
        ? [`The first ${shownEnds} stand here; the attached CSV has ${isCut ? 'the first' : 'all'} ${ends.length}.`]
        : []),
    ],
    table: {
      head: ['Ends on', 'What', 'Product', 'Serial number', 'End customer', ...(sells ? ['Account'] : [])],
      rows: ends
        .slice(0, shownEnds)
        .map((one) => [
          ...[one.endsOn, `${one.kind}, ${leftInWords(one.endsOn, day)}`, `${one.productName} ${one.editionName}`],
          ...[one.serial, one.email, ...(sells ? [one.ownerName] : [])],
        ]),
    },
    link: { label: 'See what to extend', url: urls.list },
    reason: `You get this because licenses that ${accountName} has or sells end. ${urls.settings ? `Choose when you are warned: ${urls.settings} ` : ''}To get no more of these letters: ${urls.unsubscribe}`,
  }
}

const leftInWords = (endsOn: Day, day: Day): string =>
  endsOn < day ? 'ended' : `${counted(daysLeft(endsOn, day), 'day')} left`
