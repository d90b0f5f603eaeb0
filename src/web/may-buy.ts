import type { Actor } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'

/** Whether upgrades and support are offered for money: to customers who see prices. Sellers pay with credits. */
export const mayBuy = (actor: Actor): boolean => actor.accountKind === 'customer' && allows(actor, 'quote.create')
