import { and, asc, eq, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { isSuspended } from './actors.ts'
import { isOwn } from './own-account.ts'
import { build, compile, compiledBy, type Write, write } from './query.ts'
import { type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import {
  autopayments,
  balances,
  billingAccounts,
  paymentMethods,
  autopaymentSettings as settings,
} from './schema/billing.ts'
import { quotes } from './schema/quotes.ts'

const columns = {
  accountId: billingAccounts.accountId,
  currency: billingAccounts.currency,
  mode: settings.mode,
  lowMinor: settings.lowMinor,
  refillMinor: settings.refillMinor,
  failures: settings.failures,
  failedAt: settings.failedAt,
  failedWhy: settings.failedWhy,
  nextTryAt: settings.nextTryAt,
  version: settings.version,
}

const own = compile(
  build
    .select(columns)
    .from(billingAccounts)
    .innerJoin(settings, eq(settings.accountId, billingAccounts.accountId))
    .where(isOwn(billingAccounts.accountId)),
)

/** How the account's own balance is filled; nothing where it has none. */
export const findAutopayment = (reach: Reach) => own(within(reach))
export type AutopaymentRow = ReturnType<ReturnType<typeof findAutopayment>['rows']>[number]

const payer = {
  name: accounts.name,
  country: accounts.country,
  providerAccountId: accounts.providerAccountId,
  email: sql<string>`iif(${accounts.billingEmail} = '', ${accounts.email}, ${accounts.billingEmail})`,
}
const method = {
  id: paymentMethods.id,
  token: paymentMethods.token,
  brand: paymentMethods.brand,
  lastFour: paymentMethods.lastFour,
}
const isDefaultMethod = sql`${paymentMethods.accountId} = ${accounts.id} and ${paymentMethods.isDefault} = 1 and ${paymentMethods.removedAt} is null`

/** Two ways in, each by an index made for it: whoever owes, and whoever wants funds added. */
const candidates = {
  repay: sql`select b.account_id from ${balances} b indexed by balances_owed where b.balance_minor < 0`,
  add: sql`select s.account_id from ${settings} s indexed by autopayment_settings_add where s.mode = 'add'`,
}

const waiting = compiledBy((mode: 'add' | 'repay') =>
  build
    .select({ ...columns, balanceMinor: balances.balanceMinor, ...payer, method })
    .from(settings)
    .innerJoin(billingAccounts, eq(billingAccounts.accountId, settings.accountId))
    .innerJoin(
      balances,
      and(eq(balances.accountId, settings.accountId), eq(balances.currency, billingAccounts.currency)),
    )
    .innerJoin(accounts, eq(accounts.id, settings.accountId))
    .leftJoin(paymentMethods, isDefaultMethod)
    .where(
      and(
        sql`${settings.accountId} in (${candidates[mode]})`,
        sql`${settings.mode} = ${sql.raw(`'${mode}'`)}`,
        sql`${balances.balanceMinor} < ${mode === 'repay' ? sql`0` : settings.lowMinor}`,
        sql`${settings.failures} < 4 and (${settings.nextTryAt} is null or ${settings.nextTryAt} <= ${sql.placeholder('now')})`,
        sql`not ${isSuspended}`,
        sql`not exists (select 1 from ${autopayments} busy where busy.account_id = ${settings.accountId} and busy.state = 'started')`,
      ),
    )
    .orderBy(asc(settings.accountId))
    .limit(sql.placeholder('limit')),
)

/** Accounts whose balance is to be filled now, with the method that is charged. */
export const listToFill = (mode: 'add' | 'repay', now: Date, limit: number) =>
  waiting(mode, { now: now.getTime(), limit })
export type ToFill = ReturnType<ReturnType<typeof listToFill>['rows']>[number]

const started = compile(
  build
    .select({
      accountId: autopayments.accountId,
      quoteId: autopayments.quoteId,
      amountMinor: autopayments.amountMinor,
      currency: autopayments.currency,
      quoteState: quotes.state,
      validUntil: quotes.validUntil,
      failures: settings.failures,
      ...payer,
      method,
    })
    .from(autopayments)
    .innerJoin(quotes, eq(quotes.id, autopayments.quoteId))
    .innerJoin(accounts, eq(accounts.id, autopayments.accountId))
    .innerJoin(settings, eq(settings.accountId, autopayments.accountId))
    .leftJoin(paymentMethods, eq(paymentMethods.id, autopayments.methodId))
    .where(sql`${autopayments.state} = 'started'`)
    .orderBy(asc(autopayments.accountId))
    .limit(sql.placeholder('limit')),
)

/** Payments that the provider was, or is about to be, asked for. */
export const listStartedAutopayments = (limit: number) => started({ limit })
export type StartedAutopayment = ReturnType<ReturnType<typeof listStartedAutopayments>['rows']>[number]

/** Begins one: of an account one at most is `started`. */
export const insertAutopayment = (row: typeof autopayments.$inferInsert): Write =>
  write(build.insert(autopayments).values(row))

/** Ends a started one; stands before `expectOne` where it must be there. */
export const endAutopayment = (quoteId: Id<'quote'>, state: 'paid' | 'failed' | 'over', at: Date): Write =>
  write(
    build
      .update(autopayments)
      .set({ state, endedAt: at })
      .where(and(eq(autopayments.quoteId, quoteId), sql`${autopayments.state} in ('started', 'mailed')`)),
  )

type Settings = Partial<Omit<typeof settings.$inferInsert, 'accountId' | 'version'>>

/** Changes how a balance is filled, or how that went; stands before `expectOne` with a version. */
export const updateAutopayment = (accountId: Id<'account'>, set: Settings, version: number | 'any'): Write =>
  write(
    build
      .update(settings)
      .set({ ...set, version: sql`${settings.version} + 1` })
      .where(and(eq(settings.accountId, accountId), version === 'any' ? undefined : eq(settings.version, version))),
  )

/** What a failure left behind is over: by hand or by itself, money came in, or somebody did something about it. */
export const forgiven = { failures: 0, failedAt: null, failedWhy: null, nextTryAt: null } as const
