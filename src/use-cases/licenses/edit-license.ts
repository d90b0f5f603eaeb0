import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findLicense, updateLicense } from '#src/db/licenses.ts'
import { changeOf, wantedFrom } from '#src/domain/licenses/edit.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

export type LicenseEdit = {
  readonly id: string
  /** The version that is changed; `any` whatever it is by now, `null` where nobody said. */
  readonly version: number | 'any' | null
  readonly comment?: string | undefined
  readonly email?: string | undefined
  /** Makes the same edit sent twice one act: the hidden field of a form. */
  readonly once?: string | null
}

/**
 * Edits a license's comment and the end customer's e-mail, and returns the license as it then is. What changes nothing
 * writes nothing. Refuses `not-found`, `precondition-required`, `invalid-request`, `idempotency-key-reused`,
 * `version-mismatch`, and for a comment alone `comment-changed` with the text that stands there now.
 */
export async function editLicense(deps: Deps, asking: Asking, { once: key, ...edit }: LicenseEdit) {
  const once = key ? { key, hash: await fingerprintOf(JSON.stringify(edit)) } : null
  const { actor, license, answered } = await find(deps, asking, edit.id, once)
  if (replayOf(once, answered)) return license
  if (edit.version === null) refuse({ code: 'precondition-required' })
  const wanted = wantedFrom(edit)
  if (edit.version !== 'any' && edit.version !== license.version) refuseStale(edit, license)
  const change = changeOf(license, wanted)
  if (!change) return license
  const edited = { ...license, ...wanted, version: license.version + 1 }
  const { id, accountId, serial: name } = license
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateLicense(id, license.version, edited),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), { ...change, accountId, subject: { kind: 'license', id, name } }),
  ]
  try {
    await commitOnce(deps, asking, once, writes, { status: 200, response: { id, version: edited.version } })
    return edited
  } catch (error) {
    if (!(error instanceof Refused && error.refusal.code === 'version-mismatch')) throw error
    return refuseStale(edit, (await find(deps, asking, id, null)).license)
  }
}

async function find(deps: Deps, asking: Asking, id: string, once: Parameters<typeof earlier>[1]) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findLicense(reach, id), earlier(asking, once)])
  const [[license], answered] = rows
  return license ? { actor, license, answered } : refuse({ code: 'not-found' })
}

/** Somebody was quicker: whoever edits a comment alone is told what it says now. */
function refuseStale({ comment, email }: LicenseEdit, now: { comment: string; version: number }): never {
  if (comment === undefined || email !== undefined) return refuse({ code: 'version-mismatch' })
  return refuse({ code: 'comment-changed', theirs: now.comment, version: now.version })
}
