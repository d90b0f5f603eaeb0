import { expect } from '#src/db/expect.ts'
import { isToldAs, type SubscribedLicense } from '#src/db/provider-subscriptions.ts'
import type { Write } from '#src/db/query.ts'
import { countsRefunds } from '#src/db/refunds.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { buyerName, type ShopOrder } from '#src/domain/orders/shop-order.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../record.ts'
import { followSubscription } from '../subscriptions/follow-subscription.ts'
import { followRefunds } from './follow-refunds.ts'
import type { issueLicenses } from './issue-licenses.ts'
import type { Found } from './look-up-order.ts'
import type { SortedItem } from './sort-items.ts'

/** An order as it is being written: its row, its lines, the licenses of them. */
type Written = {
  readonly id: Id<'order'>
  readonly accountId: Id<'account'>
  readonly order: ShopOrder
  readonly items: readonly SortedItem[]
  readonly issued: ReturnType<typeof issueLicenses>['issued']
}

/**
 * Lets an order follow what the provider told before it came in: its subscriptions, its refunds. Were more of them told
 * at this very moment, the batch is refused and looked up anew.
 */
export function followEarlier(
  deps: Deps,
  by: By,
  written: Written,
  { told, refunds }: Pick<Found, 'told' | 'refunds'>,
) {
  const { id, accountId, order, items } = written
  const { provider, providerOrderId, reference, currency, totalMinor, buyer } = order
  const subscribed = items.map((item) => item.providerSubscriptionId).filter((one) => one !== null)
  const { writes, letters } = followRefunds(
    deps,
    by,
    {
      ...{ id, accountId, reference, currency, totalMinor, email: buyer.email, name: buyerName(buyer) },
      items: items.map((item) => ({ ...item, refundedOn: null })),
    },
    refunds,
  )
  return {
    letters,
    writes: [
      ...subscribed.map((one): Write => {
        const version = told.find((row) => row.id === one)?.version ?? null
        return expect('version-mismatch', isToldAs(provider, one, version))
      }),
      expect('version-mismatch', countsRefunds(provider, providerOrderId, referenceKey(reference), refunds.length)),
      ...told.flatMap((row) => followSubscription(deps, by, row.told, licensesOf(written, row.id))),
      ...writes,
    ],
  }
}

/** The licenses of an order that a subscription pays for, as they are about to stand. */
const licensesOf = ({ accountId, order, items, issued }: Written, subscription: string): SubscribedLicense[] =>
  items
    .filter(({ providerSubscriptionId }) => providerSubscriptionId === subscription)
    .flatMap(({ id, bought }) =>
      issued
        .filter(({ license }) => license.orderItemId === id)
        .map(({ license }) => ({
          ...{ licenseId: license.id, accountId, serial: license.serial, email: license.email },
          ...{ size: license.size ?? null, endsOn: license.endsOn ?? null, boughtOn: license.boughtOn },
          quantityIs: bought?.offer.quantityIs ?? null,
          reference: order.reference,
          ...{ refundedOn: null, subscriptionId: null, term: null, startsOn: null, termEndsOn: null },
          ...{ canceledAt: null, unpaidAt: null },
        })),
    )
