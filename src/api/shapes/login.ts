import type { LoginRow } from '#src/db/sub-logins.ts'
import { hasSecondFactor } from '#src/domain/sign-in/two-factor.ts'
import type { Column } from '#src/http/csv.ts'

/** A login as the API shows it. */
export const loginShape = (row: LoginRow, now: Date) => ({
  id: row.id,
  name: row.name,
  login: row.login,
  email: row.email,
  role: row.role,
  isMaster: row.isMaster,
  twoFactor: hasSecondFactor(row, now),
  lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})

const names = ['id', 'name', 'login', 'email', 'role', 'lastSignInAt', 'createdAt'] as const

/** The same for a CSV. */
export const loginColumns = (now: Date): readonly Column<LoginRow>[] => [
  ...names.map((name): Column<LoginRow> => [name, (row) => loginShape(row, now)[name]]),
  ['isMaster', (row) => String(row.isMaster)],
  ['twoFactor', (row) => String(hasSecondFactor(row, now))],
]
