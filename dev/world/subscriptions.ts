import { dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { lastDayOfTerms, nextTermEnd, type SubscriptionTerm } from '#src/domain/subscriptions/subscription.ts'
import { type Doer, tell } from './events.ts'
import { idOf } from './ids.ts'
import { issue } from './licenses.ts'
import type { World } from './rows.ts'

type NewSubscription = {
  readonly name: string
  readonly accountId: Id<'account'>
  readonly keyId: Id<'activationKey'>
  readonly email: string
  readonly channels: number
  readonly term: SubscriptionTerm
  readonly at: Date
  readonly by: Doer
  readonly canceledAt?: Date
  /** The order that bought it, and the shop's subscription that charges it. */
  readonly order?: { readonly reference: string; readonly itemId: Id<'orderItem'> | undefined }
  readonly providerSubscriptionId?: string
}

/** Generates a subscription of Remote Support, renewed until today unless it was canceled. */
export function subscribe(
  world: World,
  { name, channels, term, at, by, canceledAt, providerSubscriptionId, ...more }: NewSubscription,
): void {
  const licenseId = idOf('license', name)
  const id = idOf('subscription', name)
  issue(world, { ...more, id: licenseId, product: 'remote-support', edition: 'standard', size: channels, at, by })
  const license = world.licenses.find((row) => row.id === licenseId)
  if (!license) throw new Error(`There is no license ${licenseId}`)
  const startsOn = dayOf(at)
  let termEndsOn = lastDayOfTerms(startsOn, term, 1)
  while (termEndsOn < dayOf(canceledAt ?? world.now)) termEndsOn = nextTermEnd(startsOn, term, termEndsOn)
  license.kind = 'subscription'
  license.endsOn = termEndsOn
  world.subscriptions.push({
    ...{ id, licenseId, term, startsOn, termEndsOn, canceledAt: canceledAt ?? null, createdAt: at },
    providerSubscriptionId: providerSubscriptionId ?? null,
  })
  const line = { by, accountId: more.accountId, subject: ['subscription', id, license.serial] as const }
  const after = { product: 'Remote Support', channels, email: more.email, term }
  tell(world, { ...line, at, action: 'subscription.created', after })
  if (canceledAt)
    tell(world, { ...line, at: canceledAt, action: 'subscription.canceled', after: { endsOn: termEndsOn } })
}
