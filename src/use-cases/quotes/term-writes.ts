import { updateLicenseTerms } from '#src/db/license-terms.ts'
import type { Write } from '#src/db/query.ts'
import { payTerm, touchSubscription, updateChannels, updateLicenseEnd } from '#src/db/subscriptions.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import type { Id } from '#src/domain/ids.ts'
import type { QuoteChange } from '#src/domain/quotes/change.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'
import type { Acting, PaidItem } from './acting.ts'

type OfLicense = Extract<QuoteChange, { license: Id<'license'> }>

/** What a line changes of a license itself or of its subscription: size, edition, channels, another term. */
export function termWrites(deps: Deps, acting: Acting, { change }: PaidItem): Write[] {
  switch (change.kind) {
    case 'license-upgrade':
      return upgrade(deps, acting, change)
    case 'channels':
      return moreChannels(deps, acting, change)
    case 'subscription-term':
      return anotherTerm(deps, acting, change)
    default:
      return []
  }
}

/** The license that a line names; it stood in the quote's basis, so it is there. */
export function licenseOf({ licenses }: Acting, { license: id }: OfLicense) {
  const found = licenses.find((one) => one.id === id)
  if (!found) throw new Error(`A quote names ${id}, which is not among its licenses`)
  return found
}

function upgrade(deps: Deps, acting: Acting, change: Extract<QuoteChange, { kind: 'license-upgrade' }>): Write[] {
  const { id, serial } = licenseOf(acting, change)
  const { from, to } = change
  const nameOf = (code: string) => acting.editions.find((one) => one.code === code)?.name ?? code
  return [
    updateLicenseTerms(id, to.edition, to.size),
    record(deps, acting.by, {
      action: 'license.upgraded',
      accountId: acting.quote.accountId,
      subject: { kind: 'license', id, name: serial },
      before: { edition: nameOf(from.edition), size: sizeOf(from.size) },
      after: { edition: nameOf(to.edition), size: sizeOf(to.size), order: acting.payment.reference },
    }),
  ]
}

function moreChannels(deps: Deps, acting: Acting, change: Extract<QuoteChange, { kind: 'channels' }>): Write[] {
  const { id: licenseId, serial, subscriptionId, subscriptionVersion } = licenseOf(acting, change)
  if (!subscriptionId || subscriptionVersion === null) return []
  return [
    touchSubscription(subscriptionId, subscriptionVersion),
    updateChannels(licenseId, change.to),
    record(deps, acting.by, {
      action: 'subscription.channels-changed',
      accountId: acting.quote.accountId,
      subject: { kind: 'subscription', id: subscriptionId, name: serial },
      before: { channels: change.from },
      after: { channels: change.to, order: acting.payment.reference },
    }),
  ]
}

function anotherTerm(deps: Deps, acting: Acting, change: Extract<QuoteChange, { kind: 'subscription-term' }>): Write[] {
  const { id: licenseId, serial, subscriptionId: id } = licenseOf(acting, change)
  if (!id) return []
  const { endsOn } = change
  return [
    payTerm(id, endsOn),
    updateLicenseEnd({ licenseId, to: endsOn }),
    record(deps, acting.by, {
      action: 'subscription.renewed',
      accountId: acting.quote.accountId,
      subject: { kind: 'subscription', id, name: serial },
      after: { startsOn: change.startsOn, endsOn, order: acting.payment.reference },
    }),
  ]
}
