import { checkInComputer } from '#src/db/activation-writes.ts'
import { commit, Violation } from '#src/db/commit.ts'
import { findCopy, insertCopy, updateCopy } from '#src/db/computer-copies.ts'
import { expectOne } from '#src/db/expect.ts'
import { checkInActivation, findMachine, type Machine } from '#src/db/machines.ts'
import { read } from '#src/db/query.ts'
import { hostnameFrom } from '#src/domain/activations/told.ts'
import { type CheckInStanding, checkInStanding, nextCheckIn } from '#src/domain/computers/check-in.ts'
import type { Product } from '#src/domain/computers/installed.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { post, record } from '../record.ts'
import { refusing } from '../refusing.ts'
import { bySoftware, type From, type Holder, opened } from './software.ts'

/** What is told at a check-in; `null` for what is left out. */
export type CheckIn = {
  readonly fingerprint: string | null
  readonly hostname: string | null
  readonly installed: readonly Product[] | null
}

export type CheckedIn = { readonly machine: Machine; readonly before: CheckInStanding; readonly nextCheckInAt: Date }

const hour = 3_600_000

/**
 * Notes that the software is there and answers what it is licensed by; within an hour of the last it writes nothing
 * (Decision 13). Refuses `activation-token-invalid`, `activation-released`, `account-suspended`, and
 * `fingerprint-mismatch` for a copied computer, which the owner is told of (R314).
 */
export async function checkIn(deps: Deps, holder: Holder, told: CheckIn, from: From): Promise<CheckedIn> {
  const hostname = told.hostname === null ? null : hostnameFrom(told.hostname)
  const fingerprint = told.fingerprint?.trim() ?? null
  const [found, [copy]] = await read(deps.db, [findMachine(holder.id), findCopy(holder.id, fingerprint ?? '')])
  const machine = await opened(holder, found)
  if (fingerprint !== null && fingerprint !== machine.computer.fingerprint) {
    await noteCopy(deps, machine, { fingerprint, seenAt: copy?.lastSeenAt ?? null }, from)
    refuse({ code: 'fingerprint-mismatch' })
  }
  const now = deps.now()
  if (!machine.lastCheckInAt || now.getTime() - machine.lastCheckInAt.getTime() >= hour) {
    const { id, computer } = machine
    const seen = { hostname: hostname ?? computer.hostname, ip: from.address, at: now }
    await refusing(() =>
      commit(deps.db, [
        checkInActivation(id, told.installed, now),
        expectOne('activation-released'),
        checkInComputer(computer.id, seen),
      ]),
    )
  }
  const before = checkInStanding(machine.lastCheckInAt ?? machine.activatedAt, machine.product, now)
  return { machine, before, nextCheckInAt: nextCheckIn(now, machine.product) }
}

type Copy = { readonly fingerprint: string; readonly seenAt: Date | null }

/** Keeps that another computer used the token, at most once an hour; the first time an event and a letter tell of it. */
async function noteCopy(deps: Deps, machine: Machine, { fingerprint, seenAt }: Copy, from: From): Promise<void> {
  const now = deps.now()
  const copy = { activationId: machine.id, fingerprint, ip: from.address }
  if (seenAt && now.getTime() - seenAt.getTime() < hour) return
  if (seenAt) {
    await commit(deps.db, [updateCopy(copy, now)])
    return
  }
  const { computer, product, account } = machine
  const happening = {
    accountId: machine.accountId,
    subject: { kind: 'computer', id: computer.id, name: computer.name } as const,
    after: { product: product.name, address: from.address },
  }
  const params = { name: account.name, computer: computer.name, product: product.name, address: from.address }
  try {
    await commit(deps.db, [
      insertCopy(copy, now),
      expectOne('version-mismatch'),
      record(deps, bySoftware(computer, from), { ...happening, action: 'computer.copied' }),
      post(deps, {
        ...{ template: 'computer-copied', accountId: machine.accountId, to: account.email, once: machine.id },
        params: { ...params, at: now.toISOString() },
      }),
    ])
  } catch (error) {
    if (!(error instanceof Violation && error.constraint === 'version-mismatch')) throw error
  }
}
