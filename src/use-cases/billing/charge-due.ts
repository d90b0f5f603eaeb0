import { insertBalanceEntry } from '#src/db/balances.ts'
import { advancePlan, type DuePlan, insertCharge, listDuePlans, openPlans } from '#src/db/charges.ts'
import { commit, Violation } from '#src/db/commit.ts'
import { expectOne } from '#src/db/expect.ts'
import { read, type Write } from '#src/db/query.ts'
import { periodAfter, periodOf } from '#src/domain/billing/period.ts'
import { reckonMonth } from '#src/domain/billing/plan.ts'
import { dayOf } from '#src/domain/day.ts'
import { formatMoney } from '#src/domain/money.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

const atOnce = 50
const batches = 40

/**
 * Charges each product for servers for the month that has begun, from the servers in use as it began; months in which
 * nothing ran are caught up with. Each is charged once, however often and by how many this runs: where somebody else was
 * faster, the batch is left and read anew. Returns how many charges were made.
 */
export async function chargeDue(deps: Deps): Promise<number> {
  const today = dayOf(deps.now())
  await commit(deps.db, openPlans(periodAfter(periodOf(today)), deps.now()))
  let charged = 0
  for (let batch = 0; batch < batches; batch++) {
    const [due] = await read(deps.db, [listDuePlans(today, atOnce)])
    if (due.length === 0) break
    if (await committed(deps, due)) charged += due.length
  }
  return charged
}

async function committed(deps: Deps, due: readonly DuePlan[]): Promise<boolean> {
  try {
    await commit(
      deps.db,
      due.flatMap((plan) => chargeWrites(deps, plan)),
    )
    return true
  } catch (error) {
    if (error instanceof Violation && error.constraint === 'version-mismatch') return false
    throw error
  }
}

const clock: By = { kind: 'clock', id: 'charge-due', name: 'Billing', address: '', requestId: '' }

function chargeWrites(deps: Deps, plan: DuePlan): Write[] {
  const { accountId, productCode, productName, period, currency, offerCode, tiers } = plan
  const reckoned = reckonMonth(plan.servers, tiers)
  if (!reckoned) return []
  const { servers, minQuantity, unitMinor, amountMinor } = reckoned
  const id = deps.newId('charge')
  const createdAt = deps.now()
  const charge = {
    id,
    accountId,
    productCode,
    period,
    offerCode,
    servers,
    minQuantity,
    unitMinor,
    amountMinor,
    currency,
  }
  const advanced = [advancePlan(plan, periodAfter(period)), expectOne('version-mismatch')]
  const charged = [...advanced, insertCharge({ ...charge, createdAt })]
  if (amountMinor === 0) return charged
  return [
    ...charged,
    insertBalanceEntry({
      ...{ id: deps.newId('balanceEntry'), accountId, currency, reason: 'charge', chargeId: id },
      ...{ amountMinor: -amountMinor, createdAt },
    }),
    record(deps, clock, {
      action: 'balance.charged',
      accountId,
      subject: { kind: 'balance', id: accountId, name: currency },
      after: {
        product: productName,
        month: period.slice(0, 7),
        servers,
        charged: formatMoney({ minor: amountMinor, currency }),
      },
    }),
  ]
}
