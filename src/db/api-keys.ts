import { and, asc, desc, eq, gt, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { isOwn } from './own-account.ts'
import { build, compile, compiledBy, write } from './query.ts'
import { type Reach, within } from './reach.ts'
import { apiKeys } from './schema/accounts.ts'

const columns = {
  id: apiKeys.id,
  name: apiKeys.name,
  hint: apiKeys.hint,
  access: apiKeys.access,
  role: apiKeys.role,
  isMaster: apiKeys.isMaster,
  allowedRanges: apiKeys.allowedRanges,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
  createdAt: apiKeys.createdAt,
}

/** Of the reader's own account, never of one below: a key is worth what its account is. */
const own = isOwn(apiKeys.accountId)

type Beside = { readonly value: string }

/** A page goes on after a key, or back before one; rows of a page going back come in the turned order. */
export type ApiKeyPage = { readonly limit: number; readonly after?: Beside | null; readonly before?: Beside | null }

const value = sql.placeholder('value')

const listOf = compiledBy((from: '' | 'after' | 'before') =>
  build
    .select(columns)
    .from(apiKeys)
    .where(and(own, from === '' ? undefined : from === 'after' ? lt(apiKeys.id, value) : gt(apiKeys.id, value)))
    .orderBy(from === 'before' ? asc(apiKeys.id) : desc(apiKeys.id))
    .limit(sql.placeholder('limit')),
)

/** A page of the keys of the reader's account, newest first, with those that work no more. */
export const listApiKeys = (reach: Reach, { limit, after, before }: ApiKeyPage) =>
  listOf(before ? 'before' : after ? 'after' : '', { ...within(reach), limit, value: (before ?? after)?.value })

export type ApiKeyRow = ReturnType<ReturnType<typeof listApiKeys>['rows']>[number]

const one = compile(
  build
    .select(columns)
    .from(apiKeys)
    .where(and(own, eq(apiKeys.id, sql.placeholder('id')))),
)

/** One key of the reader's account, or nothing. */
export const findOwnApiKey = (reach: Reach, id: string) => one({ ...within(reach), id })

export const insertApiKey = (row: typeof apiKeys.$inferInsert) => write(build.insert(apiKeys).values(row))

const works = (at: Date) => and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, at)))

/** Ends a key that works, at once; stands before an `expectOne`. */
export const revokeApiKeyRow = (id: Id<'apiKey'>, at: Date) =>
  write(
    build
      .update(apiKeys)
      .set({ revokedAt: at })
      .where(and(eq(apiKeys.id, id), works(at))),
  )

/** Lets a key that works end at an instant, if it would work for longer; stands before an `expectOne`. */
export const expireApiKeyRow = (id: Id<'apiKey'>, at: Date, now: Date) =>
  write(
    build
      .update(apiKeys)
      .set({ expiresAt: sql`min(coalesce(${apiKeys.expiresAt}, ${at.getTime()}), ${at.getTime()})` })
      .where(and(eq(apiKeys.id, id), works(now))),
  )

/** Whether an account has room for one more key that works. */
export const hasRoomForKey = (accountId: Id<'account'>, most: number, now: Date): SQL =>
  sql`(select count(*) from ${apiKeys} where ${apiKeys.accountId} = ${accountId} and ${works(now)}) < ${most}`
