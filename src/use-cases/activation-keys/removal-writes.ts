import type { KeyRow } from '#src/db/activation-keys.ts'
import { expectOne } from '#src/db/expect.ts'
import { releaseComputersOfKeys, removeActivationKeyRow } from '#src/db/key-writes.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

/** Of the computers that go along, the trail and the page that asks name so many. */
export const mostNamed = 100

/** A computer that a key takes along. */
export type TakenAlong = { readonly keyId: string; readonly name: string; readonly ip: string | null }

/** What removes keys: their computers are released, their codes stay taken, each leaves a line that names what it took. */
export const removalWrites = (
  deps: Deps,
  by: By,
  keys: readonly KeyRow[],
  named: readonly TakenAlong[],
  after?: Record<string, unknown>,
) => [
  releaseComputersOfKeys(
    keys.map(({ id }) => id),
    deps.now(),
  ),
  ...keys.flatMap((key) => {
    const servers = named.filter(({ keyId }) => keyId === key.id).map(({ name }) => name)
    return [
      removeActivationKeyRow(key, deps.now()),
      expectOne('version-mismatch'),
      record(deps, by, {
        action: 'activation-key.removed',
        accountId: key.accountId,
        subject: { kind: 'activation-key', id: key.id, name: key.name },
        before: { name: key.name, computers: key.activeComputers, ...(servers.length > 0 ? { servers } : {}) },
        ...(after ? { after } : {}),
      }),
    ]
  }),
]
