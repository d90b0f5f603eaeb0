import type { Id } from '../ids.ts'
import type { Money } from '../money.ts'
import type { ServerProduct } from '../products/product.ts'
import type { Formats } from '../settings/formats.ts'
import type { AccountKind } from './account.ts'
import type { Rights } from './acts.ts'

/** What a request came with: a session's id out of the cookie, or the hash of an API key. */
export type Credential = { readonly kind: 'session' | 'api-key'; readonly id: string }

/** Who is asking, as the database said in the same batch that answers the question. */
export type Actor = Rights & {
  readonly credential: Credential
  readonly account: {
    readonly id: Id<'account'>
    readonly kind: AccountKind
    readonly name: string
    readonly email: string
  }
  readonly loginId: Id<'login'> | null
  /** A login's or customer's name; for a script the name of its key. */
  readonly name: string
  /** Whether it acts with the account's master login. */
  readonly isMaster: boolean
  /** A login whose password somebody else made: it may do nothing before it has set its own. */
  readonly mustChangePassword: boolean
  /** A login without a second factor of an account that wants one of each: it may do nothing before it has one. */
  readonly mustAddFactor: boolean
  /** How a login wants days, times and money written. */
  readonly formats: Formats
  /** When a login last proved to be itself in this session, and what it can prove it with again; `null` for others. */
  readonly proof: { readonly at: Date; readonly password: boolean; readonly code: boolean } | null
  /** The products for servers that the account has, in the catalog's order: its menu lists them. A script sees no menu. */
  readonly serverProducts: readonly ServerProduct[]
  /** What the account has prepaid; `null` where it pays from no balance, and for scripts. */
  readonly balance: Money | null
}

/** Whether somebody goes by products for servers: a customer who has some. Sellers go by the accounts of theirs. */
export const hasServerProducts = ({ accountKind, serverProducts }: Actor): boolean =>
  accountKind === 'customer' && serverProducts.length > 0
