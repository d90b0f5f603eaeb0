import type { Refusal } from '../refusal.ts'

type Deletable = { readonly firstActivatedAt: Date | null; readonly orderReference: string | null }

/** Why a license is not deleted: it was activated, or it was bought in the shop (R116 R117); `null` where nothing stands against it. */
export function whyNotDeleted({ firstActivatedAt, orderReference }: Deletable): Refusal | null {
  if (firstActivatedAt !== null) return { code: 'license-in-use' }
  return orderReference === null ? null : { code: 'license-bought' }
}
