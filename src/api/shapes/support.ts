import type { LicenseRow } from '#src/db/licenses.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import type { Day } from '#src/domain/day.ts'
import { supportStatus } from '#src/domain/support/support.ts'
import type { Column } from '#src/http/csv.ts'

/** Support of a license as the API shows it; without any, its `id` and days are `null`. */
export const supportShape = (row: LicenseRow, today: Day) => ({
  id: row.supportId,
  status: supportStatus(row.supportEndsOn, today),
  startsOn: row.supportStartsOn,
  endsOn: row.supportEndsOn,
  license: { id: row.id, serial: row.serial },
  product: row.productCode,
  edition: row.editionCode,
  size: sizeOf(row.size),
  unit: row.unit,
  email: row.email,
  account: { id: row.accountId, name: row.accountName },
})

/** The same for a CSV, flat. */
export const supportColumns = (today: Day): readonly Column<LicenseRow>[] => [
  ['id', (row) => row.supportId],
  ['status', (row) => supportStatus(row.supportEndsOn, today)],
  ['startsOn', (row) => row.supportStartsOn],
  ['endsOn', (row) => row.supportEndsOn],
  ['licenseId', (row) => row.id],
  ['serial', (row) => row.serial],
  ['product', (row) => row.productCode],
  ['edition', (row) => row.editionCode],
  ['size', (row) => sizeOf(row.size)],
  ['unit', (row) => row.unit],
  ['email', (row) => row.email],
  ['accountId', (row) => row.accountId],
  ['accountName', (row) => row.accountName],
]
