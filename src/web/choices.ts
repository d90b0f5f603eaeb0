import type { CatalogOffer } from '#src/domain/catalog/catalog-offer.ts'
import type { UpgradeChoices } from '#views/pages/licenses/upgrade.tsx'

/** Editions and sizes to choose from; by the unit any size is written. */
export function choicesOf(higher: readonly CatalogOffer[]): UpgradeChoices {
  const editions = new Map(higher.map((one) => [one.editionCode, one.editionName]))
  const byUnit = higher.some((one) => one.perUnit)
  const sizes = [...new Set(higher.map((one) => one.size))].sort((a, b) => (a ?? 1e9) - (b ?? 1e9))
  return {
    editions: [...editions].map(([code, name]) => ({ code, name })),
    sizes: byUnit ? null : sizes,
  }
}
