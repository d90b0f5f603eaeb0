import type { ApiKeyRow } from '#src/db/api-keys.ts'
import { apiKeyStateOf } from '#src/domain/api-keys/api-key.ts'
import type { Column } from '#src/http/csv.ts'

/** An API key as the API shows it: everything but the key. */
export const apiKeyShape = (now: Date) => (row: ApiKeyRow) => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  access: row.access,
  actsAs: row.isMaster ? 'master' : row.role,
  allowedRanges: row.allowedRanges,
  state: apiKeyStateOf(row, now),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})

/** The same for a CSV. */
export const apiKeyColumns = (now: Date): readonly Column<ApiKeyRow>[] => {
  const shape = apiKeyShape(now)
  const names = [
    'id',
    'name',
    'hint',
    'access',
    'actsAs',
    'state',
    'expiresAt',
    'lastUsedAt',
    'revokedAt',
    'createdAt',
  ] as const
  return [
    ...names.map((name): Column<ApiKeyRow> => [name, (row) => shape(row)[name]]),
    ['allowedRanges', (row) => row.allowedRanges?.join(' ') ?? null],
  ]
}
