import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { listNamedLicenses, type NamedLicense } from '#src/db/license-terms.ts'
import { updateLicense } from '#src/db/licenses.ts'
import type { Write } from '#src/db/query.ts'
import { chosenFrom } from '#src/domain/licenses/bulk.ts'
import { changeOf, type Editable, wantedFrom } from '#src/domain/licenses/edit.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { type By, byActor, record } from '../record.ts'

export type LicensesEdit = { readonly ids: readonly string[] } & {
  readonly [field in keyof Editable]?: Editable[field] | undefined
}

/**
 * Gives up to a hundred licenses the same e-mail, the same comment or both, in one act; those that say it already stay.
 * Refuses `not-found`, `invalid-request`, `version-mismatch` where one was changed in the same moment,
 * `idempotency-key-reused`.
 */
export async function editLicenses(
  deps: Deps,
  asking: Asking,
  { ids, ...typed }: LicensesEdit,
  once: Once | null,
): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [listNamedLicenses(reach, ids), earlier(asking, once)])
  const [licenses, answered] = rows
  if (replayOf(once, answered)) return
  const chosen = new Set(chosenFrom(ids))
  const found = licenses.filter((one) => chosen.has(one.id))
  if (found.length < chosen.size) refuse({ code: 'not-found' })
  const wanted = wantedFrom(typed)
  const by = byActor(actor, asking)
  const changes = found.flatMap((license) => editOf(deps, by, license, wanted))
  if (changes.length === 0) return
  const writes = [expect('signed-out', stillStands(asking.credential.id)), ...changes]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { edited: found.length } })
}

function editOf(deps: Deps, by: By, license: NamedLicense, wanted: Partial<Editable>): Write[] {
  const change = changeOf(license, wanted)
  if (!change) return []
  const { id, accountId, serial: name, version } = license
  return [
    updateLicense(id, version, { ...license, ...wanted }),
    expectOne('version-mismatch'),
    record(deps, by, { ...change, accountId, subject: { kind: 'license', id, name } }),
  ]
}
