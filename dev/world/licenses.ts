import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Size } from '#src/domain/catalog/offer.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { serialFrom } from '#src/domain/licenses/serial.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { SupportSource } from '#src/domain/support/support.ts'
import { folded } from '#src/domain/text.ts'
import { staff } from './acme.ts'
import { editionRows, productRows } from './catalog.ts'
import { at as instantOn } from './days.ts'
import { type Doer, tell } from './events.ts'
import { bytesOf, idOf, nameIn } from './ids.ts'
import type { World } from './rows.ts'

export type Period = {
  readonly startsOn: Day
  readonly endsOn: Day
  readonly source: SupportSource
  readonly itemId?: Id<'orderItem'> | undefined
}

export type NewLicense = {
  readonly id: Id<'license'>
  readonly accountId: Id<'account'>
  readonly keyId: Id<'activationKey'>
  readonly email: string
  readonly product: string
  readonly edition: string
  readonly size: Size
  readonly at: Date
  readonly by: Doer
  /** A trial's last day; without one the license is permanent. */
  readonly trialEndsOn?: Day | undefined
  readonly order?: { readonly reference: string; readonly itemId: Id<'orderItem'> | undefined } | undefined
  readonly comment?: string | undefined
  readonly support?: readonly Period[] | undefined
}

/** What the audit trail says of a new license, in the words of the catalog. */
function told({ product, edition, size, order, trialEndsOn }: NewLicense): Record<string, unknown> {
  const productName = productRows.find(({ code }) => code === product)?.name
  const editionName = editionRows.find((row) => row.productCode === product && row.code === edition)?.name
  const from = order ? { order: order.reference } : {}
  return { product: productName, edition: editionName, size, ...(trialEndsOn ? { trialEndsOn } : {}), ...from }
}

/** Issues a license, with the support it has and the lines of the audit trail. */
export function issue(world: World, license: NewLicense): void {
  const { id, accountId, email, product, edition, size, at, by, order, comment = '' } = license
  const serial = serialFrom(bytesOf(id))
  world.licenses.push({
    ...{ id, accountId, serial, productCode: product, editionCode: edition, size: size === 'unlimited' ? null : size },
    ...{ kind: license.trialEndsOn ? 'trial' : 'permanent', endsOn: license.trialEndsOn ?? null },
    ...{ boughtOn: dayOf(at), orderItemId: order?.itemId ?? null, orderReference: order?.reference ?? null },
    ...{ orderReferenceKey: referenceKey(order?.reference ?? ''), activationKeyId: license.keyId, email },
    ...{ emailKey: emailKey(email), comment, commentKey: folded(comment), createdAt: at },
  })
  const subject = ['license', id, serial] as const
  tell(world, { by, at, accountId, action: 'license.created', subject, after: told(license) })
  addSupport(world, license, serial)
}

/** The support of a license: its row spans the periods, as the triggers would make it. */
function addSupport(world: World, license: NewLicense, serial: string): void {
  const { id: licenseId, support: periods = [] } = license
  const [first] = periods
  const last = periods.at(-1)
  if (!first || !last) return
  const id = idOf('support', nameIn(licenseId))
  const { startsOn, endsOn } = { startsOn: first.startsOn, endsOn: last.endsOn }
  world.supports.push({ id, licenseId, startsOn, endsOn, createdAt: begun(license, first) })
  for (const [i, period] of periods.entries()) addPeriod(world, license, { id, serial, number: i + 1 }, period)
}

type OfSupport = { readonly id: Id<'support'>; readonly serial: string; readonly number: number }

function addPeriod(world: World, license: NewLicense, { id, serial, number }: OfSupport, period: Period): void {
  const { startsOn, endsOn, source, itemId } = period
  const at = begun(license, period)
  world.supportPeriods.push({
    ...{ id: idOf('supportPeriod', `${nameIn(id)}-${number}`), supportId: id, startsOn, endsOn, source },
    ...{ orderItemId: itemId ?? null, createdAt: at },
  })
  const from = source === 'order' && license.order ? { order: license.order.reference } : {}
  tell(world, {
    ...{ by: source === 'grant' ? staff : license.by, at, accountId: license.accountId, action: 'support.started' },
    ...{ subject: ['support', id, serial], after: { startsOn, endsOn, ...from } },
  })
}

/** A period comes with its license, or, granted later, on its first morning. */
const begun = (license: NewLicense, { source, startsOn }: Period): Date =>
  source === 'grant' ? instantOn(startsOn, '07:15:00') : license.at

/** Changes a license's comment after it was issued. */
export function comment(world: World, id: Id<'license'>, text: string, by: Doer, at: Date): void {
  const license = world.licenses.find((row) => row.id === id)
  if (!license) throw new Error(`There is no license ${id}`)
  const subject = ['license', id, license.serial] as const
  const before = { comment: license.comment ?? '' }
  const { accountId } = license
  tell(world, { by, at, accountId, action: 'license.commented', subject, before, after: { comment: text } })
  license.comment = text
  license.commentKey = folded(text)
}
