import type { EventRow } from '#src/db/events.ts'
import type { Column } from '#src/http/csv.ts'

/** A line of the audit trail as the API shows it. `before` and `after` hold only what changed. */
export const eventShape = (row: EventRow) => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  action: row.action,
  subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
  before: row.before,
  after: row.after,
  address: row.address,
})

const json = (value: Record<string, unknown> | null): string | null => (value === null ? null : JSON.stringify(value))

/** The same for a CSV, flat; what changed is JSON. */
export const eventColumns: readonly Column<EventRow>[] = [
  ['id', (row) => row.id],
  ['at', (row) => row.at.toISOString()],
  ['actorKind', (row) => row.actorKind],
  ['actorId', (row) => row.actorId],
  ['actorName', (row) => row.actorName],
  ['action', (row) => row.action],
  ['subjectKind', (row) => row.subjectKind],
  ['subjectId', (row) => row.subjectId],
  ['subjectName', (row) => row.subjectName],
  ['before', (row) => json(row.before)],
  ['after', (row) => json(row.after)],
  ['address', (row) => row.address],
]
