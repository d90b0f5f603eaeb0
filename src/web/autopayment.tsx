import { Hono } from 'hono'
import { findAutopayment } from '#src/db/autopayments.ts'
import { listPaymentMethods } from '#src/db/payment-methods.ts'
import { findSettings } from '#src/db/settings.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { autopaymentModeNames, autopaymentModes } from '#src/domain/billing/autopayment.ts'
import { amountFrom } from '#src/domain/billing/top-up.ts'
import { amountInDigits } from '#src/domain/money.ts'
import { type FieldError, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { chooseAutopayment } from '#src/use-cases/billing/choose-autopayment.ts'
import { saveSettings } from '#src/use-cases/settings/save-settings.ts'
import { AutopaymentPage } from '#views/pages/billing/autopayment.tsx'
import { BillingInformationPage } from '#views/pages/billing/information.tsx'
import { paths } from '#views/paths.ts'
import { billingTabsOf } from './billing-tabs.ts'
import { frameOf } from './frame.ts'
import { type Again, saidBy, versionOf } from './meanwhile.ts'
import { mendable } from './mendable.ts'

/** How the balance is filled by itself, and whom letters about money go to (R235 R237). */
export const autopaymentPages = new Hono<HttpEnv>()
  .get(paths.autopayment, may('billing.read'), (c) => show(c, null))
  .post(paths.autopayment, may('billing.top-up'), save)
  .get(paths.billingInformation, may('account.follow'), (c) => showInformation(c, null))
  .post(paths.billingInformation, may('account.edit'), saveInformation)

async function show(c: HttpContext, again: Again | null) {
  const { actor, rows } = await ask(c, (reach) => [findAutopayment(reach), listPaymentMethods(reach)])
  const [[autopayment], methods] = rows
  const refill = autopayment?.refillMinor ?? null
  const typed = refill === null || !autopayment ? '' : amountInDigits({ minor: refill, currency: autopayment.currency })
  const page = (
    <AutopaymentPage
      frame={frameOf(c, actor)}
      tabs={billingTabsOf(actor)}
      autopayment={autopayment ?? null}
      method={methods.find(({ isDefault }) => isDefault) ?? null}
      charges={c.var.deps.checkout.charge !== null}
      mayEdit={allows(actor, 'billing.top-up')}
      draft={{
        mode: again?.form.mode ?? autopayment?.mode ?? 'repay',
        refill: again?.form.refill ?? typed,
        version: versionOf(again, again?.form.version, autopayment?.version ?? Number.NaN),
        request: c.var.deps.newId('request'),
        errors: saidBy(inWords(again), { mode: autopayment && autopaymentModeNames[autopayment.mode], refill: typed }, [
          'mode',
          'refill',
        ]),
      }}
    />
  )
  return c.html(page, again?.status ?? 200)
}

/** The choice as the page names it. */
const inWords = (again: Again | null): Again | null => {
  const mode = autopaymentModes.find((one) => one === again?.form.mode)
  return again && { ...again, form: { ...again.form, mode: mode ? autopaymentModeNames[mode] : '' } }
}

async function save(c: HttpContext) {
  const form = await formBody(c)
  return orAgain(
    form,
    (again) => show(c, again),
    async () => {
      const mode = autopaymentModes.find((one) => one === form.mode)
      if (!mode) return refuse({ code: 'invalid-request', errors: [noMode] })
      const refillMinor = amountFrom(form.refill ?? '', form.currency ?? '')
      const choice = { version: Number(form.version), mode, refillMinor }
      await chooseAutopayment(c.var.deps, c.var.asking, choice, await onceOfForm(c, form))
      leaveNotice(c, 'settings-saved')
      return c.redirect(paths.autopayment, 303)
    },
  )
}

const noMode: FieldError = { pointer: 'mode', code: 'invalid', detail: 'Choose one of the three' }

async function showInformation(c: HttpContext, again: Again | null) {
  const { actor, rows } = await ask(c, (reach) => [findSettings(reach)])
  const [[row]] = rows
  if (!row) return refuse({ code: 'not-found' })
  const { account } = row
  const page = (
    <BillingInformationPage
      frame={frameOf(c, actor)}
      tabs={billingTabsOf(actor)}
      draft={{
        billingEmail: again?.form.billingEmail ?? account.billingEmail,
        version: versionOf(again, again?.form.version, account.version),
        request: c.var.deps.newId('request'),
        errors: saidBy(again, account, ['billingEmail']),
      }}
    />
  )
  return c.html(page, again?.status ?? 200)
}

async function saveInformation(c: HttpContext) {
  const form = await formBody(c)
  return orAgain(
    form,
    (again) => showInformation(c, again),
    async () => {
      const versions = { account: Number(form.version), login: 'any' as const }
      const edit = { fields: ['billingEmail'] as const, typed: form, versions }
      await saveSettings(c.var.deps, c.var.asking, edit, await onceOfForm(c, form))
      leaveNotice(c, 'settings-saved')
      return c.redirect(paths.billingInformation, 303)
    },
  )
}

/** The same form again, with what was typed, for refusals that it can mend. */
async function orAgain(
  form: Record<string, string>,
  showAgain: (again: Again) => Response | Promise<Response>,
  act: () => Promise<Response>,
) {
  try {
    return await act()
  } catch (error) {
    return showAgain({ form, ...mendable(error) })
  }
}
