import type { EventAction, SubjectKind } from './actions.ts'

/** A line of the audit trail as pages show it. */
export type EventSummary = {
  readonly id: string
  readonly at: Date
  readonly actorId: string
  readonly actorName: string
  readonly action: EventAction
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly subjectName: string
  readonly before: Record<string, unknown> | null
  readonly after: Record<string, unknown> | null
  readonly address: string
}
