import { stillStands } from '#src/db/actors.ts'
import { returnCredits } from '#src/db/credits.ts'
import { expect } from '#src/db/expect.ts'
import {
  deleteLicenseRow,
  findLicense,
  type LicenseRow,
  licenseIsOfVersion,
  licenseIsThere,
  licenseIsUnused,
} from '#src/db/licenses.ts'
import type { Write } from '#src/db/query.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { whyNotDeleted } from '#src/domain/licenses/deletion.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { type By, byActor, record } from '../record.ts'

/** Which license, and of which version it must still be; `any` and `null` leave that open. */
export type LicenseDeletion = { readonly id: string; readonly version: number | 'any' | null }

/**
 * Deletes a license that was assigned and never activated, with its support, and returns its credits to the account
 * that paid (Decision 4). Refuses `not-found`, `license-in-use`, `license-bought`, `version-mismatch`,
 * `idempotency-key-reused`.
 */
export async function deleteLicense(
  deps: Deps,
  asking: Asking,
  { id, version }: LicenseDeletion,
  once: Once | null = null,
): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findLicense(reach, id), earlier(asking, once)])
  const [[license], answered] = rows
  if (replayOf(once, answered)) return
  if (!license) return refuse({ code: 'not-found' })
  if (typeof version === 'number' && version !== license.version) refuse({ code: 'version-mismatch' })
  const why = whyNotDeleted(license)
  if (why) refuse(why)
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...(typeof version === 'number'
      ? [
          expect('not-found', licenseIsThere(license.id)),
          expect('version-mismatch', licenseIsOfVersion(license.id, version)),
        ]
      : []),
    ...deletionOf(deps, byActor(actor, asking), license),
  ]
  await commitOnce(deps, asking, once, writes, { status: 204, response: { id } })
}

/** The statements that delete a license that nobody activated meanwhile, and return what it cost. */
export function deletionOf(deps: Deps, by: By, license: LicenseRow): Write[] {
  const { id, productCode: product, editionCode: edition, size, comment, email, accountId, serial: name } = license
  return [
    expect('not-found', licenseIsThere(id)),
    expect('license-in-use', licenseIsUnused(id)),
    returnCredits({ id: deps.newId('creditEntry'), licenseId: id, actorId: by.id, at: deps.now() }),
    deleteLicenseRow(id),
    record(deps, by, {
      ...{ action: 'license.deleted', accountId, subject: { kind: 'license', id, name } },
      before: { product, edition, size: sizeOf(size), email, comment },
    }),
  ]
}
