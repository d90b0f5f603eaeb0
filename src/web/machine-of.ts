import type { Actor } from '#src/domain/accounts/actor.ts'
import type { Machine } from '#src/domain/computers/computer.ts'

/** What pages about all machines of an account call them: an account with products for servers has servers. */
export const machineOf = ({ accountKind, serverProducts }: Actor): Machine =>
  accountKind === 'customer' && serverProducts.length > 0 ? 'server' : 'computer'
