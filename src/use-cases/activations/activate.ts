import type { ReleasableRow } from '#src/db/activations.ts'
import { type AskedKey, findAskedKey } from '#src/db/asked-keys.ts'
import { Violation } from '#src/db/commit.ts'
import { findComputerOfKey, findReplaceable } from '#src/db/computers-in-use.ts'
import { findChoice, type LicenseChoice } from '#src/db/license-choice.ts'
import { listHeldWithCode } from '#src/db/license-files.ts'
import { findMachineBy, type Machine } from '#src/db/machines.ts'
import { read } from '#src/db/query.ts'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import { standingOf } from '#src/domain/activations/licensed.ts'
import { toldFrom } from '#src/domain/activations/told.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { hasEnded, keyFor } from './asked.ts'
import { refuseFull } from './refuse-full.ts'
import { sameAgain } from './same-again.ts'
import type { Activated, Activation, From } from './software.ts'
import { writeActivation } from './write-activation.ts'

const mostTries = 8

/**
 * Activates a product on a computer. The same computer again gets the same activation and token, in one read. Of licenses
 * that run on one computer it takes the best that is free, within the write, so that no two computers get the same; of
 * servers as many are active as key and account allow. Refuses what `keyFor` does, `activation-key-expired`, `trial-used`,
 * `license-expired`, `server-limit-reached` with the computers in use (R303), `release-budget`, `release-cooldown`.
 */
export async function activate(deps: Deps, wanted: Activation, from: From): Promise<Activated> {
  const cleaned = { ...wanted, ...toldFrom(wanted) }
  for (let tries = 1; ; tries++) {
    try {
      return await tryToActivate(deps, cleaned, from)
    } catch (error) {
      if (!isRaced(error)) throw error
      if (tries === mostTries) refuse({ code: 'unavailable', retryAfter: 1 })
    }
  }
}

/** Somebody wrote first what this would have written: what is there now is read again. */
const isRaced = (error: unknown): boolean =>
  error instanceof Violation && ['version-mismatch', 'activation-released'].includes(error.constraint)

async function tryToActivate(deps: Deps, wanted: Activation, from: From): Promise<Activated> {
  const now = deps.now()
  const code = normalOf(wanted.activationKey)
  const { fingerprint, product: productCode } = wanted
  const replace = wanted.replace ?? ''
  const [[asked], [found], [choice], [replaced], [known], held] = await read(deps.db, [
    findAskedKey(code, productCode),
    findMachineBy(code, fingerprint, productCode),
    findChoice(code, productCode, dayOf(now), fingerprint),
    findReplaceable(code, productCode, replace),
    findComputerOfKey(code, replace),
    listHeldWithCode(code),
  ])
  const key = keyFor(asked, Boolean(choice?.held), from.address, now)
  const goodUntil = key.goodUntil === null ? null : new Date(key.goodUntil)
  const active = found && found.releasedAt === null ? found : null
  if (active && active.key.id === key.id && standingOf(active, dayOf(now)) !== 'expired') {
    return { ...(await sameAgain(deps, active, wanted, from)), isNew: false, goodUntil, held }
  }
  if (!active && hasEnded(key, now)) refuse({ code: 'activation-key-expired', expiredOn: key.expiresOn ?? '' })
  if (wanted.replace !== null && !known) refuse({ code: 'invalid-request', errors: [notInUse] })
  const leaves = replaced && replaced.id !== active?.id ? replaced : null
  await makeRoom(deps, key, choice, { active, leaves })
  const plan = { key, found: found ?? null, leaves, wanted, from, isServer: key.product.unit === 'server' }
  return { ...(await writeActivation(deps, plan)), goodUntil, held }
}

type Room = { readonly active: Machine | null; readonly leaves: ReleasableRow | null }

/** Refuses what cannot come about, before anything is written. */
async function makeRoom(deps: Deps, key: AskedKey, choice: LicenseChoice | undefined, { active, leaves }: Room) {
  if (leaves) return
  if (key.product?.unit === 'server') {
    if (active?.key.id !== key.id && isFull(key.activeComputers, key.computerLimit)) await refuseFull(deps, 'key', key)
    if (!active && isFull(key.activeOfProduct ?? 0, key.serverLicenses)) await refuseFull(deps, 'account', key)
  } else if (choice && choice.chosen === null) {
    if (choice.taken) await refuseFull(deps, 'licenses', key)
    if (choice.trialHad) refuse({ code: 'trial-used' })
    refuse({ code: 'license-expired', endedOn: choice.endedOn ?? '' })
  }
}

const isFull = (active: number, limit: number | null): boolean => limit !== null && active >= limit

const notInUse = {
  pointer: 'replace',
  code: 'unknown',
  detail: 'No computer of the key’s account has this id: send one of those that `server-limit-reached` lists',
}
