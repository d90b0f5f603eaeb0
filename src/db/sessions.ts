import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, type Write, write } from './query.ts'
import { type Reach, within } from './reach.ts'
import { sessions } from './schema/sign-in.ts'

/** Sessions of the same login as that of a credential, or of the same customer without a login, that could be used. */
const own = (credential: SQL, now: SQL): SQL => sql`exists (select 1 from sessions as me where me.id = ${credential}
  and me.account_id = sessions.account_id and me.login_id is sessions.login_id)
  and sessions.ended_at is null and sessions.idle_until > ${now} and sessions.expires_at > ${now}`

const open = compile(
  build
    .select({
      id: sessions.id,
      device: sessions.device,
      address: sessions.address,
      place: sessions.place,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(
      sql`sessions.account_id = (select me.account_id from sessions as me where me.id = ${sql.placeholder('credential')})
        and ${own(sql`${sql.placeholder('credential')}`, sql`${sql.placeholder('now')}`)}`,
    )
    .orderBy(sql`sessions.last_seen_at desc`)
    .limit(100),
)

/** One's own sessions that could be used, the last seen first. */
export const listOwnSessions = (reach: Reach, now: Date) => open({ ...within(reach), now: now.getTime() })

/** Ends a session at once: its cookie is refused from the next request on. */
export const endOneSession = (id: Id<'session'>, at: Date): Write =>
  write(
    build
      .update(sessions)
      .set({ endedAt: at })
      .where(and(eq(sessions.id, id), isNull(sessions.endedAt))),
  )

/** Ends all of one's own sessions but the one that asks, however many there are. */
export const endOtherSessions = (credential: string, at: Date): Write =>
  write(
    build
      .update(sessions)
      .set({ endedAt: at })
      .where(
        sql`sessions.account_id = (select me.account_id from sessions as me where me.id = ${credential})
          and ${own(sql`${credential}`, sql`${at.getTime()}`)} and sessions.id <> ${credential}`,
      ),
  )
