import { Hono } from 'hono'
import { listOffersFor } from '#src/db/ledger.ts'
import { findReseller } from '#src/db/resellers.ts'
import { kindBelow } from '#src/domain/accounts/reseller.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { takeMade } from '#src/http/made-password.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { refusalIn, statuses } from '#src/http/statuses.ts'
import { giveCredits } from '#src/use-cases/credits/give-credits.ts'
import { Cost, type CreditDraft, GiveCreditsPage } from '#views/pages/credits/give.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPreview } from './frame.ts'
import { errorsOf } from './reseller-errors.ts'

/** Giving credits to a seller below. */
export const resellerCreditPages = new Hono<HttpEnv>()
  .get('/resellers/:id/credits/new', may('credit.give'), (c) => showForm(c, draftOf(c, c.req.query())))
  .post('/resellers/:id/credits', may('credit.give'), give)

const draftOf = (c: HttpContext, typed: Record<string, string>): CreditDraft => ({
  offer: typed.offer ?? '',
  quantity: typed.quantity ?? '',
  request: typed.request || c.var.deps.newId('request'),
  errors: [],
})

async function showForm(c: HttpContext, draft: CreditDraft, error?: unknown) {
  const id = c.req.param('id') ?? ''
  const { actor, rows } = await ask(c, (reach) => [findReseller(reach, id), listOffersFor(reach, id)])
  const [[to], sold] = rows
  if (!to) return refuse({ code: 'not-found' })
  const grants = actor.accountKind === 'vendor'
  const offers = sold.filter(({ held }) => grants || held > 0)
  const form = { noun: kindBelow(actor.accountKind), to, offers, grants, draft }
  if (wantsPreview(c)) return c.html(<Cost {...form} />)
  const refusal = refusalIn(error)
  const page = <GiveCreditsPage frame={frameOf(c, actor)} made={await takeMade(c)} {...form} />
  return c.html(page, refusal ? statuses[refusal.code] : 200)
}

/** Gives them and returns to the list (R153); "Show before and after" shows the form again. */
async function give(c: HttpContext) {
  const form = await formBody(c)
  const draft = draftOf(c, form)
  if (form.preview) return showForm(c, draft)
  try {
    const { offer, quantity } = draft
    const moved = { reseller: c.req.param('id') ?? '', offer, quantity }
    await giveCredits(c.var.deps, c.var.asking, moved, await onceOfForm(c, form))
    leaveNotice(c, 'credits-given')
    return c.redirect(paths.resellers, 303)
  } catch (error) {
    const errors = errorsOf(error)
    if (!errors) throw error
    const shown = errors.map((one) => (one.pointer === 'products' ? { ...one, pointer: 'offer' } : one))
    return showForm(c, { ...draft, errors: shown }, error)
  }
}
