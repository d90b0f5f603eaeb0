import { lt, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Day } from '#src/domain/day.ts'
import { build, type Write, write } from './query.ts'
import { emailChanges, invitations, registrations } from './schema/people.ts'
import { idempotencyRecords, jobRuns } from './schema/records.ts'
import { links, sessions, signInAttempts, spentTokens } from './schema/sign-in.ts'
import { digests, warnings } from './schema/warnings.ts'

/** Deletes at most so many rows of a table, found by an indexed instant or day. */
const deleteSome = (table: SQLiteTable, column: SQLiteColumn, before: Date | Day, most: number): Write => {
  const some: SQL = sql`rowid in (select rowid from ${table} where ${lt(column, before)} limit ${most})`
  return write(build.delete(table).where(some))
}

export const deleteSignInAttempts = (expiredBefore: Date, most: number) =>
  deleteSome(signInAttempts, signInAttempts.expiresAt, expiredBefore, most)

export const deleteSpentTokens = (expiredBefore: Date, most: number) =>
  deleteSome(spentTokens, spentTokens.expiresAt, expiredBefore, most)

export const deleteLinks = (expiredBefore: Date, most: number) =>
  deleteSome(links, links.expiresAt, expiredBefore, most)

/** A session ended early is deleted with those that lived their time: every one has an end. */
export const deleteSessions = (expiredBefore: Date, most: number) =>
  deleteSome(sessions, sessions.expiresAt, expiredBefore, most)

export const deleteIdempotencyRecords = (createdBefore: Date, most: number) =>
  deleteSome(idempotencyRecords, idempotencyRecords.createdAt, createdBefore, most)

/** Registrations, used or not: what they made stands by itself. */
export const deleteRegistrations = (expiredBefore: Date, most: number) =>
  deleteSome(registrations, registrations.expiresAt, expiredBefore, most)

export const deleteEmailChanges = (expiredBefore: Date, most: number) =>
  deleteSome(emailChanges, emailChanges.expiresAt, expiredBefore, most)

/** Invitations that nobody followed, or that became a login long ago. */
export const deleteInvitations = (expiredBefore: Date, most: number) =>
  deleteSome(invitations, invitations.expiresAt, expiredBefore, most)

/** Runs of jobs long past, also of jobs that are not in the timetable any more. */
export const deleteJobRuns = (startedBefore: Date, most: number) =>
  deleteSome(jobRuns, jobRuns.startedAt, startedBefore, most)

/** Warnings of ends so long past that none can come again. */
export const deleteWarnings = (endedBefore: Day, most: number) =>
  deleteSome(warnings, warnings.endsOn, endedBefore, most)

export const deleteDigests = (ofWeeksBefore: Day, most: number) =>
  deleteSome(digests, digests.week, ofWeeksBefore, most)
