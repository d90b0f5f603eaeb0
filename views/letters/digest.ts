import type { Day } from '#src/domain/day.ts'
import type { Digest, Section } from '#src/domain/warnings/digest.ts'
import { capped, counted, dayInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

type Urls = { readonly list: string; readonly settings: string; readonly unsubscribe: string }
type WeeklyDigest = { readonly accountName: string; readonly week: Day; readonly content: Digest }

const sum = ({ count, isCut }: Section<unknown>): string => capped(isCut ? count + 1 : count, count)

/** What there is to do, once a week: how much of each, then the first of them (R307 R309). */
export function weeklyDigestLetter({ accountName, week, content }: WeeklyDigest, urls: Urls): LetterContent {
  const { expired, idle, overUsed, proposals } = content
  const facts = [
    ['Support that expired lately', expired],
    ['Licenses never activated', idle],
    ['Over their limit', overUsed],
    ['Renewals to make smaller', proposals],
  ] as const
  const tasks = facts.reduce((all, [, { count }]) => all + count, 0)
  return {
    subject: `${counted(tasks, 'thing')} to do this week, ${accountName}`,
    greeting: 'Hello,',
    paragraphs: [`this is what there is to do in the week of ${dayInWords(week)}, for you and everybody below you.`],
    facts: facts.filter(([, { count }]) => count > 0).map(([label, section]) => [label, sum(section)]),
    table: { head: ['What', 'Of', 'Product', 'For'], rows: rowsOf(content) },
    link: { label: 'See all of it', url: urls.list },
    reason: `You get this once a week because ${accountName} sells. Switch it off: ${urls.settings} To get no more of it: ${urls.unsubscribe}`,
  }
}

const rowsOf = ({ expired, idle, overUsed, proposals }: Digest): string[][] => [
  ...expired.rows.map((one) => [
    ...[`Support ended ${dayInWords(one.day)}`, one.serial, `${one.productName} ${one.editionName}`, one.email],
  ]),
  ...idle.rows.map((one) => [
    ...[
      `Bought ${dayInWords(one.day)}, never activated`,
      one.serial,
      `${one.productName} ${one.editionName}`,
      one.email,
    ],
  ]),
  ...overUsed.rows.map((one) => [
    ...[`${one.used} run, ${one.allowed} allowed`, one.name, one.productName ?? 'Any product', one.ownerName],
  ]),
  ...proposals.rows.map((one) => [
    `Renew ${one.proposed} instead of ${one.quantity} by ${dayInWords(one.endsOn)}`,
    ...['', `${one.productName} ${one.editionName}`, one.email],
  ]),
]
