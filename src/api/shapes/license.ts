import type { LicenseRow } from '#src/db/licenses.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import type { Day } from '#src/domain/day.ts'
import { supportStatus } from '#src/domain/support/support.ts'
import type { Column } from '#src/http/csv.ts'

type Shown = Pick<
  LicenseRow,
  | ('id' | 'serial' | 'productCode' | 'editionCode' | 'size' | 'unit' | 'kind' | 'endsOn' | 'orderReference')
  | ('activationKey' | 'supportEndsOn' | 'comment' | 'email' | 'computerId' | 'computerName' | 'createdAt')
>

/** A license as the API shows it, wherever it does. */
export const licenseShape = (row: Shown, today: Day) => ({
  id: row.id,
  serial: row.serial,
  product: row.productCode,
  edition: row.editionCode,
  size: sizeOf(row.size),
  unit: row.unit,
  kind: row.kind,
  endsOn: row.endsOn,
  orderReference: row.orderReference,
  activationKey: row.activationKey,
  supportEndsOn: row.supportEndsOn,
  supportStatus: supportStatus(row.supportEndsOn, today),
  comment: row.comment,
  email: row.email,
  computer: row.computerId === null ? null : { id: row.computerId, name: row.computerName ?? '' },
  createdAt: row.createdAt.toISOString(),
})

/** The same for a CSV, flat. */
export const licenseColumns = (today: Day): readonly Column<LicenseRow>[] => [
  ['id', (row) => row.id],
  ['serial', (row) => row.serial],
  ['product', (row) => row.productCode],
  ['edition', (row) => row.editionCode],
  ['size', (row) => sizeOf(row.size)],
  ['unit', (row) => row.unit],
  ['kind', (row) => row.kind],
  ['endsOn', (row) => row.endsOn],
  ['boughtOn', (row) => row.boughtOn],
  ['orderReference', (row) => row.orderReference],
  ['activationKey', (row) => row.activationKey],
  ['supportStartsOn', (row) => row.supportStartsOn],
  ['supportEndsOn', (row) => row.supportEndsOn],
  ['supportStatus', (row) => supportStatus(row.supportEndsOn, today)],
  ['comment', (row) => row.comment],
  ['email', (row) => row.email],
  ['computerId', (row) => row.computerId],
  ['computerName', (row) => row.computerName],
  ['createdAt', (row) => row.createdAt.toISOString()],
]
