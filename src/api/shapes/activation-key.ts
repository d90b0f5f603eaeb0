import type { KeyRow } from '#src/db/activation-keys.ts'
import type { Column } from '#src/http/csv.ts'

type Shown = Pick<
  KeyRow,
  | ('id' | 'name' | 'code' | 'note' | 'productCode' | 'isDefault' | 'licenses' | 'activeComputers')
  | ('computerLimit' | 'expiresOn' | 'allowedRanges')
> & { readonly createdAt: Date | number }

/** Up to here licenses are counted. */
const most = 100

/** An activation key as the API shows it, wherever it does. */
export const activationKeyShape = (row: Shown) => ({
  id: row.id,
  code: row.code,
  name: row.name,
  note: row.note,
  product: row.productCode,
  default: row.isDefault,
  licenses: Math.min(row.licenses, most),
  computers: row.activeComputers,
  computerLimit: row.computerLimit,
  expiresOn: row.expiresOn,
  allowedRanges: row.allowedRanges ?? [],
  createdAt: new Date(row.createdAt).toISOString(),
})

/** The same for a CSV. */
export const activationKeyColumns: readonly Column<KeyRow>[] = [
  ['id', (row) => row.id],
  ['code', (row) => row.code],
  ['name', (row) => row.name],
  ['note', (row) => row.note],
  ['account', (row) => row.accountName],
  ['product', (row) => row.productCode],
  ['default', (row) => String(row.isDefault)],
  ['licenses', (row) => Math.min(row.licenses, most)],
  ['computers', (row) => row.activeComputers],
  ['computerLimit', (row) => row.computerLimit],
  ['expiresOn', (row) => row.expiresOn],
  ['allowedRanges', (row) => row.allowedRanges?.join(' ') ?? ''],
  ['createdAt', (row) => row.createdAt.toISOString()],
]
