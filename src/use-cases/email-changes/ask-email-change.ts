import { findShopCustomer } from '#src/db/accounts.ts'
import { stillStands } from '#src/db/actors.ts'
import { findOwnEmail, insertEmailChange, stopEmailChangesOf } from '#src/db/email-changes.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { countAttempt } from '#src/db/sign-in.ts'
import { findLoginOfEmail } from '#src/db/sub-logins.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { emailChangeMs, newEmailFrom, type Side, tokenKindOf } from '#src/domain/email-changes/email-change.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { emailChangeWindows } from '#src/domain/sign-in/throttle.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, post, record } from '../record.ts'

/**
 * Asks both addresses by letter whether one's login may move from one to the other; a change that was asked for before is
 * stopped. Whether the new e-mail is somebody's already is told to nobody but its owner, by letter. Refuses `forbidden`
 * to whoever has no login, `invalid-request`, and `too-many-requests` after five an hour, of the login or to the address.
 */
export async function askEmailChange(deps: Deps, asking: Asking, typed: string, once: Once | null): Promise<void> {
  const [at, key] = [deps.now(), emailKey(typed.trim())]
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    earlier(asking, once),
    findOwnEmail(reach, at),
    findLoginOfEmail(key),
    findShopCustomer({ email: key }),
  ])
  const [answered, [own], ofLogin, ofCustomer] = rows
  if (replayOf(once, answered)) return
  if (!own) return refuse({ code: 'forbidden' })
  const { login, account } = own
  const newEmail = newEmailFrom(typed, login.emailKey)
  const movesCustomer = account.kind === 'customer' && login.isMaster && account.emailKey === login.emailKey
  const isTaken = ofLogin.length > 0 || (movesCustomer && ofCustomer.length > 0)
  const id = deps.newId('emailChange')
  const expiresAt = new Date(at.getTime() + emailChangeMs)
  const { name, email: oldEmail } = login
  const asked = { id, accountId: account.id, name, oldEmail, newEmail, expiresAt, isTaken, address: asking.address }
  const letters = [letterTo('old', deps, asked), letterTo('new', deps, asked)]
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      ...emailChangeWindows(login.id, key, at).flatMap((window) => [
        countAttempt(window),
        expectOne('too-many-requests'),
      ]),
      stopEmailChangesOf(login.id, at),
      insertEmailChange({
        ...{ id, loginId: login.id, oldEmail, oldHash: await hashOf('old', deps, id) },
        ...{ newEmail, newEmailKey: key, newHash: await hashOf('new', deps, id), createdAt: at, expiresAt },
      }),
      record(deps, byActor(actor, asking), {
        ...{ action: 'login.email-change-asked', accountId: account.id },
        ...{ subject: { kind: 'login', id: login.id, name } },
        ...{ before: { email: oldEmail }, after: { email: newEmail } },
      }),
      ...letters.map(({ write }) => write),
    ],
    { status: 201, response: { id } },
  )
  deps.afterwards(
    sendLetters(
      deps,
      letters.map(({ letterId }) => letterId),
    ),
  )
}

const hashOf = async (side: Side, { secrets }: Deps, id: Id<'emailChange'>): Promise<string> =>
  fingerprintOf(await secrets.tokenFor(tokenKindOf(side), id))

type Asked = {
  readonly id: Id<'emailChange'>
  readonly accountId: Id<'account'>
  readonly name: string
  readonly oldEmail: string
  readonly newEmail: string
  readonly expiresAt: Date
  /** Whether the new e-mail is somebody's already: then its owner is told so, and gets no link. */
  readonly isTaken: boolean
  readonly address: string
}

function letterTo(side: Side, deps: Deps, { id, accountId, isTaken, expiresAt, ...asked }: Asked) {
  const letterId = deps.newId('letter')
  const template = side === 'new' && isTaken ? 'email-change-elsewhere' : 'email-change'
  const to = side === 'new' ? asked.newEmail : asked.oldEmail
  const params = { changeId: id, side, ...asked, expiresAt: expiresAt.toISOString() }
  return { letterId, write: post(deps, { id: letterId, template, accountId, to, once: `${id}-${side}`, params }) }
}
