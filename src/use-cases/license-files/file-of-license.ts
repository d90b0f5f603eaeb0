import { findFileFacts } from '#src/db/file-facts.ts'
import { listHeldWithLicense } from '#src/db/license-files.ts'
import { dayOf } from '#src/domain/day.ts'
import { contentOf, type FileKind } from '#src/domain/license-files/content.ts'
import { refuse } from '#src/domain/refusal.ts'
import { paths } from '#views/paths.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { makeLicenseFile } from './make-license-file.ts'

/** A file with the name that it is saved under. */
export type NamedFile = { readonly fileName: string; readonly text: string }

/**
 * Signs the license file of a license, or the file of its support, for releases that are licensed by files (R44, R45,
 * R57). It is taken with a GET and so changes nothing (`threats.md`, B1). Refuses `not-found`: also where there is no
 * support.
 */
export async function fileOfLicense(deps: Deps, asking: Asking, id: string, kind: FileKind): Promise<NamedFile> {
  const { rows } = await readAs(deps, asking, (reach) => [findFileFacts(reach, id), listHeldWithLicense(id)])
  const [[facts], held] = rows
  if (!facts || (kind === 'support' && !facts.support)) return refuse({ code: 'not-found' })
  const { license } = facts
  const renewAt = deps.settings.origin + paths.license(license.id)
  const text = await makeLicenseFile(deps, contentOf(kind, facts, held, renewAt, dayOf(deps.now())))
  return { fileName: `${kind}-${license.serial}.lic`, text }
}
