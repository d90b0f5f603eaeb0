import { commit } from '#src/db/commit.ts'
import {
  confirmFirst,
  confirmLast,
  findEmailChangeByToken,
  stopEmailChange,
  updateAccountEmail,
  updateLoginEmail,
  useLinksOf,
  useLinksOfCustomer,
} from '#src/db/email-changes.ts'
import { expectOne } from '#src/db/expect.ts'
import { moveOwnRecipient } from '#src/db/own-recipients.ts'
import { read, type Write } from '#src/db/query.ts'
import type { Side } from '#src/domain/email-changes/email-change.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { post, record } from '../record.ts'
import { refusing } from '../refusing.ts'
import { usedOrTooOld } from '../sign-in/redeem-link.ts'

type From = { readonly address: string; readonly requestId: string }

/** The change that a mailed token opens, and the side it was mailed to. Refuses `invalid-link`: made, stopped, too old. */
export async function openEmailChange(deps: Deps, token: string) {
  const hash = await fingerprintOf(token.slice(0, 256))
  const [[found]] = await read(deps.db, [findEmailChangeByToken({ hash })])
  const isOver = !found || found.doneAt || found.stoppedAt || found.login.disabledAt || found.expiresAt <= deps.now()
  if (isOver) return refuse(usedOrTooOld)
  const side: Side = found.oldHash === hash ? 'old' : 'new'
  const confirmedAt = { old: found.oldConfirmedAt, new: found.newConfirmedAt }
  return { ...found, side, isConfirmed: confirmedAt[side] !== null, isLast: confirmedAt[other(side)] !== null }
}

export type OpenedEmailChange = Awaited<ReturnType<typeof openEmailChange>>

const other = (side: Side): Side => (side === 'old' ? 'new' : 'old')

/**
 * Confirms the change at the address that the token was mailed to. The second of the two makes it: the login, and the
 * account where it had the same e-mail, move, and reports that go there with them; what else was mailed to the old address
 * opens nothing any more; both addresses are told. Confirmed twice is confirmed once. Refuses `invalid-link`, and
 * `email-taken` where somebody else has the new e-mail by now.
 */
export async function confirmEmailChange(deps: Deps, token: string, from: From): Promise<'waiting' | 'changed'> {
  const change = await openEmailChange(deps, token)
  if (change.isConfirmed) return 'waiting'
  try {
    return await (change.isLast ? move(deps, change, from) : wait(deps, change, from))
  } catch (error) {
    // Both addresses confirmed at once: whoever was slower looks again and is the second.
    if (!(error instanceof Refused) || error.refusal.code !== 'version-mismatch') throw error
    return confirmEmailChange(deps, token, from)
  }
}

/** Stops the change from the old address, whose owner may not have asked for it. Refuses `invalid-link`. */
export async function refuseEmailChange(deps: Deps, change: OpenedEmailChange, from: From): Promise<void> {
  if (change.side !== 'old') refuse({ code: 'not-found' })
  await refusing(() =>
    commit(deps.db, [
      stopEmailChange(change.id, deps.now()),
      expectOne('invalid-link'),
      tell(deps, change, from, 'login.email-change-stopped', { after: { email: change.newEmail } }),
    ]),
  )
}

async function wait(deps: Deps, change: OpenedEmailChange, from: From): Promise<'waiting'> {
  await refusing(() =>
    commit(deps.db, [
      confirmFirst(change.id, change.side, deps.now()),
      expectOne('version-mismatch'),
      tell(deps, change, from, 'login.email-confirmed', { after: { confirmed: addressOf(change) } }),
    ]),
  )
  return 'waiting'
}

const addressOf = ({ side, oldEmail, newEmail }: OpenedEmailChange): string => (side === 'old' ? oldEmail : newEmail)

async function move(deps: Deps, change: OpenedEmailChange, from: From): Promise<'changed'> {
  const { id, loginId, login, account, oldEmail, newEmail, newEmailKey } = change
  const at = deps.now()
  const moved = { from: login.emailKey, email: newEmail, emailKey: newEmailKey }
  const letters = [oldEmail, newEmail].map((to) => {
    const letterId = deps.newId('letter')
    const params = { name: login.name, oldEmail, newEmail, address: from.address, at: at.toISOString() }
    const letter = { id: letterId, template: 'email-changed', accountId: account.id, to, once: letterId } as const
    return { letterId, write: post(deps, { ...letter, params }) }
  })
  await refusing(() =>
    commit(deps.db, [
      confirmLast(id, change.side, at),
      expectOne('version-mismatch'),
      updateLoginEmail(loginId, moved, at),
      expectOne('invalid-link'),
      useLinksOf(loginId, at),
      ...moveOwnRecipient(account.id, moved),
      tell(deps, change, from, 'login.email-confirmed', { after: { confirmed: addressOf(change) } }),
      tell(deps, change, from, 'login.email-changed', { before: { email: oldEmail }, after: { email: newEmail } }),
      ...(login.isMaster && account.emailKey === login.emailKey ? accountMove(deps, change, from, moved) : []),
      ...letters.map(({ write }) => write),
    ]),
  )
  deps.afterwards(
    sendLetters(
      deps,
      letters.map(({ letterId }) => letterId),
    ),
  )
  return 'changed'
}

function accountMove(
  deps: Deps,
  { account: { id, name }, oldEmail, newEmail, ...change }: OpenedEmailChange,
  from: From,
  moved: Parameters<typeof updateAccountEmail>[1],
): Write[] {
  return [
    updateAccountEmail(id, moved),
    useLinksOfCustomer(id, deps.now()),
    record(deps, byOwner(change, from), {
      ...{ action: 'account.edited', accountId: id, subject: { kind: 'account', id, name } },
      ...{ before: { email: oldEmail }, after: { email: newEmail } },
    }),
  ]
}

type Happening = Parameters<typeof record>[2]

const byOwner = ({ loginId, login }: Pick<OpenedEmailChange, 'loginId' | 'login'>, from: From) =>
  ({ kind: 'login', id: loginId, name: login.name, ...from }) as const

function tell(
  deps: Deps,
  change: OpenedEmailChange,
  from: From,
  action: Happening['action'],
  what: Pick<Happening, 'before' | 'after'>,
): Write {
  const { loginId, login, account } = change
  const subject = { kind: 'login', id: loginId, name: login.name } as const
  return record(deps, byOwner(change, from), { action, accountId: account.id, subject, ...what })
}
