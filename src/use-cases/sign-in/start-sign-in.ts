import { identifierOf, longestEmail } from '#src/domain/accounts/identifier.ts'
import { refuse } from '#src/domain/refusal.ts'
import { stepSeconds } from '#src/domain/sign-in/session.ts'
import type { Deps } from '../deps.ts'

/**
 * The first step of sign-in: takes any e-mail or login and makes the token for the second step. It looks nothing up, so
 * that known and unknown cannot be told apart (Decision 1).
 */
export async function startSignIn(deps: Deps, typed: string, next: string): Promise<string> {
  const { key } = identifierOf(typed)
  if (key === '' || typed.length > longestEmail) {
    const detail = key === '' ? 'Enter your e-mail or login' : `Enter at most ${longestEmail} characters`
    refuse({ code: 'invalid-request', errors: [{ pointer: 'identifier', code: 'invalid', detail }] })
  }
  return stepToken(deps, typed.trim(), next)
}

/** A step token for an identifier: five minutes, once, for nobody else. */
export const stepToken = (deps: Deps, identifier: string, next: string): Promise<string> =>
  deps.secrets.sign(
    'sign-in-step',
    { id: deps.newId('request'), subject: identifier, more: { next } },
    deps.now(),
    stepSeconds,
  )

/** How long after its end a token may still open somewhere: until then it is remembered as spent. */
const tolerance = 60

/** What a step token holds, or `null` when it is forged or older than five minutes. */
export async function openStep(deps: Deps, token: string) {
  const claims = await deps.secrets.open('sign-in-step', token, deps.now())
  if (!claims) return null
  return {
    id: claims.id,
    identifier: identifierOf(claims.subject),
    next: typeof claims.next === 'string' ? claims.next : '/',
    expiresAt: new Date(claims.issuedAt.getTime() + (stepSeconds + tolerance) * 1000),
  }
}

export type Step = NonNullable<Awaited<ReturnType<typeof openStep>>>
