import { Hono } from 'hono'
import { findCreditAccount, listBalances, listLedger } from '#src/db/ledger.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { type FieldError, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { ledgerFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { setLowCredits } from '#src/use-cases/credits/set-low-credits.ts'
import { Ledger } from '#views/pages/credits/list.tsx'
import { CreditsPage } from '#views/pages/credits/page.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'
import { errorsOf } from './reseller-errors.ts'

/** Balances, the ledger, and from when on an offer is low. */
export const creditPages = new Hono<HttpEnv>()
  .get(paths.credits, may('credit.read'), (c) => showCredits(c))
  .post(paths.creditThreshold, may('credit.give'), saveThreshold)

const mostOffers = 500

async function showCredits(c: HttpContext, typed?: string, errors: readonly FieldError[] = []) {
  const query = c.req.method === 'GET' ? c.req.query() : {}
  const filter = queryOf(ledgerFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { value: 'string' })
  const { actor, rows } = await ask(c, (reach) => [
    findCreditAccount(reach, filter.account),
    findCreditAccount(reach, null),
    listBalances(reach, { account: filter.account, limit: mostOffers }),
    listLedger(reach, filter, { limit: limit + 1, ...beside }),
  ])
  const [[account], [me], balances, found] = rows
  if (!account || !me) return refuse({ code: 'not-found' })
  const { rows: shown, pages } = pageOf(found, limit, side, Number(query.page) || 1, ({ id }) => ({ value: id }))
  const ledger = { filter, low: query.low === 'yes', rows: shown, pages }
  if (wantsPart(c)) return c.html(<Ledger {...ledger} />)
  const threshold = { typed: typed ?? String(me.lowCreditsAt), errors, may: allows(actor, 'credit.give') }
  const page = { account, own: account.id === me.id, balances, lowAt: me.lowCreditsAt, threshold, ledger }
  return c.html(<CreditsPage frame={frameOf(c, actor)} {...page} />, errors.length > 0 ? 422 : 200)
}

async function saveThreshold(c: HttpContext) {
  const { lowCreditsAt = '' } = await formBody(c)
  try {
    await setLowCredits(c.var.deps, c.var.asking, lowCreditsAt)
    leaveNotice(c, 'low-credits-saved')
    return c.redirect(paths.credits, 303)
  } catch (error) {
    const errors = errorsOf(error)
    if (!errors) throw error
    return showCredits(c, lowCreditsAt, errors)
  }
}
