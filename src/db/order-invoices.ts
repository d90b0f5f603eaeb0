import { sql } from 'drizzle-orm'
import type { InvoiceKind } from '#src/domain/invoices/invoice.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { ownAccount } from './own-account.ts'
import { build, compile } from './query.ts'
import { type Reach, within } from './reach.ts'

// By the names of tables alone: the first pages of the portal carry no schema of the billing (budget B9).
const ofOrder = compile(
  build
    .select({ number: sql<number>`i.number`, kind: sql<InvoiceKind>`i.kind` })
    .from(sql`invoices i join orders o on o.id = i.order_id`)
    .where(sql`o.reference_key = ${sql.placeholder('reference')} and i.account_id = ${ownAccount}`)
    .orderBy(sql`i.number`),
)

/** The account's own documents of an order. */
export const listInvoicesOfOrder = (reach: Reach, reference: string) =>
  ofOrder({ ...within(reach), reference: referenceKey(reference) })
