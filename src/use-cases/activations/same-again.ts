import { updateInstalled, upsertComputer } from '#src/db/activation-writes.ts'
import { commit } from '#src/db/commit.ts'
import { expectOne } from '#src/db/expect.ts'
import { findMachine, type Machine } from '#src/db/machines.ts'
import type { ResultSet } from '#src/db/query.ts'
import type { Told } from '#src/domain/activations/told.ts'
import { addressKey } from '#src/domain/address.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { type From, tokenOf } from './software.ts'

/** The activation that a computer has already, with the same token. What it tells anew is kept; else nothing is written. */
export async function sameAgain(deps: Deps, machine: Machine, told: Told, from: From) {
  const token = await tokenOf(deps, machine)
  const tokenHash = await fingerprintOf(token)
  const installed = told.installed ?? machine.installed
  const { computer } = machine
  const isSame =
    told.hostname === computer.hostname &&
    from.address === computer.ip &&
    tokenHash === machine.tokenHash &&
    JSON.stringify(installed) === JSON.stringify(machine.installed)
  if (isSame) return { machine, token }
  const again = findMachine(machine.id)
  const sets = await commit(deps.db, [
    updateInstalled(machine, { installed, tokenHash }),
    expectOne('version-mismatch'),
    upsertComputer(computerRow(deps, machine, told, from)),
    again,
  ])
  const [fresh = machine] = again.rows(sets.at(-1) as ResultSet)
  return { machine: fresh, token }
}

/** A computer as it is registered. */
export function computerRow(deps: Deps, { accountId }: { accountId: Machine['accountId'] }, told: Told, from: From) {
  const { hostname, fingerprint } = told
  const ip = { ip: from.address, ipKey: addressKey(from.address) }
  return {
    id: deps.newId('computer'),
    accountId,
    fingerprint,
    name: hostname,
    hostname,
    ...ip,
    registeredAt: deps.now(),
  }
}
