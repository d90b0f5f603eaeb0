import { Hono } from 'hono'
import { listGivableProducts } from '#src/db/given-products.ts'
import { listResellers } from '#src/db/resellers.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { kindBelow } from '#src/domain/accounts/reseller.ts'
import type { Refused } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody, formValues } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { queryOf, resellerFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveMade, madePassword } from '#src/http/made-password.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { statuses } from '#src/http/statuses.ts'
import { createReseller } from '#src/use-cases/resellers/create-reseller.ts'
import { ResellerList, ResellersPage } from '#views/pages/resellers/list.tsx'
import { NewResellerPage, type ResellerDraft } from '#views/pages/resellers/new.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'
import { errorsOf } from './reseller-errors.ts'

/** The sellers below, and a new one. */
export const resellerPages = new Hono<HttpEnv>()
  .get(paths.resellers, may('reseller.read'), showList)
  .get(paths.newReseller, may('reseller.create'), (c) => showForm(c, emptyDraft(c)))
  .post(paths.resellers, may('reseller.create'), create)

async function showList(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(resellerFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { value: 'string' })
  const { actor, rows } = await ask(c, (reach) => [listResellers(reach, filter, { limit: limit + 1, ...beside })])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, (row) => ({
    value: row.loginKey,
  }))
  const list = {
    noun: kindBelow(actor.accountKind),
    ...{ filter, rows: shown, pages },
    may: { create: allows(actor, 'reseller.create'), give: allows(actor, 'credit.give') },
  }
  return c.html(wantsPart(c) ? <ResellerList {...list} /> : <ResellersPage frame={frameOf(c, actor)} list={list} />)
}

const emptyDraft = (c: HttpContext): ResellerDraft => ({
  ...{ login: '', email: '', name: '', products: [], made: '', errors: [] },
  request: c.var.deps.newId('request'),
})

async function showForm(c: HttpContext, draft: ResellerDraft, status: 200 | 409 | 422 = 200) {
  const { actor, rows } = await ask(c, (reach) => [listGivableProducts(reach)])
  const noun = kindBelow((actor as Actor).accountKind)
  return c.html(<NewResellerPage frame={frameOf(c, actor)} noun={noun} draft={draft} products={rows[0]} />, status)
}

/** Makes the account; the button "Random" makes a password instead, and shows the form again with it. */
async function create(c: HttpContext) {
  const form = await formBody(c)
  const request = form.request || c.var.deps.newId('request')
  const { login = '', email = '', name = '', password = '' } = form
  const made = await madePassword(c, request)
  const typed = { login, email, name, products: await formValues(c, 'products') }
  if (form.random) return showForm(c, { ...typed, made, request, errors: [] })
  try {
    const { response } = await createReseller(
      c.var.deps,
      c.var.asking,
      { ...typed, password },
      await onceOfForm(c, form),
    )
    if (password === made) leaveMade(c, request)
    leaveNotice(c, 'reseller-created')
    return c.redirect(paths.newCredits(response.id), 303)
  } catch (error) {
    const errors = errorsOf(error)
    if (!errors) throw error
    const status = statuses[(error as Refused).refusal.code] as 409 | 422
    return showForm(c, { ...typed, made: password === made ? made : '', request, errors }, status)
  }
}
