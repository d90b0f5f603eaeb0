import { insertLicenses, insertSupportPeriods, insertSupports, type NewLicense } from '#src/db/license-issue.ts'
import type { Write } from '#src/db/query.ts'
import { insertSubscription } from '#src/db/subscriptions.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { type Day, dayOf, lastDayOfYears } from '#src/domain/day.ts'
import { serialFrom } from '#src/domain/licenses/serial.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { QuoteChange } from '#src/domain/quotes/change.ts'
import { lastDayOfTerms } from '#src/domain/subscriptions/subscription.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'
import type { Acting, PaidItem } from './acting.ts'

type Bought = Extract<QuoteChange, { kind: 'license-new' | 'subscription-new' }>

const isBought = (change: QuoteChange): change is Bought =>
  change.kind === 'license-new' || change.kind === 'subscription-new'

/** The licenses that a line of a paid quote issues, as the letter lists them, and the statements that issue them. */
export function issueNew(deps: Deps, acting: Acting, { change, id }: PaidItem) {
  if (!isBought(change)) return { licenses: [], writes: [] }
  const count = change.kind === 'license-new' ? change.licenses : 1
  const issued = Array.from({ length: count }, () => issueOne(deps, acting, change, id))
  return { licenses: issued.map((one) => one.shown), writes: issued.flatMap((one) => one.writes) }
}

function issueOne(deps: Deps, acting: Acting, change: Bought, orderItemId: PaidItem['id']) {
  const boughtOn = dayOf(acting.now)
  const license = rowOf(deps, acting, change, { orderItemId, boughtOn })
  const edition = acting.editions.find((one) => one.productCode === change.product && one.code === change.edition)
  const years = change.kind === 'license-new' ? change.supportYears : 0
  const supportEndsOn = years > 0 ? lastDayOfYears(boughtOn, years) : null
  const named = {
    product: edition?.productName ?? change.product,
    edition: edition?.name ?? change.edition,
    size: sizeOf(license.size ?? null),
  }
  const writes: Write[] = [
    ...insertLicenses([license]),
    record(deps, acting.by, {
      action: 'license.created',
      accountId: license.accountId,
      subject: { kind: 'license', id: license.id, name: license.serial },
      after: { ...named, order: acting.payment.reference },
    }),
    ...(supportEndsOn ? startSupport(deps, acting, license, supportEndsOn) : []),
    ...(change.kind === 'subscription-new' ? startSubscription(deps, acting, license, change) : []),
  ]
  return { writes, shown: { serial: license.serial, ...named, unit: edition?.unit ?? 'user', supportEndsOn } }
}

function rowOf(
  deps: Deps,
  { quote, payment, payer, key, now }: Acting,
  change: Bought,
  from: { readonly orderItemId: PaidItem['id']; readonly boughtOn: Day },
): NewLicense {
  return {
    ...from,
    id: deps.newId('license'),
    accountId: quote.accountId,
    serial: serialFrom(deps.random(10)),
    productCode: change.product,
    editionCode: change.edition,
    size: change.kind === 'license-new' ? change.size : change.channels,
    kind: change.kind === 'license-new' ? 'permanent' : 'subscription',
    endsOn: change.kind === 'license-new' ? null : lastDayOfTerms(from.boughtOn, change.term, 1),
    orderReference: payment.reference,
    orderReferenceKey: referenceKey(payment.reference),
    activationKeyId: key.id,
    email: payer.email,
    emailKey: emailKey(payer.email),
    createdAt: now,
  }
}

function startSupport(deps: Deps, { by, payment, now }: Acting, license: NewLicense, endsOn: Day): Write[] {
  const id = deps.newId('support')
  const days = { startsOn: license.boughtOn, endsOn, createdAt: now }
  return [
    ...insertSupports([{ id, licenseId: license.id, ...days }]),
    ...insertSupportPeriods([
      {
        ...{ id: deps.newId('supportPeriod'), supportId: id, source: 'order' as const, ...days },
        orderItemId: license.orderItemId ?? null,
      },
    ]),
    record(deps, by, {
      action: 'support.started',
      accountId: license.accountId,
      subject: { kind: 'support', id, name: license.serial },
      after: { startsOn: license.boughtOn, endsOn, order: payment.reference },
    }),
  ]
}

/** Nobody charges it by itself, so it runs to the end of what is paid, and is paid on by another quote. */
function startSubscription(
  deps: Deps,
  { by, payment, now }: Acting,
  license: NewLicense,
  { term, channels }: Extract<QuoteChange, { kind: 'subscription-new' }>,
): Write[] {
  const id = deps.newId('subscription')
  const termEndsOn = lastDayOfTerms(license.boughtOn, term, 1)
  return [
    insertSubscription({
      ...{ id, licenseId: license.id, term, startsOn: license.boughtOn, termEndsOn },
      canceledAt: now,
      createdAt: now,
    }),
    record(deps, by, {
      action: 'subscription.created',
      accountId: license.accountId,
      subject: { kind: 'subscription', id, name: license.serial },
      after: { channels, endsOn: termEndsOn, order: payment.reference },
    }),
  ]
}
