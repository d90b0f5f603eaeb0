import { forgiven, updateAutopayment } from '#src/db/autopayments.ts'
import { findToldAccount, insertPaymentMethod } from '#src/db/payment-methods.ts'
import { read } from '#src/db/query.ts'
import { methodInWords } from '#src/domain/billing/payment-method.ts'
import type { Id } from '#src/domain/ids.ts'
import type { ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import type { paymentMethodTold } from '#src/gateways/fastspring/payment-method-event.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, eventRow, keepEvent, keptIdOf } from '../orders/keep-event.ts'
import { type By, record } from '../record.ts'

type Told = NonNullable<ReturnType<typeof paymentMethodTold>>

/** Keeps a payment method that was added at the provider: its token, brand, last four digits and end, and no more. */
export async function receivePaymentMethod(
  deps: Deps,
  event: ProviderEvent,
  { account, token, brand, ending: lastFour, expires }: Told,
  by: By,
): Promise<Id<'letter'>[]> {
  const [[known]] = await read(deps.db, [findToldAccount({ account })])
  if (!known) return keepEvent(deps, event, { outcome: 'kept', note: 'Nobody here has this account' })
  const id = deps.newId('paymentMethod')
  const method = { id, accountId: known.id, provider: deps.checkout.provider ?? '', token, brand, lastFour, expires }
  await commitOnce(deps, [
    eventRow(deps, await keptIdOf(event), event, { outcome: 'done' }),
    insertPaymentMethod({ ...method, createdAt: deps.now() }),
    updateAutopayment(known.id, forgiven, 'any'),
    record(deps, by, {
      action: 'payment-method.added',
      accountId: known.id,
      subject: { kind: 'payment-method', id, name: methodInWords({ brand, lastFour }) },
      after: { expires },
    }),
  ])
  return []
}
