import { and, eq, lt } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, write } from './query.ts'
import { logins } from './schema/accounts.ts'

/** Accepts a time step once: not again, and none before it. Stands before an `expectOne`. */
export const acceptStep = (id: Id<'login'>, seed: string, step: number) =>
  write(
    build
      .update(logins)
      .set({ totpLastStep: step })
      .where(and(eq(logins.id, id), eq(logins.totpSeed, seed), lt(logins.totpLastStep, step))),
  )
