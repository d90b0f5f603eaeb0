import { stillStands } from '#src/db/actors.ts'
import { forgiven, updateAutopayment } from '#src/db/autopayments.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findPaymentMethod, leaveDefault, makeDefault, removePaymentMethod } from '#src/db/payment-methods.ts'
import type { Write } from '#src/db/query.ts'
import { methodInWords, type PaymentMethod } from '#src/domain/billing/payment-method.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

export type MethodChange = {
  readonly id: string
  readonly version: number | 'any'
  readonly to: 'default' | 'removed'
}

/**
 * Makes one of the asking account's payment methods the one that is charged, or removes it; the oldest that is left is
 * charged then. Returns it as it was. Refuses `not-found`, `version-mismatch`, `idempotency-key-reused`.
 */
export async function changePaymentMethod(
  deps: Deps,
  asking: Asking,
  { id, version, to }: MethodChange,
  once: Once | null,
): Promise<PaymentMethod> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findPaymentMethod(reach, id), earlier(asking, once)])
  const [[method], answered] = rows
  const replay = replayOf<PaymentMethod>(once, answered)
  if (replay) return replay.response
  if (!method) return refuse({ code: 'not-found' })
  const accountId = actor.account.id
  const changes: Write[] =
    to === 'default'
      ? [...makeDefault(accountId, method.id, version), expectOne('version-mismatch')]
      : [removePaymentMethod(method.id, version, deps.now()), expectOne('version-mismatch'), leaveDefault(accountId)]
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...changes,
    updateAutopayment(accountId, forgiven, 'any'),
    record(deps, byActor(actor, asking), {
      action: to === 'default' ? 'payment-method.made-default' : 'payment-method.removed',
      accountId,
      subject: { kind: 'payment-method', id: method.id, name: methodInWords(method) },
    }),
  ]
  return (await commitOnce(deps, asking, once, writes, { status: 200, response: method })).response
}
