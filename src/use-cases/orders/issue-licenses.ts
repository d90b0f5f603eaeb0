import {
  insertLicenses,
  insertSupportPeriods,
  insertSupports,
  type NewLicense,
  type NewSupport,
} from '#src/db/license-issue.ts'
import type { Write } from '#src/db/query.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { dayOf, lastDayOfYears } from '#src/domain/day.ts'
import { serialFrom } from '#src/domain/licenses/serial.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { ShopOrder } from '#src/domain/orders/shop-order.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'
import type { FoundItem } from './look-up-order.ts'
import type { Customer } from './open-customer.ts'
import type { Bought } from './sort-items.ts'

type Issued = { license: NewLicense; support: NewSupport | null; offer: FoundItem }

/** The licenses of bought items with their serial numbers and support, and the statements that issue them. */
export function issueLicenses(deps: Deps, by: By, order: ShopOrder, customer: Customer, bought: readonly Bought[]) {
  const issued = bought.flatMap((item) =>
    Array.from({ length: item.licenses }, () => issueOne(deps, order, customer, item)),
  )
  const supports = issued.map(({ support }) => support).filter((support) => support !== null)
  const periods = issued.flatMap(({ license, support }) => (support ? [periodOf(deps, license, support)] : []))
  const writes: Write[] = [
    ...insertLicenses(issued.map(({ license }) => license)),
    ...insertSupports(supports),
    ...insertSupportPeriods(periods),
    ...issued.flatMap((one) => tell(deps, by, order, one)),
  ]
  return { issued, writes }
}

function issueOne(deps: Deps, order: ShopOrder, customer: Customer, { offer, ...item }: Bought): Issued {
  const createdAt = deps.now()
  const boughtOn = dayOf(order.orderedAt)
  const license: NewLicense = {
    id: deps.newId('license'),
    accountId: customer.id,
    serial: serialFrom(deps.random(10)),
    productCode: offer.productCode,
    editionCode: offer.editionCode,
    size: item.size,
    kind: item.subscribed ? 'subscription' : 'permanent',
    boughtOn,
    orderItemId: item.orderItemId,
    orderReference: order.reference,
    orderReferenceKey: referenceKey(order.reference),
    activationKeyId: customer.key.id,
    email: order.buyer.email,
    emailKey: emailKey(order.buyer.email),
    createdAt,
  }
  const endsOn = lastDayOfYears(boughtOn, offer.supportYears)
  const support =
    offer.supportYears === 0
      ? null
      : { id: deps.newId('support'), licenseId: license.id, startsOn: boughtOn, endsOn, createdAt }
  return { license, support, offer }
}

const periodOf = (deps: Deps, { orderItemId = null }: NewLicense, support: NewSupport) => ({
  id: deps.newId('supportPeriod'),
  supportId: support.id,
  startsOn: support.startsOn,
  endsOn: support.endsOn,
  source: 'order' as const,
  orderItemId,
  createdAt: support.createdAt,
})

function tell(deps: Deps, by: By, order: ShopOrder, { license, support, offer }: Issued): Write[] {
  const { accountId, serial: name } = license
  const created = record(deps, by, {
    action: 'license.created',
    accountId,
    subject: { kind: 'license', id: license.id, name },
    after: {
      product: offer.productName,
      edition: offer.editionName,
      size: sizeOf(license.size ?? null),
      order: order.reference,
    },
  })
  if (!support) return [created]
  const { id, startsOn, endsOn } = support
  return [
    created,
    record(deps, by, {
      action: 'support.started',
      accountId,
      subject: { kind: 'support', id, name },
      after: { startsOn, endsOn, order: order.reference },
    }),
  ]
}
