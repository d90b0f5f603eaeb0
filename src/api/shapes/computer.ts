import type { GroupRow } from '#src/db/computer-groups.ts'
import type { ComputerDetails } from '#src/db/computer-rows.ts'
import type { ComputerRow } from '#src/db/computers.ts'
import { computerStanding } from '#src/domain/computers/computer.ts'
import type { Column } from '#src/http/csv.ts'

type Shown = Pick<ComputerDetails, 'id' | 'name' | 'ip' | 'registeredAt' | 'lastCheckInAt' | 'groupName' | 'products'>

/** The key of the first product, among those that are asked for where any are. */
const keyOf = ({ products }: Shown, wanted: readonly string[]): string | null =>
  (products.find(({ code }) => wanted.includes(code)) ?? products[0])?.key ?? null

/** A computer as lists of the API show it. */
export const computerShape =
  (wanted: readonly string[] = []) =>
  (row: Shown) => ({
    id: row.id,
    name: row.name,
    ip: row.ip,
    registeredAt: row.registeredAt.toISOString(),
    lastCheckInAt: row.lastCheckInAt?.toISOString() ?? null,
    group: row.groupName,
    products: row.products.map(({ code, name }) => ({ code, name })),
    activationKey: keyOf(row, wanted),
  })

const instantOf = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString()

/** One computer with all that is known of it. */
export const computerDetailsShape = (row: ComputerDetails, now: Date) => ({
  ...computerShape()(row),
  groupId: row.groupId,
  hostname: row.hostname,
  fingerprint: row.fingerprint,
  status: computerStanding(row.products, now),
  products: row.products.map((one) => ({
    ...{ code: one.code, name: one.name, version: one.version, activationKey: one.key, license: one.license },
    ...{ activatedAt: instantOf(one.activatedAt), lastCheckInAt: instantOf(one.seenAt) },
  })),
})

/** The same for a CSV, flat. */
export const computerColumns = (wanted: readonly string[], now: Date): readonly Column<ComputerRow>[] => [
  ['id', (row) => row.id],
  ['name', (row) => row.name],
  ['ip', (row) => row.ip],
  ['registeredAt', (row) => row.registeredAt.toISOString()],
  ['lastCheckInAt', (row) => row.lastCheckInAt?.toISOString() ?? null],
  ['status', (row) => computerStanding(row.products, now)],
  ['group', (row) => row.groupName],
  ['products', (row) => row.products.map(({ code }) => code).join(' ')],
  ['activationKey', (row) => keyOf(row, wanted)],
  ['hostname', (row) => row.hostname],
  ['fingerprint', (row) => row.fingerprint],
  ['account', (row) => row.accountName],
]

type ShownGroup = Pick<GroupRow, 'id' | 'name' | 'computers'> & { readonly createdAt: Date | number }

/** Up to here the computers of a group are counted. */
const most = 100

/** A group as the API shows it. */
export const computerGroupShape = (row: ShownGroup) => ({
  id: row.id,
  name: row.name,
  computers: Math.min(row.computers, most),
  createdAt: new Date(row.createdAt).toISOString(),
})

export const computerGroupColumns: readonly Column<GroupRow>[] = [
  ['id', (row) => row.id],
  ['name', (row) => row.name],
  ['computers', (row) => Math.min(row.computers, most)],
  ['createdAt', (row) => row.createdAt.toISOString()],
]
