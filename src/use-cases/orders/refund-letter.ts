import type { Id } from '#src/domain/ids.ts'
import type { RefundParams } from '#views/letters/payments.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'

/** Whom a refund is told, and what is said of it. */
type Told = {
  /** The provider's id of the refund: it is told each of them once. */
  readonly refundId: string
  readonly accountId: Id<'account'>
  readonly params: RefundParams
}

/** The letter of a refund to its buyer. */
export const refundLetter = (deps: Deps, { refundId, accountId, params }: Told) => {
  const id = deps.newId('letter')
  const of = { id, accountId, to: params.buyer, once: onceOf(refundId), params }
  return { id, write: post(deps, { ...of, template: 'refund' }) }
}

/** The letter of a refund to the vendor, who has to see to what follows. */
export const refundToSettleLetter = (deps: Deps, { refundId, params }: Told) => {
  const id = deps.newId('letter')
  const of = { id, accountId: null, to: deps.settings.supportEmail, once: onceOf(refundId), params }
  return { id, write: post(deps, { ...of, template: 'refund-to-settle' }) }
}

const onceOf = (refundId: string): string => `fastspring:${refundId}`
