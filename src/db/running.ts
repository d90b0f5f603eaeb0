import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { releasableColumns } from './activations.ts'
import { isSuspended } from './actors.ts'
import { licenseInReach } from './licenses.ts'
import { keyOfCode } from './machines.ts'
import { build, compile } from './query.ts'
import { type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { products } from './schema/catalog.ts'
import { activations, computers } from './schema/computers.ts'
import { activationKeys, licenses } from './schema/licenses.ts'

/** More than these are not shown and released together. */
export const mostTogether = 100

const runningWhere = (condition: SQL | undefined) =>
  build
    .select({
      ...releasableColumns,
      keyId: activations.keyId,
      licenseEmail: licenses.email,
      accountName: accounts.name,
      accountEmail: accounts.email,
      accountKind: accounts.kind,
      sellerEmail: sql<
        string | null
      >`(select seller.email from accounts as seller where seller.id = ${accounts.parentId})`,
      checkInHours: products.checkInHours,
      checkInGraceDays: products.checkInGraceDays,
      lastCheckInAt: activations.lastCheckInAt,
    })
    .from(activations)
    .innerJoin(computers, eq(computers.id, activations.computerId))
    .innerJoin(products, eq(products.code, activations.productCode))
    .innerJoin(accounts, eq(accounts.id, activations.accountId))
    .innerJoin(activationKeys, eq(activationKeys.id, activations.keyId))
    .leftJoin(licenses, eq(licenses.id, activations.licenseId))
    .where(and(isNull(activations.releasedAt), condition))

const onLicense = compile(
  runningWhere(and(eq(activations.licenseId, sql.placeholder('license') as never), licenseInReach)),
)

/** What runs on a license, with what its release must know and say, or nothing outside the reach. */
export const findRunningOn = (reach: Reach, licenseId: string) => onLicense({ ...within(reach), license: licenseId })
export type Running = ReturnType<ReturnType<typeof findRunningOn>['rows']>[number]

const open = and(isNull(activationKeys.removedAt), sql`not ${isSuspended}`)
const ofCode = compile(
  runningWhere(and(sql`${activations.keyId} = ${keyOfCode}`, open))
    .orderBy(asc(computers.name))
    .limit(mostTogether),
)
const ofKey = compile(
  runningWhere(and(eq(activations.keyId, sql.placeholder('key') as never), open))
    .orderBy(asc(computers.name))
    .limit(mostTogether),
)

/** What runs with the key of a code, for whoever knows it: nothing of it is shown to them. */
export const listRunningWithCode = (code: string) => ofCode({ code })

/** What runs with a key, for whoever was mailed a link. */
export const listRunningWithKey = (keyId: string) => ofKey({ key: keyId })
