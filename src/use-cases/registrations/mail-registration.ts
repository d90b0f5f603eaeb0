import { commit } from '#src/db/commit.ts'
import type { ResultSet } from '#src/db/query.ts'
import { insertRegistration } from '#src/db/registrations.ts'
import { countAttempt, findLoginByEmail } from '#src/db/sign-in.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { type Registering, registrationMs } from '#src/domain/registrations/registration.ts'
import { networkOf, registrationWindow } from '#src/domain/sign-in/throttle.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { post } from '../record.ts'

/**
 * Mails the link that makes an account with a password, or adds a password to the account of a shop customer; whoever has
 * a login already is told so instead. A form that is sent twice (`once`) mails one letter. The caller answers before this runs, so that the answer tells nothing (R159). More
 * than five an hour are not sent.
 */
export async function mailRegistration(
  deps: Deps,
  registering: Registering,
  from: { address: string; once?: string },
): Promise<void> {
  const now = deps.now()
  const key = emailKey(registering.email)
  if (!(await deps.fences.signIn(`link ${networkOf(from.address)}`))) return
  const login = findLoginByEmail({ key })
  const [counted, logins] = await commit(deps.db, [countAttempt(registrationWindow(key, now)), login])
  const [found] = login.rows(logins as ResultSet)
  if (counted?.rows.length !== 1 || found?.disabledAt) return
  const [id, letterId] = [deps.newId('registration'), deps.newId('letter')]
  const expiresAt = new Date(now.getTime() + registrationMs)
  const letter = { id: letterId, accountId: found?.accountId ?? null, to: registering.email, once: from.once ?? id }
  await commit(
    deps.db,
    found
      ? [post(deps, { ...letter, template: 'registration-known', params: { name: found.name, address: from.address } })]
      : [
          insertRegistration({
            ...{ id, ...registering, emailKey: key, createdAt: now, expiresAt },
            tokenHash: await fingerprintOf(await deps.secrets.tokenFor('registration', id)),
          }),
          post(deps, {
            ...{ ...letter, template: 'registration' },
            params: {
              ...{ registrationId: id, name: registering.firstName, address: from.address },
              expiresAt: expiresAt.toISOString(),
            },
          }),
        ],
  )
  await sendLetters(deps, [letterId])
}
