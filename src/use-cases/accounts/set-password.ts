import { commit } from '#src/db/commit.ts'
import { expectOne } from '#src/db/expect.ts'
import { useLink } from '#src/db/sign-in.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { refusing } from '../refusing.ts'
import type { OpenedLink } from '../sign-in/redeem-link.ts'
import { acceptPassword, passwordWrites } from './replace-password.ts'

/**
 * Sets a password with a mailed link, once, and ends every session of the login; who did it signs in next. Refuses
 * `invalid-request` for a password that will not do, which leaves the link as it was, and `invalid-link`.
 */
export async function setPassword(
  deps: Deps,
  link: OpenedLink,
  password: string,
  from: { address: string; requestId: string },
): Promise<void> {
  const { login } = link
  if (link.purpose !== 'set-password' || !login) return refuse({ code: 'not-found' })
  acceptPassword(deps, password, login)
  const by = { kind: 'login', id: login.id, name: login.name, ...from } as const
  const owner = { ...login, accountId: link.accountId }
  const { writes, letterId } = await passwordWrites(deps, by, owner, password, '')
  const [update, ...rest] = writes
  await refusing(() =>
    commit(deps.db, [
      useLink(link.id, deps.now()),
      expectOne('invalid-link'),
      update,
      expectOne('invalid-link'),
      ...rest,
    ]),
  )
  deps.afterwards(sendLetters(deps, [letterId]))
}
