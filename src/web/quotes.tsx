import { Hono } from 'hono'
import { findWaitingCheckout } from '#src/db/checkouts.ts'
import { findQuote, listQuoteLines, listQuotes } from '#src/db/quotes.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { quoteStanding } from '#src/domain/quotes/quote.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { statuses } from '#src/http/statuses.ts'
import { applyFreeQuote } from '#src/use-cases/quotes/apply-free-quote.ts'
import { replaceQuote } from '#src/use-cases/quotes/replace-quote.ts'
import { QuoteList, QuotesPage } from '#views/pages/quotes/list.tsx'
import { QuotePage } from '#views/pages/quotes/quote.tsx'
import { paths } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { frameOf, wantsPart } from './frame.ts'

/** Quotes, and one: what it says, the way to pay it, and a new one where it does not stand any more. */
export const quotePages = new Hono<HttpEnv>()
  .get(paths.quotes, may('quote.read'), showList)
  .get('/quotes/:id', may('quote.read'), (c) => show(c, [], 200))
  .post('/quotes/:id/applications', may('checkout.create'), apply)
  .post('/quotes/:id/replacements', may('quote.create'), replace)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

async function showList(c: HttpContext) {
  const query = c.req.query()
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [listQuotes(reach, { limit: limit + 1, ...beside })])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, ({ n }) => ({ n }))
  const now = c.var.deps.now()
  const summaries = shown.map((row) => ({
    ...row,
    standing: quoteStanding(row, now),
    stands: row.licensesStand && row.pricesStand,
  }))
  if (wantsPart(c)) return c.html(<QuoteList rows={summaries} pages={pages} />)
  return c.html(<QuotesPage frame={frameOf(c, actor)} list={{ rows: summaries, pages }} />)
}

async function show(c: HttpContext, errors: readonly FieldError[], status: 200 | 409) {
  const { actor, rows } = await ask(c, (reach) => [
    findQuote(reach, idIn(c)),
    listQuoteLines(reach, idIn(c)),
    findWaitingCheckout(reach, idIn(c)),
  ])
  const [[row], lines, [waiting]] = rows
  if (!row) return refuse({ code: 'not-found' })
  const isOwn = row.accountId === actor.account.id
  const standing = quoteStanding(row, c.var.deps.now())
  const page = (
    <QuotePage
      frame={frameOf(c, actor)}
      quote={{ ...row, standing, lines, repeats: row.items.length > 0, waitingCheckout: waiting?.id ?? null }}
      may={{ pay: isOwn && allows(actor, 'checkout.create'), quote: isOwn && allows(actor, 'quote.create') }}
      vendorName={c.var.deps.settings.vendorName}
      request={c.var.deps.newId('request')}
      errors={errors}
    />
  )
  return c.html(page, status)
}

async function replace(c: HttpContext) {
  const form = await formBody(c)
  return orSay(c, async () => {
    const { response } = await replaceQuote(c.var.deps, c.var.asking, idIn(c), await onceOfForm(c, form))
    return c.redirect(paths.quote(response.id), 303)
  })
}

/** What costs nothing is done at once; the page says so, with the order. */
async function apply(c: HttpContext) {
  const form = await formBody(c)
  return orSay(c, async () => {
    await applyFreeQuote(c.var.deps, c.var.asking, idIn(c), await onceOfForm(c, form))
    return c.redirect(paths.quote(idIn(c)), 303)
  })
}

/** What is refused is said on the quote's page. */
async function orSay(c: HttpContext, act: () => Promise<Response>): Promise<Response> {
  try {
    return await act()
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal, 'items') : null
    if (!errors) throw error
    return show(c, errors, statuses[(error as Refused).refusal.code] as 409)
  }
}
