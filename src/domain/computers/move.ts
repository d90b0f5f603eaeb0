import type { ActiveProduct } from './computer.ts'

type Key = { readonly id: string; readonly productCode: string | null }

/** Products of a computer that a key can take: those it is for that are not on it yet and run on no license of their own. */
export const movableTo = (key: Key, products: readonly ActiveProduct[]): readonly ActiveProduct[] =>
  products.filter(
    (one) =>
      one.licenseId === null && one.keyId !== key.id && (key.productCode === null || key.productCode === one.code),
  )
