import { findBilling } from '#src/db/balances.ts'
import { costReads } from '#src/db/costs.ts'
import { type CostSpan, costsOf, periodsUntil } from '#src/domain/billing/costs.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from './ask.ts'
import type { HttpContext } from './context.ts'

/** What everything cost the account in so many months, this one last, in the currency of its balance; one round trip. */
export async function readCosts(c: HttpContext, months: CostSpan) {
  const periods = periodsUntil(dayOf(c.var.deps.now()), months)
  const [from] = periods
  const { actor, rows } = await ask(c, (reach) => [findBilling(reach), ...costReads(reach, from)])
  const [[billing], ...found] = rows
  if (!billing) return refuse({ code: 'not-found' })
  return { actor, currency: billing.currency, costs: costsOf(found.flat(), periods) }
}
