import type { CatalogOffer } from '../catalog/catalog-offer.ts'
import { isHigher, upgradeSizeFrom } from '../licenses/upgrade.ts'
import type { LicenseItem } from './item.ts'
import type { Quotable } from './quotable.ts'

/** Whether an offer is one that a license can become. */
export const isAbove = ({ editionRank, size }: Quotable, offer: CatalogOffer): boolean =>
  offer.kind === 'license' &&
  offer.sold &&
  (offer.perUnit ? offer.rank >= editionRank : isHigher({ editionRank, size }, offer))

type Typed = { readonly edition?: string; readonly size?: string }

/** What a form asks for. Refuses `invalid-request` for a size that is none. */
export function upgradeItemFrom(license: string, { edition, size = '' }: Typed): LicenseItem {
  const wanted = upgradeSizeFrom(size, [])
  return { license, size: wanted ?? 'unlimited', ...(edition ? { edition } : {}) }
}
