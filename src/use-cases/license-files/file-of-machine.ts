import { dayOf } from '#src/domain/day.ts'
import { contentForComputer, type FileSource } from '#src/domain/license-files/content.ts'
import { paths } from '#views/paths.ts'
import type { Deps } from '../deps.ts'
import { makeLicenseFile } from './make-license-file.ts'

type Machine = Omit<FileSource, 'computer' | 'support'> & {
  readonly computer: NonNullable<FileSource['computer']>
  readonly key: { readonly code: string }
}
type Held = readonly { readonly product: string; readonly edition: string }[]

/** Signs the file of an active product on its computer; `locked` with the activation key and the fingerprint. */
export function fileOfMachine(deps: Deps, machine: Machine, held: Held, locked = false): Promise<string> {
  const { computer, key } = machine
  const renewAt = deps.settings.origin + paths.newLicenseFile
  const content = contentForComputer({ ...machine, support: null }, held, renewAt, dayOf(deps.now()))
  const lock = locked ? { activationKey: key.code, fingerprint: computer.fingerprint } : null
  return makeLicenseFile(deps, content, lock)
}
