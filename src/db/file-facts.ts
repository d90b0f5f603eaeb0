import { and, eq, isNull, sql } from 'drizzle-orm'
import { licenseInReach } from './licenses.ts'
import { keyOfCode, machinesWhere } from './machines.ts'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts } from './schema/accounts.ts'
import { editions, products } from './schema/catalog.ts'
import { activations, computers } from './schema/computers.ts'
import { activationKeys, licenses, supports } from './schema/licenses.ts'

const ofLicense = compile(
  build
    .select({
      license: {
        id: licenses.id,
        serial: licenses.serial,
        editionCode: licenses.editionCode,
        size: licenses.size,
        kind: licenses.kind,
        endsOn: licenses.endsOn,
        supportEndsOn: licenses.supportEndsOn,
      },
      editionName: editions.name,
      product: {
        code: products.code,
        name: products.name,
        unit: products.unit,
        graceDays: products.graceDays,
        checkInHours: products.checkInHours,
        checkInGraceDays: products.checkInGraceDays,
        fileDays: products.fileDays,
      },
      key: { id: activationKeys.id, code: activationKeys.code },
      computer: { id: computers.id, name: computers.name, fingerprint: computers.fingerprint },
      support: { id: supports.id, startsOn: supports.startsOn, endsOn: supports.endsOn },
    })
    .from(licenses)
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .leftJoin(computers, eq(computers.id, licenses.computerId))
    .leftJoin(supports, eq(supports.licenseId, licenses.id))
    .where(and(eq(licenses.id, sql.placeholder('id')), licenseInReach)),
)

/** All that the files of a license say, or nothing outside the reach. */
export const findFileFacts = (reach: Reach, id: string) => ofLicense({ ...within(reach), id })

const keyInReach = compile(
  build
    .select({ id: activationKeys.id })
    .from(activationKeys)
    .where(
      and(
        sql`${activationKeys.id} = ${keyOfCode}`,
        sql`exists (select 1 from ${accountReach} join ${accounts} on ${accounts.n} = ${accountReach.descendantN}
          where ${accounts.id} = ${activationKeys.accountId} and ${accountReach.ancestorN} = ${accountInReach})`,
      ),
    ),
)

/** The key with this code, now or before it was rotated, or nothing outside the reach. */
export const findKeyInReach = (reach: Reach, code: string) => keyInReach({ ...within(reach), code })

const machineInReach = compile(
  machinesWhere(
    and(
      eq(activations.id, sql.placeholder('id') as never),
      isNull(activations.releasedAt),
      sql`exists (select 1 from ${accountReach} where ${accountReach.descendantN} = ${accounts.n} and ${accountReach.ancestorN} = ${accountInReach})`,
    ),
  ),
)

/** An activation that runs, with all that its file says, or nothing outside the reach. */
export const findMachineInReach = (reach: Reach, id: string) => machineInReach({ ...within(reach), id })
