import { findSubscription } from '#src/db/subscriptions.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { whyNotResumed } from '#src/domain/subscriptions/subscription.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { earlier, type Once, replayOf } from '../once.ts'
import { askShop } from './ask-shop.ts'

/**
 * Takes back the cancellation of a subscription that the shop charges, while its term runs: the shop is asked to go on.
 * Refuses `not-found`, `subscription-not-resumable` with why, and what `askShop` refuses.
 */
export async function resumeSubscription(deps: Deps, asking: Asking, id: string, once: Once | null): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findSubscription(reach, id), earlier(asking, once)])
  const [[found], answered] = rows
  if (!found) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return
  const why = whyNotResumed(found, dayOf(deps.now()))
  if (why) return refuse({ code: 'subscription-not-resumable', why })
  await askShop(deps, asking, { actor, found, act: 'resume', once })
}
