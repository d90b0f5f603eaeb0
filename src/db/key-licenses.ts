import { and, desc, eq, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import type { NewEvent } from './events.ts'
import { build, compile, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { editions, products } from './schema/catalog.ts'
import { licenseReach, licenses } from './schema/licenses.ts'
import { events } from './schema/records.ts'

const onKey = compile(
  build
    .select({
      id: licenses.id,
      productCode: licenses.productCode,
      productName: products.name,
      unit: products.unit,
      editionName: editions.name,
      size: licenses.size,
      kind: licenses.kind,
      endsOn: licenses.endsOn,
      email: licenses.email,
      computerName: licenses.computerName,
      supportEndsOn: licenses.supportEndsOn,
    })
    .from(licenses)
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .where(
      and(
        eq(licenses.activationKeyId, sql.placeholder('key')),
        sql`exists (select 1 from ${licenseReach} where ${licenseReach.accountN} = ${accountInReach} and ${licenseReach.licenseN} = ${licenses.n})`,
      ),
    )
    .orderBy(desc(licenses.n))
    .limit(20),
)

/** The newest licenses on an activation key, at most twenty. */
export const listLicensesOfKey = (reach: Reach, key: string) => onKey({ ...within(reach), key })

/** Turns a trial into a permanent license of an edition and size; stands before `expectOne('version-mismatch')`. */
export const updateToPermanent = (
  id: Id<'license'>,
  version: number,
  { editionCode, size }: { editionCode: string; size: number | null },
) =>
  write(
    build
      .update(licenses)
      .set({ kind: 'permanent', endsOn: null, editionCode, size, version: sql`${licenses.version} + 1` })
      .where(and(eq(licenses.id, id), eq(licenses.version, version), eq(licenses.kind, 'trial'))),
  )

/** Moves all licenses of a key to another one. */
export const moveLicenses = (from: Id<'activationKey'>, to: Id<'activationKey'>) =>
  write(
    build
      .update(licenses)
      .set({ activationKeyId: to, version: sql`${licenses.version} + 1` })
      .where(eq(licenses.activationKeyId, from)),
  )

/**
 * A line in the trail of each license that a key holds, to stand before they are moved. They carry the given id with a
 * number behind it.
 */
export function insertMovedEvents(
  from: Id<'activationKey'>,
  event: Omit<NewEvent, 'subjectId' | 'subjectName' | 'subjectKind' | 'action'>,
) {
  const text = (value: string) => sql`${value}`
  const values = {
    n: sql`null`.as('n'),
    id: sql`${event.id} || '-' || row_number() over (order by ${licenses.n})`.as('id'),
    accountId: licenses.accountId,
    at: sql`${event.at.getTime()}`.as('at'),
    actorKind: text(event.actorKind).as('actor_kind'),
    actorId: text(event.actorId).as('actor_id'),
    actorName: text(event.actorName).as('actor_name'),
    action: sql`'license.moved'`.as('action'),
    subjectKind: sql`'license'`.as('subject_kind'),
    subjectId: sql`${licenses.id}`.as('subject_id'),
    subjectName: sql`${licenses.serial}`.as('subject_name'),
    before: text(JSON.stringify(event.before)).as('before'),
    after: text(JSON.stringify(event.after)).as('after'),
    address: text(event.address).as('address'),
    requestId: text(event.requestId).as('request_id'),
  }
  const lines = build.select(values).from(licenses).where(eq(licenses.activationKeyId, from))
  return write(build.insert(events).select(lines as never))
}
