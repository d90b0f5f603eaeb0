/** Something a person can put right. Its message is one sentence that says what to do; no stack is shown. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
}

/** The last words of an error, on one line. */
export const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim()
