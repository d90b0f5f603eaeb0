import { type ReleasableRow, releaseActivationRow } from '#src/db/activations.ts'
import { Violation } from '#src/db/commit.ts'
import { expectOne } from '#src/db/expect.ts'
import { read, type Write } from '#src/db/query.ts'
import { insertRelease, listCountedReleases } from '#src/db/releases.ts'
import { releaseBudget, releasesCountFrom } from '#src/domain/computers/release-budget.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

/**
 * The statements that release a product from a computer: the license is free, counters fall, and the computer goes with
 * its last product. Commit them within `withinBudget`. `counts`: whether the customer's side does it, so that the
 * budget of the license is spent (R305); a server product has no license and no budget.
 */
export function releasing(deps: Deps, by: By, activation: ReleasableRow, counts: boolean): Write[] {
  const { accountId, licenseId, productCode, computerId, computerName } = activation
  const at = deps.now()
  const release = { id: deps.newId('release'), accountId, productCode, computerId, computerName, counts, at }
  return [
    releaseActivationRow(activation, at),
    expectOne('activation-released'),
    ...(licenseId ? [insertRelease({ ...release, licenseId })] : []),
    record(deps, by, {
      action: 'computer.released',
      accountId,
      subject: { kind: 'computer', id: computerId, name: computerName },
      before: { product: activation.productName, ...(activation.serial ? { license: activation.serial } : {}) },
    }),
  ]
}

/** Runs a commit with a release in it. Refuses `release-budget` and `release-cooldown` with the figures. */
export async function withinBudget<T>(deps: Deps, activation: ReleasableRow, committing: () => Promise<T>): Promise<T> {
  try {
    return await committing()
  } catch (error) {
    const spent = error instanceof Violation && /^release_(budget|cooldown)$/.test(error.constraint)
    if (!spent || !activation.licenseId) throw error
    const now = deps.now()
    const [rows] = await read(deps.db, [listCountedReleases(activation.licenseId, releasesCountFrom(now))])
    const { refusedBy, used, allowed, nextAt } = releaseBudget(
      rows.map(({ at }) => at),
      activation,
      now,
    )
    const next = nextAt?.toISOString() ?? null
    if (refusedBy === 'release-budget') refuse({ code: 'release-budget', used, allowed: allowed ?? 0, nextAt: next })
    refuse({ code: 'release-cooldown', nextAt: next ?? now.toISOString() })
  }
}
