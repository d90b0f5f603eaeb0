import type { LetterRow } from '#src/db/outbox-lists.ts'
import type { Column } from '#src/http/csv.ts'

/** A letter of the outbox as the API shows it: how it fares, never what it says. */
export const letterShape = (row: LetterRow) => ({
  id: row.id,
  template: row.template,
  recipient: row.recipient,
  state: row.state,
  attempts: row.attempts,
  error: row.error,
  providerId: row.providerId,
  createdAt: row.createdAt.toISOString(),
  nextAttemptAt: row.state === 'pending' ? row.nextAttemptAt.toISOString() : null,
  sentAt: row.sentAt?.toISOString() ?? null,
})

type Shape = ReturnType<typeof letterShape>
const names = ['id', 'template', 'recipient', 'state', 'attempts', 'error', 'createdAt', 'sentAt'] as const

/** The same for a CSV. */
export const letterColumns: readonly Column<LetterRow>[] = names.map(
  (name: keyof Shape) => [name, (row) => letterShape(row)[name]] as const,
)
