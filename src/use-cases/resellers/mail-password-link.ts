import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { insertLink } from '#src/db/sign-in.ts'
import { welcomeLinkMs } from '#src/domain/accounts/reseller.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Asking } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, type Once } from '../once.ts'
import { byActor, post, record } from '../record.ts'
import { findBelow } from './find-below.ts'

/** Mails a seller below a link that sets its password anew; the old one works until then. Refuses `not-found`. */
export async function mailPasswordLink(deps: Deps, asking: Asking, id: string, once: Once | null): Promise<void> {
  const { actor, reseller, replayed } = await findBelow(deps, asking, id, once)
  if (replayed) return
  const { id: accountId, loginId, name, email } = reseller
  const [linkId, letterId, at] = [deps.newId('link'), deps.newId('letter'), deps.now()]
  const expiresAt = new Date(at.getTime() + welcomeLinkMs)
  const tokenHash = await fingerprintOf(await deps.secrets.tokenFor('link', linkId))
  const link = { id: linkId, purpose: 'set-password', accountId, loginId, email, tokenHash } as const
  const params = { linkId, name, address: asking.address, expiresAt: expiresAt.toISOString() }
  const subject = { kind: 'login', id: loginId, name: reseller.login } as const
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      insertLink({ ...link, expiresAt, createdAt: at }),
      record(deps, byActor(actor, asking), { action: 'password-link.requested', accountId, subject }),
      post(deps, { id: letterId, template: 'password-link', accountId, to: email, once: linkId, params }),
    ],
    { status: 201, response: { id: linkId } },
  )
  deps.afterwards(sendLetters(deps, [letterId]))
}
