import { and, eq, sql } from 'drizzle-orm'
import { build, compile, write } from './query.ts'
import { providerEvents } from './schema/orders.ts'

export type NewProviderEvent = typeof providerEvents.$inferInsert

/** What a second insert of the same event violates. */
export const providerEventKept = 'provider_events.provider, provider_events.id'

/** Keeps an event as received; a second time violates `providerEventKept`. */
export const insertProviderEvent = (event: NewProviderEvent) => write(build.insert(providerEvents).values(event))

/** What became of an event, if it was received before. */
export const findProviderEvent = compile(
  build
    .select({ outcome: providerEvents.outcome })
    .from(providerEvents)
    .where(and(eq(providerEvents.provider, sql.placeholder('provider')), eq(providerEvents.id, sql.placeholder('id')))),
)
