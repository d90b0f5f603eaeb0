import { addApiKey, addLogins, openAccount } from './accounts.ts'
import { at } from './days.ts'
import { loginDoer } from './events.ts'
import { acme } from './people.ts'
import type { World } from './rows.ts'

export const staff = loginDoer(acme, '198.51.100.4')

/** The vendor and its staff. */
export function tellAcme(world: World): void {
  const begun = at('2014-03-03')
  openAccount(world, { ...acme, kind: 'vendor', parent: null, place: ['IE', 'Dublin'], at: begun, by: staff })
  addLogins(world, acme.accountId, begun, [{ ...acme, name: acme.person, hoursSinceSignIn: 5 }])
  addApiKey(world, acme, begun)
}
