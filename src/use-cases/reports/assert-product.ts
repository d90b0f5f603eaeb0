import { refuse } from '#src/domain/refusal.ts'
import type { WantedReport } from '#src/domain/reports/wanted.ts'

/** Refuses `invalid-request` for a product that the account has nothing of. */
export function assertProduct({ productCode }: WantedReport, products: readonly { readonly code: string }[]): void {
  if (productCode === null || products.some(({ code }) => code === productCode)) return
  const codes = products.map(({ code }) => code).join(', ')
  const detail = codes ? `Choose one of ${codes}, or all products` : 'Choose all products'
  refuse({ code: 'invalid-request', errors: [{ pointer: 'product', code: 'choice', detail }] })
}
