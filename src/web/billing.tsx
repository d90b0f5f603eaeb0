import { Hono } from 'hono'
import { type BalanceEntryRow, findBilling, listBalanceEntries, listOwnBalances, listPlans } from '#src/db/balances.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { balanceReasonNames } from '#src/domain/billing/entry.ts'
import { nextChargeOn } from '#src/domain/billing/plan.ts'
import { dayOf } from '#src/domain/day.ts'
import { formatMoney } from '#src/domain/money.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { type Column, chunkSize, csvResponse } from '#src/http/csv.ts'
import { besideIn } from '#src/http/cursors.ts'
import { balanceFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { balanceEntryList } from '#src/http/lists/balance-entries.ts'
import { readPage } from '#src/http/lists/list.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { BalanceLedger } from '#views/pages/billing/ledger.tsx'
import { BillingPage } from '#views/pages/billing/page.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'

/** The prepaid balance: what is there, what comes next, plan and prices, every line of the ledger (R230–R232). */
export const billingPages = new Hono<HttpEnv>()
  .get(paths.billing, may('billing.read'), show)
  .get(paths.billingCsv, may('billing.read'), download)

async function show(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(balanceFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [
    findBilling(reach),
    listOwnBalances(reach),
    listPlans(reach),
    listBalanceEntries(reach, filter, { limit: limit + 1, ...beside }),
  ])
  const [[billing], balances, plans, found] = rows
  if (!billing) return refuse({ code: 'not-found' })
  const { rows: shown, pages } = pageOf(found, limit, side, Number(query.page) || 1, ({ n }) => ({ n }))
  const ledger = {
    filter,
    rows: shown,
    pages,
    may: { prices: allows(actor, 'quote.read'), orders: allows(actor, 'order.read') },
  }
  if (wantsPart(c)) return c.html(<BalanceLedger {...ledger} />)
  const nextOn = nextChargeOn(plans, dayOf(c.var.deps.now()))
  return c.html(
    <BillingPage
      frame={frameOf(c, actor)}
      balance={{ minor: billing.balanceMinor, currency: billing.currency }}
      others={balances.filter(({ currency }) => currency !== billing.currency)}
      plans={plans}
      nextOn={nextOn}
      ledger={ledger}
    />,
  )
}

/** Columns for people: the ledger. */
const columns: readonly Column<BalanceEntryRow>[] = [
  ['Time (UTC)', (row) => row.at.toISOString()],
  ['Why', (row) => balanceReasonNames[row.reason]],
  ['Product', (row) => row.charge?.productName ?? null],
  ['Month', (row) => row.charge?.period.slice(0, 7) ?? null],
  ['Servers', (row) => row.charge?.servers ?? null],
  ['Order', (row) => row.orderReference],
  ['Note', (row) => row.note],
  ['Amount', (row) => formatMoney({ minor: row.amountMinor, currency: row.currency })],
  ['Balance after', (row) => formatMoney({ minor: row.balanceAfterMinor, currency: row.currency })],
]

function download(c: HttpContext) {
  const list = balanceEntryList(queryOf(balanceFilterSchema, c.req.query()))
  const name = `balance-${dayOf(c.var.deps.now())}.csv`
  return csvResponse(c, name, columns, (cursor) => readPage(c, list, { limit: chunkSize, cursor }))
}
