import type { Write } from '#src/db/query.ts'
import { endSession, insertSession } from '#src/db/sign-in.ts'
import type { Id } from '#src/domain/ids.ts'
import { sessionLife } from '#src/domain/sign-in/session.ts'
import type { Deps } from '../deps.ts'
import { post, record } from '../record.ts'

/** Where a sign-in comes from. */
export type Origin = {
  readonly address: string
  /** Where the address is, as the edge says. */
  readonly place: string
  readonly device: string
  readonly requestId: string
  /** Whether this browser has signed in as the same person before. */
  readonly known: boolean
  /** The session this browser has had until now, if any: it ends. */
  readonly replaces: string | null
}

/** What somebody signed in with. */
export type How = 'order number' | 'password' | 'mailed link'

/** Who has proved to be whom. */
export type Proved = {
  readonly accountId: Id<'account'>
  readonly loginId: Id<'login'> | null
  readonly name: string
  readonly email: string
  /** What they are known by at the first step, as keys: e-mail and login name. */
  readonly keys: readonly string[]
}

export type OpenedSession = {
  readonly cookie: string
  readonly seconds: number
  readonly remember: boolean
  readonly letterId: Id<'letter'> | null
  /** Of whoever signed in: the browser is known as all of them from now on. */
  readonly keys: readonly string[]
}

/** What a login is known by at the first step. */
export const keysOf = ({ emailKey, loginKey }: { emailKey: string; loginKey: string | null }): string[] =>
  loginKey === null ? [emailKey] : [emailKey, loginKey]

/** The statements that open a session, and its cookie. A device not seen before is announced by letter (Decision 11). */
export async function openSession(
  deps: Deps,
  who: Proved,
  remember: boolean,
  from: Origin,
  how: How,
): Promise<{ opened: OpenedSession; writes: Write[] }> {
  const now = deps.now()
  const id = deps.newId('session')
  const life = sessionLife(remember)
  const seconds = life.absoluteMs / 1000
  const letterId = from.known ? null : deps.newId('letter')
  const by = {
    kind: who.loginId ? ('login' as const) : ('customer' as const),
    id: who.loginId ?? who.accountId,
    name: who.name,
    address: from.address,
    requestId: from.requestId,
  }
  const writes: Write[] = [
    ...(from.replaces ? [endSession(from.replaces, now)] : []),
    insertSession({
      id,
      accountId: who.accountId,
      loginId: who.loginId,
      remember,
      device: from.device,
      address: from.address,
      place: from.place,
      createdAt: now,
      lastSeenAt: now,
      provedAt: now,
      idleUntil: new Date(now.getTime() + life.idleMs),
      expiresAt: new Date(now.getTime() + life.absoluteMs),
    }),
    record(deps, by, {
      action: 'session.started',
      accountId: who.accountId,
      subject: { kind: 'session', id, name: from.device },
      after: { with: how, remembered: remember },
    }),
  ]
  if (letterId) {
    writes.push(
      post(deps, {
        id: letterId,
        template: 'new-device',
        accountId: who.accountId,
        to: who.email,
        once: id,
        params: { name: who.name, device: from.device, address: from.address, at: now.toISOString(), with: how },
      }),
    )
  }
  const cookie = await deps.secrets.sign('session', { id, subject: who.accountId }, now, seconds)
  return { opened: { cookie, seconds, remember, letterId, keys: who.keys }, writes }
}
