import type { EmailChangeRow } from '#src/db/email-changes.ts'
import type { Column } from '#src/http/csv.ts'

/** A change of an e-mail that is under way, as the API shows it. */
export const emailChangeShape = (row: EmailChangeRow) => ({
  id: row.id,
  loginId: row.loginId,
  loginName: row.loginName,
  oldEmail: row.oldEmail,
  newEmail: row.newEmail,
  oldConfirmedAt: row.oldConfirmedAt?.toISOString() ?? null,
  newConfirmedAt: row.newConfirmedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
})

const names = [
  ...[
    'id',
    'loginId',
    'loginName',
    'oldEmail',
    'newEmail',
    'oldConfirmedAt',
    'newConfirmedAt',
    'createdAt',
    'expiresAt',
  ],
] as readonly (keyof ReturnType<typeof emailChangeShape>)[]

/** The same for a CSV. */
export const emailChangeColumns: readonly Column<EmailChangeRow>[] = names.map(
  (name): Column<EmailChangeRow> => [name, (row) => emailChangeShape(row)[name]],
)
