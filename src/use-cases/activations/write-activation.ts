import {
  computerBy,
  insertActivation,
  insertTrialOf,
  isLicensed,
  keyActivates,
  moveActivation,
  returnActivation,
  upsertComputer,
} from '#src/db/activation-writes.ts'
import type { ReleasableRow } from '#src/db/activations.ts'
import { commit, Violation } from '#src/db/commit.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { chosenLicense } from '#src/db/license-choice.ts'
import { findMachine, type Machine } from '#src/db/machines.ts'
import type { ResultSet, Write } from '#src/db/query.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import { releasing, withinBudget } from '../computers/releasing.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'
import type { keyFor } from './asked.ts'
import { refuseFull } from './refuse-full.ts'
import { computerRow } from './same-again.ts'
import { type Activation, bySoftware, type From, tokenOf } from './software.ts'

type Plan = {
  readonly key: ReturnType<typeof keyFor>
  /** The activation that the computer has or had. */
  readonly found: Machine | null
  /** What is released for it. */
  readonly leaves: ReleasableRow | null
  readonly wanted: Activation
  readonly from: From
  readonly isServer: boolean
}

/** Writes an activation in one batch, and with it the release of the computer that it replaces. */
export async function writeActivation(deps: Deps, plan: Plan) {
  const { key, leaves } = plan
  const next = await nextOf(deps, plan)
  const written = findMachine(next.id)
  const writes = [...writesOf(deps, plan, next), written]
  const send = () => commit(deps.db, writes)
  try {
    const sets = await (leaves ? withinBudget(deps, leaves, send) : send())
    const machine = written.rows(sets.at(-1) as ResultSet)[0] as Machine
    return { machine, token: next.token, isNew: next.isNew }
  } catch (error) {
    const violated = error instanceof Violation ? error.constraint : ''
    if (violated === 'activation-key-removed') refuse({ code: 'activation-key-removed' })
    if (violated === 'key_computer_limit') return refuseFull(deps, 'key', key)
    if (violated === 'account_computer_limit') return refuseFull(deps, 'account', key)
    if (violated === 'server-limit-reached') return refuseFull(deps, 'licenses', key)
    throw error
  }
}

type Next = Awaited<ReturnType<typeof nextOf>>

/** The activation that is to be: a new one, one that returns with another token, or one that only moves. */
async function nextOf(deps: Deps, { found }: Plan) {
  const id = found?.id ?? deps.newId('activation')
  const isNew = found?.releasedAt !== null
  const generation = found ? found.generation + Number(isNew) : 1
  const token = await tokenOf(deps, { id, generation })
  return { id, isNew, token, tokenHash: await fingerprintOf(token) }
}

function writesOf(deps: Deps, plan: Plan, next: Next): Write[] {
  const { key, leaves, wanted, from, isServer } = plan
  const { fingerprint } = wanted
  const id = computerBy(key.accountId, fingerprint) as unknown as string
  const by = bySoftware({ id, name: wanted.hostname }, from)
  return [
    expect('activation-key-removed', keyActivates(key.id)),
    ...(leaves ? releasing(deps, bySoftware({ id: next.id, name: wanted.hostname }, from), leaves, true) : []),
    upsertComputer(computerRow(deps, key, wanted, from)),
    activating(deps, plan, next),
    expectOne('version-mismatch'),
    ...(isServer
      ? []
      : [expect('server-limit-reached', isLicensed(next.id)), insertTrialOf(next.id, fingerprint, deps.now())]),
    record(deps, by, {
      action: next.isNew ? 'computer.activated' : 'computer.moved',
      accountId: key.accountId,
      subject: { kind: 'computer', id, name: wanted.hostname },
      ...(next.isNew ? {} : { before: { key: plan.found?.key.name } }),
      after: { product: key.product.name, key: key.name },
    }),
  ]
}

function activating(deps: Deps, { key, found, wanted, isServer }: Plan, next: Next): Write {
  const { fingerprint } = wanted
  const { tokenHash } = next
  const now = deps.now()
  const installed = wanted.installed ?? found?.installed ?? null
  const to = { keyId: key.id, tokenHash, installed }
  const license = isServer ? null : chosenLicense(key.id, key.product.code, dayOf(now), fingerprint)
  if (found && !next.isNew) return moveActivation({ ...found, licenseId: found.license?.id ?? null }, to, license)
  if (found) return returnActivation(found, { ...to, activatedAt: now }, license)
  const row = { id: next.id, accountId: key.accountId, productCode: key.product.code, activatedAt: now, ...to }
  return insertActivation(row, fingerprint, license)
}
