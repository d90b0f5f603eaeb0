import { createHash } from 'node:crypto'
import { type Id, type IdKind, idPrefixes } from '#src/domain/ids.ts'

/** A readable id that sorts before every id made at run time: `acc_00-ada`, `evt_00-00007`. */
export const idOf = <K extends IdKind>(kind: K, name: string | number): Id<K> =>
  `${idPrefixes[kind]}_00-${typeof name === 'number' ? String(name).padStart(5, '0') : name}`

/** Bytes that look random and are the same each time. */
export const bytesOf = (seed: string): Uint8Array => createHash('sha256').update(seed).digest()

/** SHA-256 in hex, at once; `fingerprintOf` says the same with a wait. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** The name within a readable id. */
export const nameIn = (id: string): string => id.slice(7)
