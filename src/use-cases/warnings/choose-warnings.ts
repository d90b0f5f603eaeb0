import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findWarningChoice, updateWarningChoice, type WarningChoice } from '#src/db/warnings.ts'
import { type FieldError, refuse } from '#src/domain/refusal.ts'
import { leadInWords, leadsFrom } from '#src/domain/warnings/leads.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/** What is chosen, and the version of what was shown; `any` whatever it is by now. What is left out stays. */
export type WarningEdit = {
  readonly version: number | 'any' | null
  readonly leads?: readonly number[] | undefined
  readonly weeklyDigest?: boolean | undefined
}

/**
 * Chooses when the account is warned of ends; what changes nothing writes nothing. Returns the account's version as it
 * then is. Refuses `precondition-required`, `invalid-request`, `version-mismatch`, `idempotency-key-reused`.
 */
export async function chooseWarnings(
  deps: Deps,
  asking: Asking,
  { version, leads, weeklyDigest }: WarningEdit,
  once: Once | null,
): Promise<number> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findWarningChoice(reach), earlier(asking, once)])
  const [[row], answered] = rows
  if (!row) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return row.version
  if (version === null) refuse({ code: 'precondition-required' })
  if (weeklyDigest !== undefined && row.kind === 'customer') refuse({ code: 'invalid-request', errors: [forSellers] })
  const choice = { leads: leads ? leadsFrom(leads) : row.leads, weeklyDigest: weeklyDigest ?? row.weeklyDigest }
  const change = changeOf(row, choice)
  if (Object.keys(change.after).length === 0) return row.version
  if (version !== 'any' && version !== row.version) refuse({ code: 'version-mismatch' })
  const { id, name } = row
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateWarningChoice(id, row.version, choice),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      ...{ action: 'account.warnings-changed', accountId: id, subject: { kind: 'account', id, name }, ...change },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { version: row.version + 1 } })
  return row.version + 1
}

const forSellers: FieldError = {
  ...{ pointer: 'weeklyDigest', code: 'choice' },
  detail: 'The weekly digest is for who sells: leave it out',
}

const toldOf = ({ leads, weeklyDigest }: WarningChoice) => ({
  warned: leads.length === 0 ? 'never' : leads.map(leadInWords).join(', '),
  weeklyDigest,
})

/** What a choice changes, as the audit trail tells it. */
export function changeOf(was: WarningChoice, becomes: WarningChoice) {
  const [before, after] = [Object.entries(toldOf(was)), Object.entries(toldOf(becomes))]
  const isOther = (_: unknown, i: number) => before[i]?.[1] !== after[i]?.[1]
  return { before: Object.fromEntries(before.filter(isOther)), after: Object.fromEntries(after.filter(isOther)) }
}
