import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findWarningChoice, updateWarningChoice, type WarningChoice } from '#src/db/warnings.ts'
import { refuse } from '#src/domain/refusal.ts'
import { leadInWords, leadsFrom } from '#src/domain/warnings/leads.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/** What is chosen, and the version of what was shown; `any` whatever it is by now. What is left out stays. */
export type WarningEdit = {
  readonly version: number | 'any' | null
  readonly leads?: readonly number[] | undefined
}

/**
 * Chooses when the account is warned of ends; what changes nothing writes nothing. Returns the account's version as it
 * then is. Refuses `precondition-required`, `invalid-request`, `version-mismatch`, `idempotency-key-reused`.
 */
export async function chooseWarnings(
  deps: Deps,
  asking: Asking,
  { version, leads }: WarningEdit,
  once: Once | null,
): Promise<number> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findWarningChoice(reach), earlier(asking, once)])
  const [[row], answered] = rows
  if (!row) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return row.version
  if (version === null) refuse({ code: 'precondition-required' })
  const choice = { leads: leads ? leadsFrom(leads) : row.leads }
  const [before, after] = [toldOf(row), toldOf(choice)]
  if (JSON.stringify(before) === JSON.stringify(after)) return row.version
  if (version !== 'any' && version !== row.version) refuse({ code: 'version-mismatch' })
  const { id, name } = row
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateWarningChoice(id, row.version, choice),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      ...{ action: 'account.warnings-changed', accountId: id, subject: { kind: 'account', id, name }, before, after },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { version: row.version + 1 } })
  return row.version + 1
}

/** A choice as the audit trail tells it. */
export const toldOf = ({ leads }: WarningChoice) => ({
  warned: leads.length === 0 ? 'never' : leads.map(leadInWords).join(', '),
})
