import { Hono } from 'hono'
import { listGivableProducts } from '#src/db/given-products.ts'
import { listBalances, listLedger } from '#src/db/ledger.ts'
import { findReseller, listBelow } from '#src/db/resellers.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { kindBelow } from '#src/domain/accounts/reseller.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody, formValues } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice, type Notice } from '#src/http/notices.ts'
import { sensitively } from '#src/http/sensitive.ts'
import { refusalIn, statuses } from '#src/http/statuses.ts'
import type { Asking } from '#src/use-cases/admit.ts'
import { takeBackCredits } from '#src/use-cases/credits/take-back-credits.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import type { Once } from '#src/use-cases/once.ts'
import { editReseller } from '#src/use-cases/resellers/edit-reseller.ts'
import { mailPasswordLink } from '#src/use-cases/resellers/mail-password-link.ts'
import { resumeReseller, suspendReseller } from '#src/use-cases/resellers/suspend-reseller.ts'
import { ResellerPage } from '#views/pages/resellers/details.tsx'
import type { ResellerProps } from '#views/pages/resellers/props.ts'
import { SuspensionPage } from '#views/pages/resellers/suspension.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'
import { errorsOf } from './reseller-errors.ts'

/** One seller below: its page and what can be done about it. */
export const oneResellerPages = new Hono<HttpEnv>()
  .get('/resellers/:id', may('reseller.read'), (c) => showReseller(c))
  .post('/resellers/:id', sensitively('reseller.edit', false), saveProfile)
  .post('/resellers/:id/credit-returns', may('credit.give'), takeBack)
  .get('/resellers/:id/suspension', may('reseller.edit'), confirmSuspension)
  .post('/resellers/:id/suspension', may('reseller.edit'), (c) => turn(c, suspendReseller, 'reseller-suspended'))
  .post('/resellers/:id/resumption', may('reseller.edit'), (c) => turn(c, resumeReseller, 'reseller-resumed'))
  .post('/resellers/:id/password-links', may('reseller.edit'), (c) => turn(c, mailPasswordLink, 'password-link-mailed'))

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''
const mostOffers = 500
const ledgerLines = 10

type Drafts = { readonly [D in 'profile' | 'taking']?: Partial<ResellerProps[D]> }

async function showReseller(c: HttpContext, drafts: Drafts = {}, error?: unknown) {
  const id = idIn(c)
  const all = { account: id, offer: null, reason: null }
  const { actor, rows } = await ask(c, (reach) => [
    findReseller(reach, id),
    listBalances(reach, { account: id, limit: mostOffers }),
    listLedger(reach, all, { limit: ledgerLines }),
    listGivableProducts(reach),
  ])
  const [[reseller], balances, ledger, givable] = rows
  if (!reseller) return refuse({ code: 'not-found' })
  const { name, email, productCodes: products, version } = reseller
  const request = c.var.deps.newId('request')
  const page: ResellerProps = {
    noun: kindBelow(actor.accountKind),
    ...{ reseller, balances, ledger, givable },
    profile: { name, email, products, version, request, errors: [], ...drafts.profile },
    taking: { offer: '', quantity: '', request: c.var.deps.newId('request'), errors: [], ...drafts.taking },
    may: { edit: allows(actor, 'reseller.edit'), give: allows(actor, 'credit.give') },
  }
  const refusal = refusalIn(error)
  return c.html(<ResellerPage frame={frameOf(c, actor)} {...page} />, refusal ? statuses[refusal.code] : 200)
}

async function saveProfile(c: HttpContext) {
  const form = await formBody(c)
  const products = [...(await formValues(c, 'products')), ...(await formValues(c, 'kept'))]
  const typed = { name: form.name ?? '', email: form.email ?? '', products }
  try {
    const edit = { id: idIn(c), version: Number(form.version), ...typed }
    await editReseller(c.var.deps, c.var.asking, edit, await onceOfForm(c, form))
    leaveNotice(c, 'reseller-saved')
    return c.redirect(paths.reseller(idIn(c)), 303)
  } catch (error) {
    const errors = errorsOf(error)
    if (!errors) throw error
    return showReseller(c, { profile: { ...typed, errors } }, error)
  }
}

async function takeBack(c: HttpContext) {
  const form = await formBody(c)
  const { offer = '', quantity = '' } = form
  try {
    const moved = { reseller: idIn(c), offer, quantity }
    await takeBackCredits(c.var.deps, c.var.asking, moved, await onceOfForm(c, form))
    leaveNotice(c, 'credits-taken-back')
    return c.redirect(paths.reseller(idIn(c)), 303)
  } catch (error) {
    const errors = errorsOf(error)
    if (!errors) throw error
    return showReseller(c, { taking: { offer, quantity, errors } }, error)
  }
}

const mostNames = 20

async function confirmSuspension(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [
    findReseller(reach, idIn(c)),
    listBelow(reach, idIn(c), mostNames + 1),
  ])
  const [[reseller], below] = rows
  if (!reseller) return refuse({ code: 'not-found' })
  return c.html(
    <SuspensionPage
      frame={frameOf(c, actor)}
      noun={kindBelow(actor.accountKind)}
      reseller={reseller}
      below={below.slice(0, mostNames)}
      more={below.length > mostNames}
      request={c.var.deps.newId('request')}
    />,
  )
}

type Act = (deps: Deps, asking: Asking, id: string, once: Once | null) => Promise<unknown>

/** Does what needs nothing but the account, and shows its page again. */
async function turn(c: HttpContext, act: Act, notice: Notice) {
  const form = await formBody(c)
  await act(c.var.deps, c.var.asking, idIn(c), await onceOfForm(c, form))
  leaveNotice(c, notice)
  return c.redirect(paths.reseller(idIn(c)), 303)
}
