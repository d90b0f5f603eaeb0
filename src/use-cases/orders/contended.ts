import { Violation } from '#src/db/commit.ts'

/** Twins race for a row: who loses looks again and finds what the other made. */
const attempts = 40

/**
 * Runs an act that looks and then commits, until nobody was faster (`version-mismatch`). It is told of its last attempt; one
 * that never wins throws: the provider sends its event again.
 */
export async function contended<T>(act: (isLast: boolean) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act(attempt === attempts)
    } catch (error) {
      const lost = error instanceof Violation && error.constraint === 'version-mismatch'
      if (!lost || attempt === attempts) throw error
    }
  }
}
