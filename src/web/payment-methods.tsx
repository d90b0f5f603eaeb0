import { Hono } from 'hono'
import { findAutopayment } from '#src/db/autopayments.ts'
import { findPaymentMethod, findWalletOwner, listPaymentMethods } from '#src/db/payment-methods.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { goToWallet } from '#src/http/wallet.ts'
import { changePaymentMethod } from '#src/use-cases/billing/change-payment-method.ts'
import { PaymentMethodRemovalPage, PaymentMethodsPage } from '#views/pages/billing/payment-methods.tsx'
import { paths } from '#views/paths.ts'
import { billingTabsOf } from './billing-tabs.ts'
import { frameOf } from './frame.ts'

/** Payment methods: they are added at the provider; the portal knows a token of each and what a person knows it by (R236). */
export const paymentMethodPages = new Hono<HttpEnv>()
  .get(paths.paymentMethods, may('billing.read'), (c) => show(c, false))
  .post(paths.paymentMethods, may('payment-method.edit'), toWallet)
  .post('/billing/payment-methods/:id/defaults', may('payment-method.edit'), (c) => change(c, 'default'))
  .get('/billing/payment-methods/:id/removal', may('payment-method.edit'), showRemoval)
  .post('/billing/payment-methods/:id/removals', may('payment-method.edit'), (c) => change(c, 'removed'))

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

async function show(c: HttpContext, isClosed: boolean) {
  const { actor, rows } = await ask(c, (reach) => [listPaymentMethods(reach), findAutopayment(reach)])
  const [methods, [autopayment]] = rows
  const { checkout } = c.var.deps
  // The form leads to the provider's own pages.
  c.set('admits', checkout.origins)
  const page = (
    <PaymentMethodsPage
      frame={frameOf(c, actor)}
      tabs={billingTabsOf(actor)}
      methods={methods}
      autopayment={autopayment ?? null}
      today={dayOf(c.var.deps.now())}
      shop={{ isClosed, charges: checkout.charge !== null, mayEdit: allows(actor, 'payment-method.edit') }}
      requests={methods.map(() => c.var.deps.newId('request'))}
    />
  )
  return c.html(page, isClosed ? 409 : 200)
}

async function toWallet(c: HttpContext) {
  const [[owner]] = (await ask(c, (reach) => [findWalletOwner(reach)])).rows
  if (!owner) return refuse({ code: 'not-found' })
  return (await goToWallet(c, owner)) ?? show(c, true)
}

async function showRemoval(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [findPaymentMethod(reach, idIn(c)), listPaymentMethods(reach)])
  const [[method], methods] = rows
  if (!method) return refuse({ code: 'not-found' })
  const next = method.isDefault ? (methods.find(({ id }) => id !== method.id) ?? null) : null
  const isLast = methods.length === 1
  const request = c.var.deps.newId('request')
  return c.html(
    <PaymentMethodRemovalPage
      frame={frameOf(c, actor)}
      method={method}
      next={next}
      isLast={isLast}
      request={request}
    />,
  )
}

async function change(c: HttpContext, to: 'default' | 'removed') {
  const form = await formBody(c)
  const wanted = { id: idIn(c), version: Number(form.version), to }
  await changePaymentMethod(c.var.deps, c.var.asking, wanted, await onceOfForm(c, form))
  leaveNotice(c, to === 'default' ? 'payment-method-default' : 'payment-method-removed')
  return c.redirect(paths.paymentMethods, 303)
}
