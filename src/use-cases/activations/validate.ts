import { findAskedKey } from '#src/db/asked-keys.ts'
import { findBestLicense } from '#src/db/license-choice.ts'
import { findMachineBy } from '#src/db/machines.ts'
import { read } from '#src/db/query.ts'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import { type LicenseFacts, standingOf } from '#src/domain/activations/licensed.ts'
import { type ValidationFacts, validationOf } from '#src/domain/activations/validation.ts'
import { checkInStanding } from '#src/domain/computers/check-in.ts'
import { dayOf } from '#src/domain/day.ts'
import type { Deps } from '../deps.ts'
import { codeStanding, hasEnded, holds } from './asked.ts'

export type Validation = {
  readonly activationKey: string
  readonly product: string | null
  readonly fingerprint: string | null
}

const unknown: ValidationFacts = {
  ...{ key: 'unknown', suspended: false, keyEnded: false, productAsked: false, held: false, standing: null },
  ...{ fingerprintAsked: false, active: false, inUse: false, checkIn: null, overLimit: false },
}

/** Whether a key is good: for a product, on a computer, as far as that is asked. It refuses nothing and changes nothing. */
export async function validate(deps: Deps, { activationKey, product, fingerprint }: Validation) {
  const now = deps.now()
  const today = dayOf(now)
  const code = normalOf(activationKey)
  const always = [findAskedKey(code, product), findBestLicense(code, product, today)] as const
  const [[key], [best], [machine] = []] =
    fingerprint === null
      ? await read(deps.db, always)
      : await read(deps.db, [...always, findMachineBy(code, fingerprint.trim(), product)])
  if (!key) return { ...validationOf(unknown), facts: null, goodUntil: null }
  const active = machine && machine.releasedAt === null ? machine : null
  const facts = factsOf(active, best, key.product)
  const answer = validationOf({
    key: codeStanding(key, now),
    suspended: Boolean(key.suspended),
    keyEnded: hasEnded(key, now),
    productAsked: product !== null,
    held: key.product ? holds(key, best !== undefined) : product === null && best !== undefined,
    standing: facts && standingOf(facts, today),
    fingerprintAsked: fingerprint !== null,
    active: active !== null,
    inUse: key.activeComputers > 0,
    checkIn: active && checkInStanding(active.lastCheckInAt ?? active.activatedAt, active.product, now),
    overLimit: isOver(key.activeComputers, key.computerLimit) || isOver(key.activeOfProduct ?? 0, key.serverLicenses),
  })
  return { ...answer, facts, goodUntil: key.goodUntil }
}

const isOver = (active: number, limit: number | null): boolean => limit !== null && active > limit

/** The license of the computer; else the best of the key; of a server product there is none. */
function factsOf(
  active: LicenseFacts | null,
  best: LicenseFacts | undefined,
  product: LicenseFacts['product'] | null,
): LicenseFacts | null {
  if (active) return active
  if (best) return best
  return product?.unit === 'server' ? { product, license: null, editionName: null } : null
}
