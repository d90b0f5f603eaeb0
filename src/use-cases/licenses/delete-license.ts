import { stillStands } from '#src/db/actors.ts'
import { commit } from '#src/db/commit.ts'
import { returnCredits } from '#src/db/credits.ts'
import { expect } from '#src/db/expect.ts'
import { deleteLicenseRow, findLicense, licenseIsOfVersion, licenseIsThere, licenseIsUnused } from '#src/db/licenses.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { byActor, record } from '../record.ts'
import { refusing } from '../refusing.ts'

/** Which license, and of which version it must still be; `any` and `null` leave that open. */
export type LicenseDeletion = { readonly id: string; readonly version: number | 'any' | null }

/**
 * Deletes a license that was assigned and never activated, with its support, and returns its credits to the account
 * that paid (Decision 4). Refuses `not-found`, `license-in-use`, `license-bought`, `version-mismatch`.
 */
export async function deleteLicense(deps: Deps, asking: Asking, { id, version }: LicenseDeletion): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findLicense(reach, id)])
  const [[license]] = rows
  if (!license) return refuse({ code: 'not-found' })
  if (typeof version === 'number' && version !== license.version) refuse({ code: 'version-mismatch' })
  if (license.firstActivatedAt !== null) refuse({ code: 'license-in-use' })
  if (license.orderReference !== null) refuse({ code: 'license-bought' })
  const by = byActor(actor, asking)
  const returned = { id: deps.newId('creditEntry'), licenseId: license.id, actorId: by.id, at: deps.now() }
  const { productCode: product, editionCode: edition, comment, email, accountId, serial } = license
  await refusing(() =>
    commit(deps.db, [
      expect('signed-out', stillStands(asking.credential.id)),
      expect('not-found', licenseIsThere(license.id)),
      ...(typeof version === 'number' ? [expect('version-mismatch', licenseIsOfVersion(license.id, version))] : []),
      expect('license-in-use', licenseIsUnused(license.id)),
      returnCredits(returned),
      deleteLicenseRow(license.id),
      record(deps, by, {
        action: 'license.deleted',
        accountId,
        subject: { kind: 'license', id: license.id, name: serial },
        before: { product, edition, size: sizeOf(license.size), email, comment },
      }),
    ]),
  )
}
