import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findPayment, findPaymentEvent, type PaymentRow, settlePayment } from '#src/db/payments.ts'
import type { Write } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { applyHeldPayment } from './apply-held-payment.ts'
import { payerLetter } from './payer-letter.ts'
import { leftBehind } from './refunded-payment.ts'

export type Settlement = { readonly id: string; readonly version: number | 'any'; readonly to: 'applied' | 'refunded' }

/**
 * Settles a payment that waits: grants what was quoted all the same, or marks it refunded in the shop; whoever paid gets a
 * letter. Refuses
 * `not-found`, `payment-settled`, `version-mismatch`, `payment-not-applicable` with the reason, `idempotency-key-reused`.
 */
export async function settlePaymentAs(
  deps: Deps,
  asking: Asking,
  { id, version, to }: Settlement,
  once: Once | null,
): Promise<PaymentRow> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findPayment(reach, id),
    findPaymentEvent(reach, id),
    earlier(asking, once),
  ])
  const [[payment], [event], answered] = rows
  if (!payment) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return payment
  if (payment.state !== 'held') refuse({ code: 'payment-settled' })
  if (version !== 'any' && payment.version !== version) refuse({ code: 'version-mismatch' })
  const by = byActor(actor, asking)
  const applied = to === 'applied' ? await applyHeldPayment(deps, by, payment, event?.text ?? '') : null
  const told = to === 'refunded' ? payerLetter(deps, 'payment-refunded', payment) : null
  const { currency, totalMinor, reference, email } = payment
  const settled = { state: to, at: deps.now(), by: actor.name, ...(applied ? { orderId: applied.orderId } : {}) }
  const writes: Write[] = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...(applied?.writes ?? []),
    settlePayment(payment.id, payment.version, settled),
    expectOne('version-mismatch'),
    ...(to === 'refunded' ? leftBehind(deps, payment) : []),
    ...(told ? [told.write] : []),
    record(deps, by, {
      action: to === 'applied' ? 'payment.applied' : 'payment.refunded',
      accountId: actor.account.id,
      subject: { kind: 'payment', id: payment.id, name: reference },
      after: { paid: formatMoney({ minor: totalMinor, currency }), by: email },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 201, response: { state: to } })
  const letters: readonly Id<'letter'>[] = told ? [told.id] : (applied?.letters ?? [])
  if (letters.length > 0) deps.afterwards(sendLetters(deps, letters))
  return { ...payment, state: to, settledAt: settled.at, settledBy: actor.name, version: payment.version + 1 }
}
