import { sizeInWords, sizeOf } from '#src/domain/catalog/offer.ts'
import type { LicenseSummary } from '#src/domain/licenses/license.ts'
import { dayInDigits } from '../words.ts'

type Named = Pick<LicenseSummary, 'editionName' | 'size' | 'unit' | 'kind' | 'endsOn'>

/** Edition and size, and what kind it is where it is not permanent: `Essentials, unlimited users`. */
export function licenseDetail({ editionName, size, unit, kind, endsOn }: Named): string {
  const what = `${editionName}, ${sizeInWords(sizeOf(size), unit)}`
  return kind === 'permanent'
    ? what
    : `${what} · ${kind === 'trial' ? `trial to ${endsOn && dayInDigits(endsOn)}` : 'subscription'}`
}
