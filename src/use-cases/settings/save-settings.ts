import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { findSettings, type SettingsRow, updateAccountSettings, updateLoginSettings } from '#src/db/settings.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { refuse } from '#src/domain/refusal.ts'
import { isLoginField, type SettingsField, settingsFrom } from '#src/domain/settings/fields.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/** Which fields are saved, as typed, and the versions of what was shown; `any` whatever they are by now. */
export type SettingsEdit = {
  readonly fields: readonly SettingsField[]
  readonly typed: Readonly<Record<string, string | undefined>>
  readonly versions: { readonly account: number | 'any' | null; readonly login: number | 'any' }
}

/** The fields of a tab that somebody may change: of their own login all, of the account whoever may edit it. */
export const editableOf = (actor: Actor, fields: readonly SettingsField[]): SettingsField[] =>
  fields.filter((field) => (isLoginField(field) ? actor.loginId !== null : allows(actor, 'account.edit')))

/**
 * Saves some fields of the account or of one's own login, before and after in the trail; what changes nothing writes
 * nothing. Returns the account's version as it then is. Refuses `forbidden`, `invalid-request` field by field,
 * `precondition-required`, `version-mismatch`, `idempotency-key-reused`.
 */
export async function saveSettings(deps: Deps, asking: Asking, edit: SettingsEdit, once: Once | null): Promise<number> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findSettings(reach), earlier(asking, once)])
  const [[row], answered] = rows
  if (!row) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return row.account.version
  const fields = editableOf(actor, edit.fields)
  if (fields.length === 0) refuse({ code: 'forbidden' })
  const wanted = settingsFrom(fields, edit.typed)
  const ofLogin = changed(row.login, fields.filter(isLoginField), wanted)
  const ofAccount = changed(
    row.account,
    fields.filter((field) => !isLoginField(field)),
    wanted,
  )
  const { account, login } = edit.versions
  if (account === null) refuse({ code: 'precondition-required' })
  const isStale = isOther(account, row.account.version) && Object.keys(ofAccount.after).length > 0
  const isLoginStale = isOther(login, row.login?.version) && Object.keys(ofLogin.after).length > 0
  if (isStale || isLoginStale) refuse({ code: 'version-mismatch' })
  const writes = [
    ...accountWrites(deps, asking, actor, row, ofAccount),
    ...loginWrites(deps, asking, actor, row, ofLogin),
  ]
  if (writes.length === 0) return row.account.version
  const version = row.account.version + (Object.keys(ofAccount.after).length > 0 ? 1 : 0)
  await commitOnce(deps, asking, once, [expect('signed-out', stillStands(asking.credential.id)), ...writes], {
    ...{ status: 200, response: { version } },
  })
  return version
}

const isOther = (version: number | 'any' | null, now: number | undefined): boolean =>
  version !== 'any' && version !== now

type Change = { readonly before: Record<string, string>; readonly after: Record<string, string> }

function changed(now: object | null, fields: readonly SettingsField[], wanted: Record<SettingsField, string>): Change {
  const was = (now ?? {}) as Record<string, string>
  const other = fields.filter((field) => wanted[field] !== was[field])
  const of = (from: Record<string, string>) => Object.fromEntries(other.map((field) => [field, from[field] ?? '']))
  return { before: of(was), after: of(wanted) }
}

function accountWrites(
  deps: Deps,
  asking: Asking,
  actor: Actor,
  { account }: SettingsRow,
  { before, after }: Change,
): Write[] {
  if (Object.keys(after).length === 0) return []
  const { id, version, name } = account
  return [
    updateAccountSettings(id, version, after),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      ...{ action: 'account.edited', accountId: id, subject: { kind: 'account', id, name: after.name ?? name } },
      ...{ before, after },
    }),
  ]
}

function loginWrites(
  deps: Deps,
  asking: Asking,
  actor: Actor,
  { login }: SettingsRow,
  { before, after }: Change,
): Write[] {
  if (!login || Object.keys(after).length === 0) return []
  const { id, version } = login
  const isNamed = 'firstName' in after || 'lastName' in after
  const name = isNamed ? `${after.firstName ?? login.firstName} ${after.lastName ?? login.lastName}` : login.name
  return [
    updateLoginSettings(id, version, { ...after, name }),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      ...{ action: 'login.edited', accountId: actor.account.id, subject: { kind: 'login', id, name } },
      ...{ before, after },
    }),
  ]
}
