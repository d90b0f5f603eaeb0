import type { MiddlewareHandler } from 'hono'
import type { Asking } from '#src/use-cases/admit.ts'
import { proveAgain } from '#src/use-cases/sign-in/prove-again.ts'
import { formBody } from './bodies.ts'
import type { HttpEnv } from './context.ts'
import { may } from './guards.ts'

/** The field in which the page that asks for a proof sends it, beside what was typed in the form before. */
const proofField = 'again'

/**
 * Stands on the route line of a form that could lock its owner out or let somebody else in: a new API key, a role, an
 * e-mail, two-factor off. Where the last proof is older than a quarter of an hour the act is refused `proof-required`; the
 * pages' translator asks for password or code with all that was typed, and the same form comes once more with the proof.
 * Not `always`: the use-case asks, where what is changed calls for it (`demandProof`).
 */
export const sensitively = (act: Asking['may'], always = true): MiddlewareHandler<HttpEnv> =>
  may(
    act,
    async (c, asking) => {
      const { [proofField]: proof } = await formBody(c)
      if (proof !== undefined) await proveAgain(c.var.deps, asking, proof)
    },
    always,
  )
