import type { ResellerRow } from '#src/db/resellers.ts'
import { resellerStateOf } from '#src/domain/accounts/reseller.ts'
import type { Column } from '#src/http/csv.ts'
import type { CreatedReseller } from '#src/use-cases/resellers/create-reseller.ts'

/** A seller below as the API shows it. `parent` names whoever made it where that is not the key's own account. */
export const resellerShape = (row: ResellerRow) => ({
  id: row.id,
  login: row.login,
  name: row.name,
  email: row.email,
  kind: row.kind,
  parent: row.parentName,
  products: row.productCodes,
  state: resellerStateOf(row),
  credits: row.credits,
  licenses: row.licenses,
  lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})

/** The same of one that was just made. */
export const createdShape = ({ id, login, name, email, kind, products, createdAt }: CreatedReseller) => ({
  ...{ id, login, name, email, kind, parent: null, products },
  ...{ state: 'active', credits: 0, licenses: 0, lastSignInAt: null, createdAt },
})

/** The same for a CSV, flat. */
export const resellerColumns: readonly Column<ResellerRow>[] = [
  ['id', (row) => row.id],
  ['login', (row) => row.login],
  ['name', (row) => row.name],
  ['email', (row) => row.email],
  ['kind', (row) => row.kind],
  ['parent', (row) => row.parentName],
  ['products', (row) => row.productCodes.join(' ')],
  ['state', (row) => resellerStateOf(row)],
  ['credits', (row) => row.credits],
  ['licenses', (row) => row.licenses],
  ['lastSignInAt', (row) => row.lastSignInAt?.toISOString() ?? null],
  ['createdAt', (row) => row.createdAt.toISOString()],
]
