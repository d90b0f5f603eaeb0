import { type SQL, sql } from 'drizzle-orm'
import type { RefusalCode } from '#src/domain/refusal.ts'
import { build, type Write, write } from './query.ts'
import { expectations } from './schema/records.ts'

/** A statement that aborts the batch under the given name unless the condition is true. NULL is not true. */
export const expect = (name: RefusalCode, holds: SQL): Write =>
  write(build.insert(expectations).values({ name, holds: sql`(${holds})` as never }))

/** Stands directly after an update or delete that must have changed exactly one row. */
export const expectOne = (name: RefusalCode): Write => expect(name, sql`changes() = 1`)
