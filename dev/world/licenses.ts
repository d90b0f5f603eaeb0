import { emailKey } from '#src/domain/accounts/identifier.ts'
import { type Size, sizeInWords } from '#src/domain/catalog/offer.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { serialFrom } from '#src/domain/licenses/serial.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { SupportSource } from '#src/domain/support/support.ts'
import { folded } from '#src/domain/text.ts'
import { productRows } from './catalog.ts'
import { at as instantOn } from './days.ts'
import { type Doer, tell } from './events.ts'
import { bytesOf, idOf, nameIn } from './ids.ts'
import type { World } from './rows.ts'
import { editionName } from './shop.ts'

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

/** `Remote Access Pro 10 users`: what a license is called in the audit trail. */
function nameOf({ product, edition, size }: Pick<NewLicense, 'product' | 'edition' | 'size'>): string {
  const row = productRows.find(({ code }) => code === product)
  return [row?.name, editionName(edition), sizeInWords(size, row?.unit ?? 'user')].filter(Boolean).join(' ')
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
  const subject = ['license', id, nameOf(license)] as const
  tell(world, { by, at, accountId, action: 'license.created', subject, after: { serial, product, edition, size } })
  support(world, license)
}

/** The support of a license: its row spans the periods, as the triggers would make it. */
function support(world: World, license: NewLicense): void {
  const { id, accountId, at, by, support: periods = [] } = license
  const [first] = periods
  const last = periods.at(-1)
  if (!first || !last) return
  const supportId = idOf('support', nameIn(id))
  world.supports.push({ id: supportId, licenseId: id, startsOn: first.startsOn, endsOn: last.endsOn, createdAt: at })
  for (const [i, { startsOn, endsOn, source, itemId }] of periods.entries()) {
    const createdAt = source === 'order' ? at : instantOn(startsOn, '07:15:00')
    const own = { id: idOf('supportPeriod', `${nameIn(id)}-${i + 1}`), supportId, startsOn, endsOn, source }
    world.supportPeriods.push({ ...own, orderItemId: itemId ?? null, createdAt })
    const subject = ['support', supportId, nameOf(license)] as const
    tell(world, { by, at: createdAt, accountId, action: 'support.started', subject, after: { startsOn, endsOn } })
  }
}

/** Changes a license's comment after it was issued. */
export function comment(world: World, id: Id<'license'>, text: string, by: Doer, at: Date): void {
  const license = world.licenses.find((row) => row.id === id)
  if (!license) throw new Error(`There is no license ${id}`)
  const size = license.size ?? 'unlimited'
  const subject = ['license', id, nameOf({ product: license.productCode, edition: license.editionCode, size })] as const
  const before = { comment: license.comment ?? '' }
  const { accountId } = license
  tell(world, { by, at, accountId, action: 'license.commented', subject, before, after: { comment: text } })
  license.comment = text
  license.commentKey = folded(text)
}
