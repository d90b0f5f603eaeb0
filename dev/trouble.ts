/** Something a person can put right. Its message is one sentence that says what to do; no stack is shown. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
}

/** What an error says at its root, on one line. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? wordsOf(error.cause) : error.message.replace(/\s+/g, ' ').trim()
}
