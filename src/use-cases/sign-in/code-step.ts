import type { Id } from '#src/domain/ids.ts'
import { codeSeconds } from '#src/domain/sign-in/session.ts'
import type { Deps } from '../deps.ts'
import type { How, Proved } from './open-session.ts'

/** A sign-in that waits for the code of a second factor. Nothing is signed in yet. */
export type Pending = {
  readonly who: Proved
  /** The login whose code is asked: one's own, or the master's where an order number was given. */
  readonly factorOf: Id<'login'>
  /** The login's version: where it was changed meanwhile, sign-in starts again. */
  readonly version: number
  readonly how: How
  readonly remember: boolean
  /** The device token of a browser that has signed in as the same person before. */
  readonly deviceId: string | null
  readonly next: string
}

/** A token for the step that asks the code: ten minutes, spent by a right code. It opens nothing by itself. */
export const codeToken = (deps: Deps, { factorOf, ...pending }: Pending): Promise<string> =>
  deps.secrets.sign(
    'sign-in-code',
    { id: deps.newId('request'), subject: factorOf, more: { pending } },
    deps.now(),
    codeSeconds,
  )

/** How long after its end a token may still open somewhere: until then it is remembered as spent. */
const tolerance = 60

/** What a code token holds, or `null` when it is forged or too old. */
export async function openCodeStep(deps: Deps, token: string) {
  const claims = await deps.secrets.open('sign-in-code', token, deps.now())
  if (!claims) return null
  const expiresAt = new Date(claims.issuedAt.getTime() + (codeSeconds + tolerance) * 1000)
  const pending = claims.pending as Omit<Pending, 'factorOf'>
  return { ...pending, id: claims.id, factorOf: claims.subject as Id<'login'>, expiresAt }
}

export type CodeStep = NonNullable<Awaited<ReturnType<typeof openCodeStep>>>
