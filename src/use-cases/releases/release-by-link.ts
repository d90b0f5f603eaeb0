import { commit, Violation } from '#src/db/commit.ts'
import { expectOne } from '#src/db/expect.ts'
import { read } from '#src/db/query.ts'
import { listCountedReleases } from '#src/db/releases.ts'
import { listRunningWithKey, type Running } from '#src/db/running.ts'
import { useLink } from '#src/db/sign-in.ts'
import { isReleasedBy } from '#src/domain/computers/lost.ts'
import { releaseBudget, releasesCountFrom } from '#src/domain/computers/release-budget.ts'
import { refuse } from '#src/domain/refusal.ts'
import { releasing } from '../computers/releasing.ts'
import type { Deps } from '../deps.ts'
import { refusing } from '../refusing.ts'
import type { OpenedLink } from '../sign-in/redeem-link.ts'

type Details = { readonly keyId: string; readonly whole: boolean }

/** What a mailed link releases: all that runs now and is the reader's. */
export async function runningFor(deps: Deps, link: OpenedLink): Promise<Running[]> {
  const { keyId, whole } = link.details as Details
  const [running] = await read(deps.db, [listRunningWithKey(keyId)])
  return running.filter((one) => isReleasedBy(one, { email: link.email, whole }))
}

/**
 * Releases one product, or all of them, with a mailed link, once (R304). It counts like a release on the pages. Refuses
 * `not-found`, `invalid-link`, and `release-budget` or `release-cooldown` of the first license whose budget is spent:
 * then nothing is released and the link stays good.
 */
export async function releaseByLink(
  deps: Deps,
  link: OpenedLink,
  wanted: string | 'all',
  from: { address: string; requestId: string },
): Promise<void> {
  const running = await runningFor(deps, link)
  const chosen = running.filter(({ id }) => wanted === 'all' || id === wanted)
  if (chosen.length === 0) refuse({ code: 'not-found' })
  const by = { kind: 'customer' as const, id: link.accountId, name: link.accountName, ...from }
  const writes = [
    useLink(link.id, deps.now()),
    expectOne('invalid-link'),
    ...chosen.flatMap((one) => releasing(deps, by, one, true)),
  ]
  try {
    await refusing(() => commit(deps.db, writes))
  } catch (error) {
    if (!(error instanceof Violation && /^release_(budget|cooldown)$/.test(error.constraint))) throw error
    await refuseSpent(deps, chosen)
  }
}

async function refuseSpent(deps: Deps, chosen: readonly Running[]): Promise<void> {
  const now = deps.now()
  const licensed = chosen.flatMap((one) => (one.licenseId ? [{ ...one, licenseId: one.licenseId }] : []))
  const counted = await read(
    deps.db,
    licensed.map(({ licenseId }) => listCountedReleases(licenseId, releasesCountFrom(now))),
  )
  for (const [i, rows] of counted.entries()) {
    const budget = releaseBudget(
      rows.map(({ at }) => at),
      licensed[i] as Running,
      now,
    )
    const nextAt = budget.nextAt?.toISOString() ?? null
    if (budget.refusedBy === 'release-budget')
      refuse({ code: 'release-budget', used: budget.used, allowed: budget.allowed ?? 0, nextAt })
    if (budget.refusedBy === 'release-cooldown')
      refuse({ code: 'release-cooldown', nextAt: nextAt ?? now.toISOString() })
  }
  refuse({ code: 'unavailable', retryAfter: 1 })
}
