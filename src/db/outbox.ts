import { and, asc, eq, inArray, lte, or, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { outbox } from './schema/records.ts'

export type NewLetter = typeof outbox.$inferInsert
export type OutboxRow = typeof outbox.$inferSelect

/** Puts a letter in the outbox; one that was written once (`onceKey`) is not written again. */
export const insertLetter = (letter: NewLetter) => write(build.insert(outbox).values(letter).onConflictDoNothing())

const due = (at: Date) =>
  or(
    and(eq(outbox.state, 'pending'), lte(outbox.nextAttemptAt, at)),
    and(eq(outbox.state, 'sending'), lte(outbox.leaseUntil, at)),
  )

/** Leases letters that are due: whoever gets a row may send it until the lease ends. */
export const leaseLetters = (at: Date, leaseUntil: Date, limit: number, only: readonly Id<'letter'>[] = []) =>
  write(
    build
      .update(outbox)
      .set({ state: 'sending', leaseUntil, attempts: sql`${outbox.attempts} + 1` })
      .where(
        inArray(
          outbox.id,
          build
            .select({ id: outbox.id })
            .from(outbox)
            .where(only.length > 0 ? and(inArray(outbox.id, [...only]), due(at)) : due(at))
            .orderBy(asc(outbox.nextAttemptAt))
            .limit(limit),
        ),
      )
      .returning(),
  )

export const markSent = (id: Id<'letter'>, at: Date, providerId: string) =>
  write(
    build
      .update(outbox)
      .set({ state: 'sent', sentAt: at, providerId, error: null, leaseUntil: null })
      .where(eq(outbox.id, id)),
  )

/** Whoever comes back after the lease has ended, and another took the letter, changes nothing: `attempt` is its number. */
export const markUnsent = (id: Id<'letter'>, attempt: number, error: string, retryAt: Date | null) =>
  write(
    build
      .update(outbox)
      .set({
        state: retryAt ? 'pending' : 'dead',
        error: error.slice(0, 500),
        leaseUntil: null,
        ...(retryAt ? { nextAttemptAt: retryAt } : {}),
      })
      .where(and(eq(outbox.id, id), eq(outbox.state, 'sending'), eq(outbox.attempts, attempt))),
  )

/** Gives a lease back as if it had not been: the letter was not tried. `attempt` as above. */
export const giveBack = (id: Id<'letter'>, attempt: number, dueAt: Date) =>
  write(
    build
      .update(outbox)
      .set({
        ...{ state: 'pending', leaseUntil: null, attempts: attempt - 1 },
        nextAttemptAt: sql`max(${outbox.nextAttemptAt}, ${dueAt.getTime()})`,
      })
      .where(and(eq(outbox.id, id), eq(outbox.state, 'sending'), eq(outbox.attempts, attempt))),
  )

/** Takes a letter away that nobody needs any more; `attempt` as above. */
export const deleteLetter = (id: Id<'letter'>, attempt: number) =>
  write(build.delete(outbox).where(and(eq(outbox.id, id), eq(outbox.state, 'sending'), eq(outbox.attempts, attempt))))

/** The newest letters, for the development mailbox. */
export const listNewestLetters = compile(
  build.select().from(outbox).orderBy(sql`${outbox.id} desc`).limit(sql.placeholder('limit')),
)

export const findLetter = compile(
  build
    .select()
    .from(outbox)
    .where(eq(outbox.id, sql.placeholder('id'))),
)
