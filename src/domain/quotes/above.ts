import type { CatalogOffer } from '../catalog/catalog-offer.ts'
import { isHigher, upgradeSizeFrom } from '../licenses/upgrade.ts'
import type { LicenseItem } from './item.ts'
import { wrong } from './priced.ts'
import type { Quotable } from './quotable.ts'

/** Whether an offer is one that a license can become. */
export const isAbove = ({ editionRank, size }: Quotable, offer: CatalogOffer): boolean =>
  offer.kind === 'license' &&
  offer.sold &&
  (offer.perUnit ? offer.rank >= editionRank : isHigher({ editionRank, size }, offer))

type Typed = { readonly edition?: string; readonly size?: string; readonly terms?: string }

/** What a form asks for. Refuses `invalid-request` for a size that is none, and for terms that are none. */
export function upgradeItemFrom(license: string, { edition, size = '', terms = '' }: Typed): LicenseItem {
  const wanted = upgradeSizeFrom(size, [])
  if (!/^(|0|[1-9]|1[0-2])$/.test(terms)) wrong('terms', `Choose up to ${mostTerms} terms`)
  const further = Number(terms) > 0 ? { terms: Number(terms) } : {}
  return { license, size: wanted ?? 'unlimited', ...(edition ? { edition } : {}), ...further }
}

/** The most terms of a subscription that are paid at once. */
const mostTerms = 12
