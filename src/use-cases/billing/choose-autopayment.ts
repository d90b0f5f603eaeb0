import { stillStands } from '#src/db/actors.ts'
import { type AutopaymentRow, findAutopayment, forgiven, updateAutopayment } from '#src/db/autopayments.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import {
  type AutopaymentMode,
  autopaymentModeNames,
  isRefill,
  lowMinorIn,
  refillRule,
} from '#src/domain/billing/autopayment.ts'
import { formatMoney } from '#src/domain/money.ts'
import { firstCurrency } from '#src/domain/quotes/currency.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

export type AutopaymentChoice = {
  readonly version: number | 'any'
  readonly mode: AutopaymentMode
  /** Up to what funds are added, in minor units; `null` where that is not written in a way that can be read. */
  readonly refillMinor: number | null
}

/**
 * Chooses how the asking account's balance is filled; what failed before is tried anew. Returns its new version. Refuses
 * `no-balance`, `invalid-request` at `refill`, `version-mismatch`, `idempotency-key-reused`.
 */
export async function chooseAutopayment(
  deps: Deps,
  asking: Asking,
  { version, mode, refillMinor }: AutopaymentChoice,
  once: Once | null,
): Promise<number> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findAutopayment(reach), earlier(asking, once)])
  const [[now], answered] = rows
  const currency = now?.currency ?? firstCurrency
  if (mode === 'add' && (refillMinor === null || !isRefill(refillMinor, currency))) {
    refuse({ code: 'invalid-request', errors: [{ pointer: 'refill', code: 'invalid', detail: refillRule(currency) }] })
  }
  if (!now) return refuse({ code: 'no-balance' })
  if (replayOf(once, answered)) return now.version
  const { accountId } = now
  const amounts =
    mode === 'add' ? { lowMinor: lowMinorIn(currency), refillMinor } : { lowMinor: null, refillMinor: null }
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateAutopayment(accountId, { ...forgiven, mode, ...amounts }, version),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      action: 'autopayment.changed',
      accountId,
      subject: { kind: 'balance', id: accountId, name: currency },
      before: told(now),
      after: told({ mode, currency, refillMinor: amounts.refillMinor }),
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: {} })
  return now.version + 1
}

const told = ({ mode, refillMinor, currency }: Pick<AutopaymentRow, 'mode' | 'refillMinor' | 'currency'>) => ({
  autopayment: autopaymentModeNames[mode],
  ...(refillMinor === null ? {} : { upTo: formatMoney({ minor: refillMinor, currency }) }),
})
