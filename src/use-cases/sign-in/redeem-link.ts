import { commit } from '#src/db/commit.ts'
import { expectOne } from '#src/db/expect.ts'
import { read } from '#src/db/query.ts'
import { findLink, markSignedIn, useLink } from '#src/db/sign-in.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { refuse } from '#src/domain/refusal.ts'
import { hasSecondFactor } from '#src/domain/sign-in/two-factor.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { refusing } from '../refusing.ts'
import { codeToken } from './code-step.ts'
import { keysOf, type Origin, openSession } from './open-session.ts'
import type { Admission } from './prove-sign-in.ts'

/** What every link that opens nothing is refused with, whatever the reason. */
export const usedOrTooOld = {
  code: 'invalid-link',
  detail: 'This link was used already or is too old. Ask for a new one.',
} as const

/** The link a token opens, or a refusal: it is used up, too old, or was never made. */
export async function openLink(deps: Deps, token: string) {
  const hash = await fingerprintOf(token.slice(0, 256))
  const [[link]] = await read(deps.db, [findLink({ hash })])
  if (!link || link.usedAt || link.login?.disabledAt || link.expiresAt <= deps.now()) refuse(usedOrTooOld)
  return link
}

/** A link that may be used: whoever holds it has read the mail. */
export type OpenedLink = Awaited<ReturnType<typeof openLink>>

/** Whom a link is for: a login by its own name. */
export const nameIn = ({ login, accountName }: OpenedLink): string => login?.name ?? accountName

/**
 * Signs in with a mailed link, once. It is never throttled: nobody else has it (`threats.md`, A4). `deviceFor` answers
 * the id of the browser's device token where it is one of theirs. Answers the session, or the step that asks for a code.
 */
export async function redeemLink(
  deps: Deps,
  link: OpenedLink,
  { deviceFor, ...from }: Omit<Origin, 'known'> & { deviceFor: (key: string) => Promise<string | null> },
): Promise<Admission> {
  if (link.purpose !== 'sign-in') refuse({ code: 'not-found' })
  const { accountId, loginId, login, email } = link
  const keys = login ? keysOf(login) : [emailKey(email)]
  const who = { accountId, loginId, name: nameIn(link), email, keys }
  const deviceId = await deviceFor(keys[0] as string)
  const now = deps.now()
  const factor = login ?? link.guardian
  if (factor && hasSecondFactor(factor, now)) {
    const pending = { who, how: 'mailed link', remember: false, deviceId, next: '/' } as const
    await refusing(() => commit(deps.db, [useLink(link.id, now), expectOne('invalid-link')]))
    return { code: await codeToken(deps, { ...pending, factorOf: factor.id, version: factor.version }) }
  }
  const { opened, writes } = await openSession(deps, who, false, { ...from, known: deviceId !== null }, 'mailed link')
  await refusing(() =>
    commit(deps.db, [
      useLink(link.id, now),
      expectOne('invalid-link'),
      ...writes,
      ...(loginId ? [markSignedIn(loginId, now, null)] : []),
    ]),
  )
  return { opened }
}
