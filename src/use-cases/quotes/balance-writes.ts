import type { Write } from '#src/db/query.ts'
import type { Deps } from '../deps.ts'
import type { Acting, PaidItem } from './acting.ts'

/**
 * The one place where paid lines reach money that is kept: top-ups and server licenses enter the balance and invoices
 * here. No quote has such lines before there is a balance (`reckonQuote` makes none).
 */
export const balanceWrites = (_deps: Deps, _acting: Acting, _item: PaidItem): Write[] => []
