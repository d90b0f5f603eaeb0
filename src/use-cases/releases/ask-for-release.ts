import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { listCountedReleases } from '#src/db/releases.ts'
import { findRunningOn } from '#src/db/running.ts'
import { releaseBudget, releasesCountFrom } from '#src/domain/computers/release-budget.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce } from '../once.ts'
import { byActor, post, record } from '../record.ts'

export const longestReason = 500

/**
 * Asks whoever sold a license to release its computer, where the customer's own budget is spent (R305): a letter and an
 * event, once a day and license. Refuses `not-found`, `invalid-request`, `release-asked`.
 */
export async function askForRelease(deps: Deps, asking: Asking, licenseId: string, typed: string): Promise<void> {
  const now = deps.now()
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findRunningOn(reach, licenseId),
    listCountedReleases(licenseId, releasesCountFrom(now)),
  ])
  const [[running], counted] = rows
  if (!running?.serial) return refuse({ code: 'not-found' })
  const reason = reasonFrom(typed)
  const { used, allowed } = releaseBudget(
    counted.map(({ at }) => at),
    running,
    now,
  )
  const { accountId, serial, computerName: computer, productName: product, accountName } = running
  const letterId = deps.newId('letter')
  const letter = post(deps, {
    ...{
      id: letterId,
      template: 'release-request',
      accountId: null,
      to: running.sellerEmail || deps.settings.supportEmail,
    },
    once: `${licenseId}:${dayOf(now)}`,
    params: { licenseId, serial, computer, product, name: actor.name, account: accountName, used, allowed, reason },
  })
  await commitOnce(
    deps,
    asking,
    null,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      letter,
      expectOne('release-asked'),
      record(deps, byActor(actor, asking), {
        action: 'computer.release-asked',
        accountId,
        subject: { kind: 'license', id: licenseId, name: serial },
        after: { computer, ...(reason ? { reason } : {}) },
      }),
    ],
    { status: 201, response: {} },
  )
  deps.afterwards(sendLetters(deps, [letterId]))
}

function reasonFrom(typed: string): string {
  const reason = typed.trim()
  if (reason.length <= longestReason && reason.isWellFormed() && !reason.includes('\0')) return reason
  const detail = `Say it in at most ${longestReason} characters`
  return refuse({ code: 'invalid-request', errors: [{ pointer: 'reason', code: 'too-long', detail }] })
}
