import { Hono } from 'hono'
import { findAutopayment } from '#src/db/autopayments.ts'
import { type BalanceEntryRow, findBilling, listBalanceEntries, listOwnBalances, listPlans } from '#src/db/balances.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { balanceReasonNames } from '#src/domain/billing/entry.ts'
import { nextChargeOn } from '#src/domain/billing/plan.ts'
import { amountFrom, topUpRule } from '#src/domain/billing/top-up.ts'
import { dayOf } from '#src/domain/day.ts'
import { formatMoney, isCurrency } from '#src/domain/money.ts'
import { firstCurrency } from '#src/domain/quotes/currency.ts'
import { type FieldError, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { type Column, chunkSize, csvResponse } from '#src/http/csv.ts'
import { besideIn } from '#src/http/cursors.ts'
import { balanceFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { balanceEntryList } from '#src/http/lists/balance-entries.ts'
import { readPage } from '#src/http/lists/list.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { makeQuote } from '#src/use-cases/quotes/make-quote.ts'
import { BalanceLedger } from '#views/pages/billing/ledger.tsx'
import { BillingPage } from '#views/pages/billing/page.tsx'
import { paths } from '#views/paths.ts'
import { billingTabsOf } from './billing-tabs.ts'
import { frameOf, wantsPart } from './frame.ts'
import { mendable } from './mendable.ts'

/** The prepaid balance: what is there, what comes next, plan and prices, every line of the ledger (R230–R232). */
export const billingPages = new Hono<HttpEnv>()
  .get(paths.billing, may('billing.read'), (c) => show(c))
  .post(paths.topUps, may('billing.top-up'), topUp)
  .get(paths.billingCsv, may('billing.read'), download)

type Tried = { readonly amount: string; readonly errors: readonly FieldError[]; readonly status: 200 | 422 }

async function show(c: HttpContext, tried: Tried = { amount: '', errors: [], status: 200 }) {
  const query = c.req.method === 'GET' ? c.req.query() : {}
  const filter = queryOf(balanceFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [
    findBilling(reach),
    listOwnBalances(reach),
    listPlans(reach),
    listBalanceEntries(reach, filter, { limit: limit + 1, ...beside }),
    findAutopayment(reach),
  ])
  const [[billing], balances, plans, found, [autopayment]] = rows
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
      tabs={billingTabsOf(actor)}
      failure={autopayment ?? null}
      nextOn={nextOn}
      ledger={ledger}
      topUp={
        allows(actor, 'billing.top-up') && plans.length > 0 ? { ...tried, request: c.var.deps.newId('request') } : null
      }
    />,
    tried.status,
  )
}

/** An amount becomes a quote, which is paid in the shop as any other is. */
async function topUp(c: HttpContext) {
  const form = await formBody(c)
  const { amount = '', currency = '' } = form
  const minor = amountFrom(amount, currency)
  try {
    if (minor === null) return refuse(wrongAmount(currency))
    const items = [{ topUp: { minor, currency } }]
    const { response } = await makeQuote(c.var.deps, c.var.asking, { items }, await onceOfForm(c, form))
    return c.redirect(paths.quote(response.id), 303)
  } catch (error) {
    const { errors } = mendable(error, 'amount')
    return show(c, { amount, errors: errors.map((one) => ({ ...one, pointer: 'amount' })), status: 422 })
  }
}

const wrongAmount = (currency: string) => ({
  code: 'invalid-request' as const,
  errors: [{ pointer: 'amount', code: 'invalid', detail: topUpRule(isCurrency(currency) ? currency : firstCurrency) }],
})

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
