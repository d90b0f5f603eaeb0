import type { Day } from '../day.ts'
import type { Id } from '../ids.ts'
import type { LicenseSummary } from '../licenses/license.ts'

/** An activation key as lists and pages show it. */
export type ActivationKeySummary = {
  readonly id: Id<'activationKey'>
  readonly accountName: string
  /** Whether it belongs to the reader's account itself, not to one below. */
  readonly isOwn: boolean
  readonly name: string
  readonly code: string
  readonly note: string
  readonly productCode: string | null
  readonly productName: string | null
  readonly isDefault: boolean
  /** Counted up to a cap. */
  readonly licenses: number
  readonly activeComputers: number
  /** `null` is unlimited. */
  readonly computerLimit: number | null
  /** Null: never ends. */
  readonly expiresOn: Day | null
  /** From where it activates; null: from everywhere. */
  readonly allowedRanges: readonly string[] | null
  readonly version: number
  readonly createdAt: Date
}

/** A computer that runs with a key. */
export type KeyComputer = {
  readonly id: Id<'computer'>
  readonly name: string
  readonly ip: string | null
  readonly productName: string
  readonly activatedAt: Date
}

/** A license on a key. */
export type KeyLicense = Pick<
  LicenseSummary,
  | ('id' | 'productName' | 'unit' | 'editionName' | 'size' | 'kind' | 'endsOn')
  | ('email' | 'computerName' | 'supportEndsOn')
> & { readonly productCode: string }
