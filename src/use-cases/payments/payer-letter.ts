import type { PaymentRow } from '#src/db/payments.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'

type Payment = Pick<
  PaymentRow,
  'provider' | 'providerOrderId' | 'reference' | 'live' | 'currency' | 'totalMinor' | 'email' | 'name' | 'accountId'
>

/** Tells whoever paid, once for each payment, that it waits for the vendor, or that it went back to them. */
export function payerLetter(deps: Deps, template: 'payment-waiting' | 'payment-refunded', payment: Payment) {
  const { provider, providerOrderId, reference, live, currency, totalMinor, email, name, accountId } = payment
  const id = deps.newId('letter')
  return {
    id,
    write: post(deps, {
      ...{ id, template, accountId, to: email, once: `${provider}:${providerOrderId}` },
      params: { reference, live, currency, totalMinor, name },
    }),
  }
}
