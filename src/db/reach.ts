import { type SQL, sql } from 'drizzle-orm'
import type { Credential } from '#src/domain/accounts/actor.ts'
import { accounts, apiKeys } from './schema/accounts.ts'
import { sessions } from './schema/sign-in.ts'

declare const made: unique symbol

/**
 * The right to see an account's subtree. Every tenant query demands one, and only `reachOf` makes it, from the
 * credential a request came with; the account behind it is looked up inside the query itself.
 */
export type Reach = { readonly credential: string; readonly [made]: true }

export const reachOf = (credential: Credential): Reach => ({ credential: credential.id }) as Reach

/** The account's small key, for `account_n = …` in a compiled query; bind with `within(reach)`. */
export const accountInReach: SQL<number> = sql`(select ${accounts.n} from ${accounts} where ${accounts.id} = coalesce(
  (select ${sessions.accountId} from ${sessions} where ${sessions.id} = ${sql.placeholder('credential')} and ${sessions.endedAt} is null),
  (select ${apiKeys.accountId} from ${apiKeys} where ${apiKeys.hash} = ${sql.placeholder('credential')} and ${apiKeys.revokedAt} is null)))`

/**
 * The small key of an account below, or of the account itself: a reach narrowed to one reseller. NULL outside the reach,
 * so that nothing is found there. Bind with `within(reach)` and the id as `account`.
 */
export const accountBelow: SQL<number> = sql`(select narrowed.descendant_n from account_reach as narrowed
  join accounts as below on below.n = narrowed.descendant_n
  where below.id = ${sql.placeholder('account')} and narrowed.ancestor_n = ${accountInReach})`

/** Whether it is the vendor who asks: what is the vendor's alone is there for nobody else. Bind with `within(reach)`. */
export const isVendors: SQL = sql`(select ${accounts.kind} from ${accounts} where ${accounts.n} = ${accountInReach}) = 'vendor'`

export const within = (reach: Reach): { credential: string } => ({ credential: reach.credential })
