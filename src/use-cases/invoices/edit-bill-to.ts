import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findInvoice, updateBillTo } from '#src/db/invoices.ts'
import { type BillTo, billToFields, invoiceId, invoiceNumber } from '#src/domain/invoices/invoice.ts'
import { refuse } from '#src/domain/refusal.ts'
import { settingsFrom } from '#src/domain/settings/fields.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

export type BillToEdit = {
  readonly id: string
  /** The version that is changed; `any` whatever it is by now, `null` where nobody said. */
  readonly version: number | 'any' | null
  /** What was typed; a field that is left out stays. */
  readonly typed: Readonly<Record<string, string | undefined>>
}

/**
 * Completes whom an invoice names, before and after in the trail (R323); what changes nothing writes nothing. Returns its
 * version as it then is. Refuses `not-found`, `invalid-request` field by field, `precondition-required`,
 * `version-mismatch`, `idempotency-key-reused`.
 */
export async function editBillTo(deps: Deps, asking: Asking, edit: BillToEdit, once: Once | null): Promise<number> {
  const number = invoiceNumber(edit.id)
  const { actor, rows } = await readAs(deps, asking, (reach) => [findInvoice(reach, number), earlier(asking, once)])
  const [[invoice], answered] = rows
  if (!invoice) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return invoice.version
  const billTo: BillTo = settingsFrom(billToFields, { ...invoice.billTo, ...edit.typed })
  if (edit.version === null) refuse({ code: 'precondition-required' })
  const changed = billToFields.filter((field) => billTo[field] !== invoice.billTo[field])
  if (changed.length === 0) return invoice.version
  if (edit.version !== 'any' && edit.version !== invoice.version) refuse({ code: 'version-mismatch' })
  const of = (from: BillTo) => Object.fromEntries(changed.map((field) => [field, from[field]]))
  const version = invoice.version + 1
  const name = invoiceId(invoice.number)
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateBillTo(invoice.number, invoice.version, billTo),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      ...{ action: 'invoice.edited', accountId: invoice.accountId, subject: { kind: 'invoice', id: name, name } },
      ...{ before: of(invoice.billTo), after: of(billTo) },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { version } })
  return version
}
