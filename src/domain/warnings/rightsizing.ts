import { type Day, dayOf, daysBetween } from '../day.ts'

/** Without a check-in for so long a license counts as not in use, and a renewal of it is doubted. */
export const idleDays = 90

/** A license whose support ends, and what is known of its use. */
export type Ending = {
  readonly productName: string
  readonly editionName: string
  readonly email: string
  readonly ownerName: string
  readonly endsOn: Day
  readonly firstActivatedAt: Date | null
  /** The last check-in of a computer on it, or when one was activated. */
  readonly lastUsedAt: Date | null
}

/** What an end customer should renew of an edition: the licenses that are in use (R309). */
export type Proposal = {
  readonly email: string
  readonly ownerName: string
  readonly productName: string
  readonly editionName: string
  /** The first end among them. */
  readonly endsOn: Day
  readonly quantity: number
  readonly never: number
  /** Used once, and not for long. */
  readonly idle: number
  readonly lastUsedOn: Day | null
  readonly proposed: number
}

export type Usage = 'never' | 'idle' | 'used'

/** Whether a license was never activated, not used for long, or is in use. */
export function usageOf(
  { firstActivatedAt, lastUsedAt }: Pick<Ending, 'firstActivatedAt' | 'lastUsedAt'>,
  today: Day,
): Usage {
  const last = lastUsedAt ?? firstActivatedAt
  if (last === null) return 'never'
  return daysBetween(dayOf(last), today) > idleDays ? 'idle' : 'used'
}

/** What of a customer and an edition belongs together. */
const groupOf = (one: Ending): string => [one.ownerName, one.email, one.productName, one.editionName].join('\n')

/** The first so many ends, without those of a customer and an edition of which more ends than was read. */
export function wholeGroups(endings: readonly Ending[], most: number): readonly Ending[] {
  const cut = endings.slice(most).map(groupOf)
  return endings.slice(0, most).filter((one) => !cut.includes(groupOf(one)))
}

/** Right-sizing before a renewal: of each end customer and edition, the quantity in use, where it is less than what ends. */
export function proposalsOf(endings: readonly Ending[], today: Day): Proposal[] {
  const groups = Map.groupBy(endings, groupOf)
  return [...groups.values()]
    .map((group) => proposalOf(group, today))
    .filter(({ proposed, quantity }) => proposed < quantity)
}

function proposalOf(group: readonly Ending[], today: Day): Proposal {
  const [{ email, ownerName, productName, editionName, endsOn }] = group as readonly [Ending]
  const usages = group.map((one) => usageOf(one, today))
  const count = (usage: Usage) => usages.filter((one) => one === usage).length
  const last = Math.max(
    ...group.map(({ firstActivatedAt, lastUsedAt }) => (lastUsedAt ?? firstActivatedAt)?.getTime() ?? 0),
  )
  return {
    ...{ email, ownerName, productName, editionName },
    endsOn: group.reduce((first, one) => (one.endsOn < first ? one.endsOn : first), endsOn),
    ...{ quantity: group.length, never: count('never'), idle: count('idle'), proposed: count('used') },
    lastUsedOn: last === 0 ? null : dayOf(new Date(last)),
  }
}
