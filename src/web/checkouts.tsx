import { Hono } from 'hono'
import {
  findCheckout,
  findCheckoutKey,
  findNewestCheckout,
  listCheckoutLicenses,
  listCheckoutLines,
  listCheckoutPayments,
} from '#src/db/checkouts.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { checkoutStanding, outcomes } from '#src/domain/checkouts/standing.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { resumeCheckout } from '#src/use-cases/checkouts/resume-checkout.ts'
import { startCheckout } from '#src/use-cases/checkouts/start-checkout.ts'
import { CheckoutPage, CheckoutStatus, type CheckoutView } from '#views/pages/checkouts/checkout.tsx'
import { paths, withQuery } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'

/** Paying a quote: on to the shop, back from it, and what came of it. */
export const checkoutPages = new Hono<HttpEnv>()
  .post('/quotes/:id/checkouts', may('checkout.create'), (c) => orToQuote(c, idIn(c), () => start(c)))
  .get(paths.checkouts, may('quote.read'), showNewest)
  .get('/checkouts/:id', may('quote.read'), show)
  .post('/checkouts/:id/sessions', may('checkout.create'), resume)

/** The quote's own page says why it cannot be paid any more, and what to do. */
async function orToQuote(c: HttpContext, quote: string, act: () => Promise<Response>): Promise<Response> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Refused) || !error.refusal.code.startsWith('quote-')) throw error
    return goTo(c, paths.quote(quote))
  }
}

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/**
 * A shop of its own is gone to from the checkout's page, which lets it in; the sandbox, part of the portal, at once. The
 * page is loaded anew: a swapped one would keep the policy of the page before.
 */
async function start(c: HttpContext) {
  const form = await formBody(c)
  const wanted = { quote: idIn(c), besides: form.besides === 'true' }
  const { response } = await startCheckout(c.var.deps, c.var.asking, wanted, await onceOfForm(c, form))
  const isOwn = c.var.deps.sandbox !== null
  return goTo(c, isOwn ? pathOf(response.url) : withQuery(paths.checkout(response.id), { go: 'now' }))
}

async function resume(c: HttpContext) {
  const url = await resumeCheckout(c.var.deps, c.var.asking, idIn(c)).catch((error: unknown) => {
    // Paid, stale or ended meanwhile: the checkout's page says which.
    if (!(error instanceof Refused) || !/^quote-|^version-/.test(error.refusal.code)) throw error
    return null
  })
  if (url === null) return goTo(c, paths.checkout(idIn(c)))
  c.set('admits', c.var.deps.checkout.origins)
  return goTo(c, c.var.deps.sandbox ? pathOf(url) : url)
}

/** The sandbox answers under whatever name the portal is asked by. */
const pathOf = (url: string): string => new URL(url).pathname

function goTo(c: HttpContext, target: string) {
  if (c.req.header('hx-request') !== 'true') return c.redirect(target, 303)
  c.header('HX-Redirect', target)
  return c.body(null, 204)
}

async function showNewest(c: HttpContext) {
  const [[newest]] = (await ask(c, (reach) => [findNewestCheckout(reach)])).rows
  return c.redirect(newest ? withQuery(paths.checkout(newest.id), { from: 'paid' }) : paths.home, 303)
}

async function show(c: HttpContext) {
  const { deps } = c.var
  const query = c.req.query()
  const outcome = outcomes.find((one) => one === query.from) ?? null
  const { actor, rows } = await ask(c, (reach) => [
    findCheckout(reach, idIn(c)),
    listCheckoutLines(reach, idIn(c)),
    findCheckoutKey(reach, idIn(c)),
    listCheckoutLicenses(reach, idIn(c)),
    listCheckoutPayments(idIn(c)),
  ])
  const [[row], lines, [key], licenses, payments] = rows
  if (!row) return refuse({ code: 'not-found' })
  const looked = Math.min(99, Number(query.looked) || 0)
  const standing = checkoutStanding(row, { outcome, looked }, deps.now())
  const isPayable = standing === 'open' || standing === 'declined' || standing === 'left'
  // A page that is swapped into another one is held to the policy of that one, which does not let the shop in.
  if (isPayable && deps.checkout.origins.length > 0 && c.req.header('hx-request') === 'true') {
    return goTo(c, withQuery(paths.checkout(row.id), { from: outcome }))
  }
  const checkout: CheckoutView = {
    ...{ id: row.id, quoteId: row.quoteId, standing, currency: row.currency, dueMinor: row.dueMinor, lines, licenses },
    reference: row.reference ?? row.orderReference,
    activationKey: key?.code ?? null,
    topsUp: lines.length > 0 && lines.every(({ change }) => change.kind === 'top-up'),
    seesBalance: allows(actor, 'billing.read'),
    hasSecondPayment: payments.some(({ state, problem }) => state === 'held' && problem === 'quote-paid'),
    looked,
    isUnderWay: row.state === 'waiting',
    looksAgain: c.req.header('save-data') !== 'on',
  }
  const { vendorName } = deps.settings
  const popup = popupOf(c, row.sessionId, isPayable)
  c.set('admits', deps.checkout.origins)
  // A wait that has ended shows the whole page: what was granted stands beside the status.
  if (wantsPart(c) && standing === 'waiting') {
    return c.html(<CheckoutStatus checkout={checkout} vendorName={vendorName} popup={popup} />)
  }
  return c.html(
    <CheckoutPage
      frame={frameOf(c, actor)}
      checkout={checkout}
      vendorName={vendorName}
      popup={popup}
      outcome={outcome}
    />,
  )
}

function popupOf(c: HttpContext, sessionId: string | null, isPayable: boolean) {
  const { popup } = c.var.deps.checkout
  if (!popup || !sessionId || !isPayable) return null
  return { ...popup, sessionId, now: c.req.query('go') === 'now' }
}
