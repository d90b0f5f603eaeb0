import { listHeldWithActivation } from '#src/db/license-files.ts'
import { findMachine } from '#src/db/machines.ts'
import { read } from '#src/db/query.ts'
import type { Deps } from '../deps.ts'
import { fileOfMachine } from '../license-files/file-of-machine.ts'
import { type Holder, opened } from './software.ts'

/**
 * The license file of an activation for its software, as the license is now (R52, R54, R55). Refuses
 * `activation-token-invalid`, `activation-released`, `account-suspended`.
 */
export async function takeLicenseFile(deps: Deps, holder: Holder): Promise<string> {
  const [found, held] = await read(deps.db, [findMachine(holder.id), listHeldWithActivation(holder.id)])
  return fileOfMachine(deps, await opened(holder, found), held)
}
