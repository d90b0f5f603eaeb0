import {
  endAutopayment,
  insertAutopayment,
  listStartedAutopayments,
  listToFill,
  type StartedAutopayment,
  type ToFill,
  updateAutopayment,
} from '#src/db/autopayments.ts'
import { commit, Violation } from '#src/db/commit.ts'
import { expectOne } from '#src/db/expect.ts'
import { read, type Write } from '#src/db/query.ts'
import { insertQuote, insertQuoteLines } from '#src/db/quotes.ts'
import { autopaymentDue, nextTry } from '#src/domain/billing/autopayment.ts'
import { methodInWords } from '#src/domain/billing/payment-method.ts'
import { dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import { lineOfTopUp } from '#src/domain/quotes/top-up-line.ts'
import { ShopUnavailable } from '#src/gateways/checkout.ts'
import type { Deps } from '../deps.ts'
import { tried } from '../jobs/work-off.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { type By, post, record } from '../record.ts'

const atOnce = 50
const week = 7 * 86_400_000

/**
 * Fills balances as their accounts chose (Decision 16): by a quote that is charged to the default payment method, once under
 * the quote's id, whoever and however often this runs; where the provider charges nobody without them, or there is no method,
 * the way to pay it is mailed. Nothing enters a balance before the provider's signed word. An account that fails holds up no
 * other: the run fails after all were tried. Returns how many were begun.
 */
export async function payBalances(deps: Deps): Promise<number> {
  const now = deps.now()
  const [owing, low] = await read(deps.db, [listToFill('repay', now, atOnce), listToFill('add', now, atOnce)])
  let begun = 0
  const notBegun = await each(deps, [...owing, ...low], async (account) => {
    if (await begin(deps, account)) begun += 1
  })
  const [started] = await read(deps.db, [listStartedAutopayments(2 * atOnce)])
  const notCharged = await each(deps, started, (one) => charge(deps, one))
  const failed = new Set([...notBegun, ...notCharged])
  if (failed.size > 0) throw new Error(`Failed for ${failed.size} of the accounts: the log says why`)
  return begun
}

/** Does the same for each account, and returns those for which it failed. */
async function each<T extends { readonly accountId: Id<'account'> }>(
  deps: Deps,
  accounts: readonly T[],
  act: (account: T) => Promise<void>,
): Promise<Id<'account'>[]> {
  const failed: Id<'account'>[] = []
  for (const account of accounts) {
    const note = { message: 'balance not paid', account: account.accountId }
    if ((await tried(deps, note, () => act(account))) === 'failed') failed.push(account.accountId)
  }
  return failed
}

const clock: By = { kind: 'clock', id: 'pay-balances', name: 'Autopayment', address: '', requestId: '' }

/** Makes the quote and says that it is being paid; false where somebody else was faster. */
async function begin(deps: Deps, account: ToFill): Promise<boolean> {
  const { accountId, currency, balanceMinor, method, version } = account
  const minor = autopaymentDue(account, balanceMinor, currency)
  if (minor === null) return false
  const quoteId = deps.newId('quote')
  const createdAt = deps.now()
  const isCharged = deps.checkout.charge !== null && method !== null
  const nextTryAt = isCharged ? null : new Date(createdAt.getTime() + week)
  const letterId = deps.newId('letter')
  const writes: Write[] = [
    updateAutopayment(accountId, { nextTryAt }, version),
    expectOne('version-mismatch'),
    ...quoteOf(deps, account, quoteId, minor),
    insertAutopayment({
      ...{ accountId, quoteId, amountMinor: minor, currency, createdAt, methodId: isCharged ? method.id : null },
      state: isCharged ? 'started' : 'mailed',
    }),
    ...(isCharged ? [] : [mailed(deps, account, { letterId, quoteId, minor })]),
  ]
  if (!(await orElse(() => commit(deps.db, writes)))) return false
  if (!isCharged) deps.afterwards(sendLetters(deps, [letterId]))
  return true
}

function quoteOf(deps: Deps, { accountId, currency }: ToFill, id: Id<'quote'>, minor: number): Write[] {
  const createdAt = deps.now()
  const topUp = { minor, currency }
  return [
    insertQuote({
      ...{ id, accountId, currency, totalMinor: minor, quotedOn: dayOf(createdAt), items: [{ topUp }], createdAt },
      ...{ validUntil: new Date(createdAt.getTime() + week), licenses: [], prices: [] },
      ...{ madeByKind: clock.kind, madeById: clock.id, madeByName: clock.name },
    }),
    insertQuoteLines(id, lineOfTopUp({ topUp }, currency).lines),
    record(deps, clock, {
      action: 'quote.created',
      accountId,
      subject: { kind: 'quote', id, name: id },
      after: { total: formatMoney(topUp), lines: 1 },
    }),
  ]
}

type Mailed = { readonly letterId: Id<'letter'>; readonly quoteId: Id<'quote'>; readonly minor: number }

const mailed = (deps: Deps, account: ToFill, { letterId, quoteId, minor }: Mailed): Write =>
  post(deps, {
    ...{ id: letterId, template: 'top-up-due', accountId: account.accountId, to: account.email, once: quoteId },
    params: { name: account.name, quoteId, minor, balanceMinor: account.balanceMinor, currency: account.currency },
  })

/** Asks the provider for one that is started; it charges once, however often it is asked under the same key. */
async function charge(deps: Deps, started: StartedAutopayment): Promise<void> {
  const { quoteId, quoteState, validUntil, method } = started
  if (quoteState === 'applied') return void (await commit(deps.db, [endAutopayment(quoteId, 'paid', deps.now())]))
  if (quoteState !== 'open' || validUntil <= deps.now() || !method || !deps.checkout.charge) {
    return void (await commit(deps.db, [endAutopayment(quoteId, 'over', deps.now())]))
  }
  const { accountId: account, amountMinor: dueMinor, currency, email, name, country, providerAccountId } = started
  try {
    const charged = await deps.checkout.charge(
      {
        ...{ key: quoteId, token: method.token, tags: { quote: quoteId, account }, currency },
        payer: { email, name, country, providerAccountId },
        lines: [{ path: null, text: 'Payment into the balance', dueMinor }],
      },
      deps.now(),
    )
    if (charged.outcome === 'declined') await failed(deps, started, charged.why)
  } catch (error) {
    if (!(error instanceof ShopUnavailable)) throw error
    deps.log({ level: 'error', message: 'balance not charged', quote: quoteId, error: error.message })
  }
}

async function failed(deps: Deps, started: StartedAutopayment, why: string): Promise<void> {
  const { accountId, quoteId, amountMinor, currency, failures, email, name, method } = started
  const now = deps.now()
  const nextTryAt = nextTry(failures + 1, now)
  const letterId = deps.newId('letter')
  const told = {
    amount: formatMoney({ minor: amountMinor, currency }),
    method: method ? methodInWords({ brand: method.brand ?? '', lastFour: method.lastFour ?? '' }) : '',
    why,
  }
  const writes = [
    endAutopayment(quoteId, 'failed', now),
    expectOne('version-mismatch'),
    updateAutopayment(accountId, { failures: failures + 1, failedAt: now, failedWhy: why, nextTryAt }, 'any'),
    record(deps, clock, {
      action: 'balance.payment-failed',
      accountId,
      subject: { kind: 'balance', id: accountId, name: currency },
      after: told,
    }),
    post(deps, {
      ...{ id: letterId, template: 'balance-payment-failed', accountId, to: email, once: quoteId },
      params: { name, quoteId, ...told, nextTryAt: nextTryAt?.toISOString() ?? null },
    }),
  ]
  if (await orElse(() => commit(deps.db, writes))) deps.afterwards(sendLetters(deps, [letterId]))
}

/** False where somebody else did the same at this moment. */
async function orElse(committing: () => Promise<unknown>): Promise<boolean> {
  try {
    await committing()
    return true
  } catch (error) {
    if (error instanceof Violation && lost.has(error.constraint)) return false
    throw error
  }
}
const lost = new Set(['version-mismatch', 'autopayments.account_id'])
