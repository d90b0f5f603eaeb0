import { partOf } from './part.ts'

/** Prepaid balances and invoices. */
export const billing = partOf({ calls: [], pages: [] })
