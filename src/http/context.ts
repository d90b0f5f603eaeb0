import type { Context } from 'hono'
import type { Credential } from '#src/domain/accounts/actor.ts'
import type { Asking } from '#src/use-cases/admit.ts'
import type { Deps } from '#src/use-cases/deps.ts'

/** What every request carries through the doors. */
export type HttpEnv = {
  Variables: {
    deps: Deps
    requestId: string
    /** The caller's address, as the edge saw it. */
    address: string
    /** What the request came with; its worth is decided by the database. */
    credential: Credential | null
    /** The token of an activation that software sent; its worth is decided by the database too. */
    token: string | null
    /** Set by the guard of the route line. */
    asking: Asking
    /** Origins beside the portal's own that this one page lets in: its checkout's. */
    admits?: readonly string[]
  }
}

export type HttpContext = Context<HttpEnv>
