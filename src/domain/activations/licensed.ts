import { sizeOf, type Unit } from '../catalog/offer.ts'
import { type Day, daysLeft } from '../day.ts'
import type { Id } from '../ids.ts'
import type { LicenseKind } from '../licenses/license.ts'
import { type LicenseStanding, licenseStanding } from '../licenses/standing.ts'
import { supportStatus } from '../support/support.ts'

/** What a computer is licensed by, as the database holds it; `license` null for a server, which its key licenses. */
export type LicenseFacts = {
  readonly product: { readonly code: string; readonly name: string; readonly unit: Unit; readonly graceDays: number }
  readonly license: {
    readonly id: Id<'license'>
    readonly serial: string
    readonly editionCode: string
    readonly size: number | null
    readonly kind: LicenseKind
    readonly endsOn: Day | null
    readonly supportEndsOn: Day | null
  } | null
  readonly editionName: string | null
}

/** How it stands today. A server's license has no end of its own. */
export const standingOf = ({ license, product }: Omit<LicenseFacts, 'editionName'>, today: Day): LicenseStanding =>
  licenseStanding(license?.endsOn ?? null, product.graceDays, today)

/** The license as software reads it: in answers and in the license file, the same. */
export function licensedBy({ license, product, editionName }: LicenseFacts, today: Day) {
  const endsOn = license?.endsOn ?? null
  const supportEndsOn = license?.supportEndsOn ?? null
  return {
    id: license?.id ?? null,
    serial: license?.serial ?? null,
    product: product.code,
    productName: product.name,
    edition: license?.editionCode ?? 'standard',
    editionName: editionName ?? 'Standard',
    size: license ? sizeOf(license.size) : 1,
    unit: product.unit,
    kind: license?.kind ?? ('server' as const),
    status: standingOf({ license, product }, today),
    endsOn,
    daysLeft: endsOn === null ? null : daysLeft(endsOn, today),
    support: {
      status: supportStatus(supportEndsOn, today),
      endsOn: supportEndsOn,
      daysLeft: supportEndsOn === null ? null : daysLeft(supportEndsOn, today),
    },
  }
}
