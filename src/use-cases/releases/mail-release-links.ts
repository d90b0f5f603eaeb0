import { commit } from '#src/db/commit.ts'
import type { ResultSet, Write } from '#src/db/query.ts'
import { listRunningWithCode, type Running } from '#src/db/running.ts'
import { countAttempt, insertLink } from '#src/db/sign-in.ts'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import { ownersOf } from '#src/domain/computers/lost.ts'
import type { Id } from '#src/domain/ids.ts'
import { linkMs } from '#src/domain/sign-in/session.ts'
import { networkOf, releaseLinkWindow } from '#src/domain/sign-in/throttle.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { post, record } from '../record.ts'

/**
 * Mails a one-time link to whoever owns what runs with an activation key, so that a lost computer is released without
 * staff (R304). The caller answers before this runs, so that the answer tells nothing. More than two in ten minutes are not sent.
 */
export async function mailReleaseLinks(
  deps: Deps,
  typed: string,
  from: { address: string; requestId: string },
): Promise<void> {
  const code = normalOf(typed)
  if (!(await deps.fences.signIn(`link ${networkOf(from.address)}`))) return
  const running = listRunningWithCode(code)
  const counting = countAttempt(releaseLinkWindow(await fingerprintOf(code), deps.now()))
  const [counted, sets] = await commit(deps.db, [counting, running])
  const rows = running.rows(sets as ResultSet)
  const [first] = rows
  if (!first || counted?.rows.length !== 1) return
  const letters = await Promise.all(ownersOf(rows).map((owner) => linkFor(deps, first, owner, from)))
  await commit(
    deps.db,
    letters.flatMap(({ writes }) => writes),
  )
  await sendLetters(
    deps,
    letters.map(({ letterId }) => letterId),
  )
}

type Owner = ReturnType<typeof ownersOf>[number]
type Mailed = { readonly letterId: Id<'letter'>; readonly writes: readonly Write[] }

async function linkFor(
  deps: Deps,
  one: Running,
  owner: Owner,
  from: Parameters<typeof mailReleaseLinks>[2],
): Promise<Mailed> {
  const [id, letterId, now] = [deps.newId('link'), deps.newId('letter'), deps.now()]
  const expiresAt = new Date(now.getTime() + linkMs)
  const { accountId, accountName: name, keyId } = one
  const link = {
    ...{ id, purpose: 'release-computer' as const, accountId, email: owner.email, expiresAt, createdAt: now },
    tokenHash: await fingerprintOf(await deps.secrets.tokenFor('link', id)),
    details: { keyId, whole: owner.whole },
  }
  const happened = record(
    deps,
    { kind: 'customer', id: accountId, name, ...from },
    { action: 'release-link.requested', accountId, subject: { kind: 'account', id: accountId, name } },
  )
  const letter = post(deps, {
    ...{ id: letterId, template: 'release-link', accountId, to: owner.email, once: id },
    params: { linkId: id, name, address: from.address, expiresAt: expiresAt.toISOString() },
  })
  return { letterId, writes: [insertLink(link), happened, letter] }
}
