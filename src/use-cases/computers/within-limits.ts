import { Violation } from '#src/db/commit.ts'
import { refuse } from '#src/domain/refusal.ts'

const scopes: Record<string, 'activation-key' | 'account'> = {
  key_computer_limit: 'activation-key',
  account_computer_limit: 'account',
}

/** Runs a commit that may raise the number of computers; refuses `computer-limit-reached` where a limit forbids it. */
export async function withinLimits<T>(committing: () => Promise<T>): Promise<T> {
  try {
    return await committing()
  } catch (error) {
    const scope = error instanceof Violation ? scopes[error.constraint] : undefined
    if (scope) refuse({ code: 'computer-limit-reached', scope })
    throw error
  }
}
