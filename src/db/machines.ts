import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Product } from '#src/domain/computers/installed.ts'
import type { Id } from '#src/domain/ids.ts'
import { isSuspended } from './actors.ts'
import { build, compile, write } from './query.ts'
import { accounts } from './schema/accounts.ts'
import { editions, products } from './schema/catalog.ts'
import { activations, computers } from './schema/computers.ts'
import { activationKeys, licenses } from './schema/licenses.ts'

/** An activation with all that is said to the software: whose it is, on what, by which key and license. */
const machineColumns = {
  id: activations.id,
  accountId: activations.accountId,
  productCode: activations.productCode,
  tokenHash: activations.tokenHash,
  generation: activations.generation,
  installed: activations.installed,
  activatedAt: activations.activatedAt,
  lastCheckInAt: activations.lastCheckInAt,
  releasedAt: activations.releasedAt,
  licenseId: activations.licenseId,
  suspended: isSuspended,
  account: { name: accounts.name, email: accounts.email },
  key: { id: activationKeys.id, code: activationKeys.code, name: activationKeys.name },
  computer: {
    id: computers.id,
    name: computers.name,
    hostname: computers.hostname,
    fingerprint: computers.fingerprint,
    ip: computers.ip,
    lastCheckInAt: computers.lastCheckInAt,
  },
  product: {
    code: products.code,
    name: products.name,
    unit: products.unit,
    graceDays: products.graceDays,
    checkInHours: products.checkInHours,
    checkInGraceDays: products.checkInGraceDays,
    fileDays: products.fileDays,
    releasesPerYear: products.releasesPerYear,
    releaseCooldownHours: products.releaseCooldownHours,
  },
  license: {
    id: licenses.id,
    keyId: licenses.activationKeyId,
    serial: licenses.serial,
    editionCode: licenses.editionCode,
    size: licenses.size,
    kind: licenses.kind,
    endsOn: licenses.endsOn,
    supportEndsOn: licenses.supportEndsOn,
    version: licenses.version,
  },
  editionName: editions.name,
}

/** Activations by a condition, with all that is said to the software. */
export const machinesWhere = (condition: SQL | undefined) =>
  build
    .select(machineColumns)
    .from(activations)
    .innerJoin(computers, eq(computers.id, activations.computerId))
    .innerJoin(accounts, eq(accounts.id, activations.accountId))
    .innerJoin(activationKeys, eq(activationKeys.id, activations.keyId))
    .innerJoin(products, eq(products.code, activations.productCode))
    .leftJoin(licenses, eq(licenses.id, activations.licenseId))
    .leftJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .where(condition)

const byId = compile(machinesWhere(eq(activations.id, sql.placeholder('id') as never)))

/** An activation by its id, released ones too; whoever holds its token may ask. */
export const findMachine = (id: string) => byId({ id })
export type Machine = ReturnType<ReturnType<typeof findMachine>['rows']>[number]

/** The key that a code names now, or named before it was rotated. */
export const keyOfCode: SQL = sql`coalesce((select id from activation_keys where code_normal = ${sql.placeholder('code')}),
  (select key_id from former_codes where code_normal = ${sql.placeholder('code')}))`

const byFingerprint = compile(
  machinesWhere(
    and(
      sql`${computers.accountId} = (select account_id from activation_keys where id = ${keyOfCode})`,
      eq(computers.fingerprint, sql.placeholder('fingerprint')),
      sql`(${activations.productCode} = ${sql.placeholder('product')}
        or ${sql.placeholder('product')} is null and ${activations.keyId} = ${keyOfCode})`,
    ),
  )
    .orderBy(sql`${activations.releasedAt} is not null`)
    .limit(1),
)

/** What is or was active on a computer of the key's account: of a product, or of any that the key activated. */
export const findMachineBy = (code: string, fingerprint: string, product: string | null) =>
  byFingerprint({ code, fingerprint, product })

/** Notes a check-in of an activation that is not released; stands before `expectOne('activation-released')`. */
export const checkInActivation = (id: Id<'activation'>, installed: readonly Product[] | null, at: Date) =>
  write(
    build
      .update(activations)
      .set({ lastCheckInAt: at, ...(installed ? { installed } : {}) })
      .where(and(eq(activations.id, id), isNull(activations.releasedAt))),
  )
