import { and, eq, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { computerCopies } from './schema/computers.ts'

const copy = compile(
  build
    .select({ lastSeenAt: computerCopies.lastSeenAt })
    .from(computerCopies)
    .where(
      and(
        eq(computerCopies.activationId, sql.placeholder('activation') as never),
        eq(computerCopies.fingerprint, sql.placeholder('fingerprint')),
      ),
    ),
)

/** Whether another computer used the token of an activation before, and when last. */
export const findCopy = (activation: string, fingerprint: string) => copy({ activation, fingerprint })

type Copy = { readonly activationId: Id<'activation'>; readonly fingerprint: string; readonly ip: string }

/** Notes the first time; does nothing where it was noted meanwhile: `expectOne` tells. */
export const insertCopy = (row: Copy, at: Date) =>
  write(
    build
      .insert(computerCopies)
      .values({ ...row, firstSeenAt: at, lastSeenAt: at })
      .onConflictDoNothing(),
  )

/** Notes another time. */
export const updateCopy = ({ activationId, fingerprint, ip }: Copy, at: Date) =>
  write(
    build
      .update(computerCopies)
      .set({ ip, times: sql`${computerCopies.times} + 1`, lastSeenAt: at })
      .where(and(eq(computerCopies.activationId, activationId), eq(computerCopies.fingerprint, fingerprint))),
  )
