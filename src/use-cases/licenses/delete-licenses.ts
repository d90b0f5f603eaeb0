import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { listNamedLicenses } from '#src/db/license-terms.ts'
import { chosenFrom } from '#src/domain/licenses/bulk.ts'
import { whyNotDeleted } from '#src/domain/licenses/deletion.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import { deletionOf } from './delete-license.ts'

/**
 * Deletes up to a hundred licenses in one act, all or none, and returns their credits. Refuses `not-found` where one is
 * gone or out of reach, `license-in-use`, `license-bought`, `invalid-request`, `idempotency-key-reused`.
 */
export async function deleteLicenses(
  deps: Deps,
  asking: Asking,
  ids: readonly string[],
  once: Once | null,
): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [listNamedLicenses(reach, ids), earlier(asking, once)])
  const [licenses, answered] = rows
  if (replayOf(once, answered)) return
  const chosen = new Set(chosenFrom(ids))
  const found = licenses.filter((one) => chosen.has(one.id))
  if (found.length < chosen.size) refuse({ code: 'not-found' })
  for (const license of found) {
    const why = whyNotDeleted(license)
    if (why) refuse(why)
  }
  const by = byActor(actor, asking)
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...found.flatMap((license) => deletionOf(deps, by, license)),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { deleted: found.length } })
}
