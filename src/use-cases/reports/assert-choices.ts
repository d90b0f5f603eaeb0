import type { Rights } from '#src/domain/accounts/acts.ts'
import { type FieldError, refuse } from '#src/domain/refusal.ts'
import { kindsFor } from '#src/domain/reports/readable.ts'
import type { WantedReport } from '#src/domain/reports/wanted.ts'

/** Refuses `invalid-request` for what the portal would not show whoever asks, and for a product that the account has nothing of. */
export function assertChoices(
  { kind, productCode }: WantedReport,
  rights: Rights,
  products: readonly { readonly code: string }[],
): void {
  const kinds = kindsFor(rights)
  const codes = products.map(({ code }) => code)
  const errors: FieldError[] = []
  if (!kinds.includes(kind))
    errors.push({ pointer: 'kind', code: 'choice', detail: `Choose one of ${kinds.join(', ')}` })
  if (productCode !== null && !codes.includes(productCode)) {
    const detail = codes.length > 0 ? `Choose one of ${codes.join(', ')}, or all products` : 'Choose all products'
    errors.push({ pointer: 'product', code: 'choice', detail })
  }
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
}
