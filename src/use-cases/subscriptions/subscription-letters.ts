import type { SubscribedLicense } from '#src/db/provider-subscriptions.ts'
import type { Write } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import type { LetterTemplate } from '#src/domain/outbox.ts'
import {
  outcomeOf,
  type ProviderSubscription,
  type SubscriptionFact,
} from '#src/domain/subscriptions/provider-subscription.ts'
import { fastspring } from '#src/gateways/fastspring/envelope.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'

type OutLetter = { readonly id: Id<'letter'>; readonly write: Write }

/**
 * Letters that an event causes: the receipt of a renewal, the news of a payment that failed. Only what is news is told:
 * an event that something newer overtook causes none, and each charge is told of once.
 */
export function subscriptionLetters(
  deps: Deps,
  fact: SubscriptionFact,
  merged: ProviderSubscription,
  [first]: readonly SubscribedLicense[],
): OutLetter[] {
  if (!first) return []
  const { endsOn, unpaidAt } = outcomeOf(merged, first.boughtOn)
  const letter = (template: LetterTemplate, period: string, more: Record<string, unknown>): OutLetter => {
    const id = deps.newId('letter')
    const params = { serial: first.serial, reference: first.reference, endsOn, ...more }
    const once = `${fastspring}:${fact.id}:${period}`
    return { id, write: post(deps, { id, template, accountId: first.accountId, to: first.email, once, params }) }
  }
  const { charge } = fact
  if (charge && charge === merged.charge && charge.moment.sequence > 1) {
    return [letter('subscription-renewed', `${charge.moment.sequence}:${charge.moment.at}`, charge.value)]
  }
  const failed = fact.failure === merged.failure ? fact.failure : null
  if (failed && unpaidAt) return [letter('payment-failed', String(failed.moment.at), failed.value)]
  return []
}
