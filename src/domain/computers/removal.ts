import type { Id } from '../ids.ts'

const day = 86_400_000

/** For how long computers that were removed can be brought back with their tokens. */
export const undoMs = day

/** A removal as pages show it. */
export type RemovalSummary = {
  readonly id: Id<'removal'>
  readonly accountName: string
  readonly computers: number
  readonly at: Date
  readonly undoUntil: Date
  readonly undoneAt: Date | null
}

export const isUndoable = ({ undoUntil, undoneAt }: RemovalSummary, now: Date): boolean =>
  undoneAt === null && undoUntil > now
