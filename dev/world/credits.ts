import type { Id } from '#src/domain/ids.ts'
import { idOf } from './ids.ts'
import type { World } from './rows.ts'

type Posting = {
  readonly accountId: Id<'account'>
  readonly offerCode: string
  readonly amount: number
  readonly reason: 'granted' | 'given' | 'received' | 'spent'
  readonly other?: Id<'account'>
  readonly licenseId?: Id<'license'>
  readonly by: string
  readonly at: Date
}

/** Writes a line of the ledger. */
export function post(world: World, { accountId, offerCode, amount, reason, other, licenseId, by, at }: Posting): void {
  world.creditEntries.push({
    ...{ id: idOf('creditEntry', 0), accountId, offerCode, amount, reason, otherAccountId: other ?? null },
    ...{ licenseId: licenseId ?? null, actorId: by, createdAt: at },
  })
}

/** Hands credits on: what one gives the other receives. */
export function give(
  world: World,
  from: Id<'account'>,
  to: Id<'account'>,
  by: string,
  at: Date,
  credits: Credits,
): void {
  for (const [offerCode, amount] of Object.entries(credits)) {
    post(world, { accountId: from, offerCode, amount: -amount, reason: 'given', other: to, by, at })
    post(world, { accountId: to, offerCode, amount, reason: 'received', other: from, by, at })
  }
}

/** The vendor grants credits to a seller. */
export function grant(
  world: World,
  from: Id<'account'>,
  to: Id<'account'>,
  by: string,
  at: Date,
  credits: Credits,
): void {
  for (const [offerCode, amount] of Object.entries(credits)) {
    post(world, { accountId: to, offerCode, amount, reason: 'granted', other: from, by, at })
  }
}

export type Credits = Readonly<Record<string, number>>

/** The ledger by age, numbered, each line with the balance after it. */
export function balanced(entries: World['creditEntries']): World['creditEntries'] {
  const balances = new Map<string, number>()
  return entries
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .map((entry, i) => {
      const of = `${entry.accountId} ${entry.offerCode}`
      const balanceAfter = (balances.get(of) ?? 0) + entry.amount
      balances.set(of, balanceAfter)
      return { ...entry, id: idOf('creditEntry', i + 1), balanceAfter }
    })
}
