import type { FieldError } from '../refusal.ts'
import { withoutControls } from '../text.ts'

/** The most characters a comment holds; an emoji counts as the code points it is made of, as SQLite counts. */
export const longestComment = 500

/** A comment as it is kept: without control characters and without blanks around it. */
export const commentFrom = (typed: string): string => withoutControls(typed.toWellFormed()).trim()

/** What is wrong with a comment, or nothing. */
export function commentError(comment: string): FieldError | null {
  const { length } = Array.from(comment)
  if (length <= longestComment) return null
  const detail = `Shorten the comment to ${longestComment} characters; it has ${length}`
  return { pointer: 'comment', code: 'too-long', detail }
}
