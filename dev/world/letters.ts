import { idOf } from './ids.ts'
import { acme } from './people.ts'
import type { World } from './rows.ts'

/** A letter to an address that does not exist: given up, for the vendor to see to. */
export const lostLetter = idOf('letter', 'lost')

/** What did not arrive. */
export function tellLetters(world: World): void {
  const ago = (hours: number) => new Date(world.now.getTime() - hours * 3_600_000)
  world.letters.push({
    ...{ id: lostLetter, accountId: acme.accountId, template: 'password-changed', onceKey: 'demo:lost' },
    ...{ recipient: 'jordan@fourthcofee.example', state: 'dead', attempts: 28 },
    params: { name: 'Jordan', at: ago(52).toISOString(), address: '203.0.113.9' },
    error: '422 The domain fourthcofee.example does not exist',
    ...{ createdAt: ago(52), nextAttemptAt: ago(28) },
  })
}
