import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts } from './schema/accounts.ts'
import { products } from './schema/catalog.ts'
import { activations, computers } from './schema/computers.ts'
import { licenses } from './schema/licenses.ts'

/** What a release must know of an activation. */
export const releasableColumns = {
  id: activations.id,
  accountId: activations.accountId,
  computerId: activations.computerId,
  computerName: computers.name,
  productCode: activations.productCode,
  productName: products.name,
  licenseId: activations.licenseId,
  serial: licenses.serial,
  releasedAt: activations.releasedAt,
  releasesPerYear: products.releasesPerYear,
  releaseCooldownHours: products.releaseCooldownHours,
}

const inReach: SQL = sql`exists (select 1 from ${accountReach} join ${accounts} on ${accounts.n} = ${accountReach.descendantN}
  where ${accounts.id} = ${activations.accountId} and ${accountReach.ancestorN} = ${accountInReach})`

const oneInReach = compile(
  build
    .select(releasableColumns)
    .from(activations)
    .innerJoin(computers, eq(computers.id, activations.computerId))
    .innerJoin(products, eq(products.code, activations.productCode))
    .leftJoin(licenses, eq(licenses.id, activations.licenseId))
    .where(and(eq(activations.id, sql.placeholder('id')), inReach)),
)

/** One activation, released ones too, or nothing outside the reach. */
export const findActivation = (reach: Reach, id: string) => oneInReach({ ...within(reach), id })

export type ReleasableRow = ReturnType<ReturnType<typeof findActivation>['rows']>[number]

/** Releases an activation that is still as it was read; stands before `expectOne('activation-released')`. */
export const releaseActivationRow = (
  { id, licenseId }: { id: Id<'activation'>; licenseId: Id<'license'> | null },
  releasedAt: Date,
) =>
  write(
    build
      .update(activations)
      .set({ releasedAt })
      .where(
        and(eq(activations.id, id), isNull(activations.releasedAt), sql`${activations.licenseId} is ${licenseId}`),
      ),
  )
