import { addDays, type Day } from '../day.ts'
import { type Ending, type Proposal, proposalsOf, wholeGroups } from './rightsizing.ts'
import { sendingHour } from './warning.ts'

/** A license with something to do about it. */
export type LicenseToDo = {
  readonly licenseId: string
  readonly serial: string
  readonly productName: string
  readonly editionName: string
  readonly email: string
  readonly ownerName: string
  /** When its support ended, or when it was bought. */
  readonly day: Day
}

/** An activation key, or an account's servers of a product, with more computers than it allows. */
export type OverUse = {
  /** The key; null where it is all servers of the account. */
  readonly keyId: string | null
  readonly name: string
  readonly productName: string | null
  readonly ownerName: string
  readonly allowed: number
  readonly used: number
}

/** Some of what was found, and how much there is. */
export type Section<T> = { readonly count: number; readonly isCut: boolean; readonly rows: readonly T[] }

/** What there is to do for a seller, all accounts below it included (R307 R309). */
export type Digest = {
  readonly expired: Section<LicenseToDo>
  readonly idle: Section<LicenseToDo>
  readonly overUsed: Section<OverUse>
  readonly proposals: Section<Proposal>
}

/** As it is read: of each one more than is told, where there is more. */
export type DigestSources = readonly [
  expired: readonly LicenseToDo[],
  idle: readonly LicenseToDo[],
  keys: readonly OverUse[],
  servers: readonly OverUse[],
  endings: readonly Ending[],
]

/** How many of a kind are told, and how many ends a renewal is reckoned from. */
export const mostTold = 100
export const mostEndings = 500

/** Support that ended no longer ago than this is one to win back. */
export const expiredLately = 90
/** A license that was not activated so many days after it was bought is asked about. */
export const idleAfter = 14
/** A renewal is prepared so many days ahead. */
export const renewalAhead = 60

/** The digest of what was found, seen from a day. */
export function digestOf([expired, idle, keys, servers, endings]: DigestSources, today: Day): Digest {
  const proposals = sectionOf(proposalsOf(wholeGroups(endings, mostEndings), today))
  return {
    ...{ expired: sectionOf(expired), idle: sectionOf(idle), overUsed: sectionOf([...keys, ...servers]) },
    proposals: { ...proposals, isCut: proposals.isCut || endings.length > mostEndings },
  }
}

const sectionOf = <T>(found: readonly T[]): Section<T> => ({
  count: Math.min(found.length, mostTold),
  isCut: found.length > mostTold,
  rows: found.slice(0, mostTold),
})

/** How many things there are to do. */
export const tasksIn = ({ expired, idle, overUsed, proposals }: Digest): number =>
  expired.count + idle.count + overUsed.count + proposals.count

/** The same with so many rows of each, for a letter. */
export function shortened({ expired, idle, overUsed, proposals }: Digest, most: number): Digest {
  const cut = <T>(section: Section<T>): Section<T> => ({ ...section, rows: section.rows.slice(0, most) })
  return { expired: cut(expired), idle: cut(idle), overUsed: cut(overUsed), proposals: cut(proposals) }
}

/** The Monday of a day's week. */
export const mondayOf = (day: Day): Day => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** From when on the digest of a week leaves. */
export const digestDueAt = (monday: Day): Date => new Date(Date.parse(`${monday}T00:00:00Z`) + sendingHour * 3_600_000)
