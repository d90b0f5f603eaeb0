import { type LicenseFacts, licensedBy } from '../activations/licensed.ts'
import type { Day } from '../day.ts'
import { supportStatus } from '../support/support.ts'
import type { FileContent } from './payload.ts'

export const fileKinds = ['license', 'support'] as const
export type FileKind = (typeof fileKinds)[number]

/** A computer as a file names it. */
export type FileComputer = NonNullable<FileContent['included']['computer']>

/** All that a file follows from. */
export type FileSource = LicenseFacts & {
  readonly product: LicenseFacts['product'] & {
    readonly checkInHours: number
    readonly checkInGraceDays: number
    readonly fileDays: number
  }
  readonly computer: FileComputer | null
  readonly support: { readonly id: string; readonly startsOn: Day; readonly endsOn: Day } | null
}

type Entitlements = FileContent['included']['entitlements']

/** What the file of a computer says: good for the product's days, and renewed by every check-in with the portal. */
export const contentForComputer = (
  source: FileSource,
  held: Entitlements,
  renewAt: string,
  today: Day,
): FileContent => ({
  ...contentOf('license', source, held, renewAt, today),
  days: source.product.fileDays,
})

/**
 * What a file for older releases says, which never ask the portal (R44, R45, R57): it has no end of its own. What ends is
 * the license, or the support, that it tells of.
 */
export function contentOf(
  kind: FileKind,
  source: FileSource,
  held: Entitlements,
  renewAt: string,
  today: Day,
): FileContent {
  const { product, computer, support } = source
  const licensed = licensedBy(source, today)
  const endsOn = kind === 'support' ? (support?.endsOn ?? null) : licensed.endsOn
  return {
    data: { type: kind, ...withoutCountdown(licensed), endsOn },
    included: {
      product: {
        code: product.code,
        name: product.name,
        graceDays: product.graceDays,
        checkInHours: product.checkInHours,
        checkInGraceDays: product.checkInGraceDays,
      },
      computer: computer && { id: computer.id, name: computer.name, fingerprint: computer.fingerprint },
      support: support && { ...support, status: supportStatus(support.endsOn, today) },
      entitlements: held.length > 0 ? held : [{ product: product.code, edition: licensed.edition }],
    },
    days: null,
    graceDays: product.checkInGraceDays,
    licenseGraceDays: kind === 'support' ? 0 : product.graceDays,
    renewAt,
  }
}

/** Days left count down; in a file that is read later they would be wrong, the last days are not. */
function withoutCountdown({
  daysLeft: _,
  support: { daysLeft: __, ...support },
  ...licensed
}: ReturnType<typeof licensedBy>) {
  return { ...licensed, support }
}
