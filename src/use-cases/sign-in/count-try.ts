import { commit } from '#src/db/commit.ts'
import { countAttempt, counted } from '#src/db/sign-in.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { AttemptWindow } from '#src/domain/sign-in/throttle.ts'
import type { Deps } from '../deps.ts'

/** Counts a try in all its windows before anything is verified (`threats.md`, A3). Refuses `too-many-requests`. */
export async function countTry(deps: Deps, windows: readonly AttemptWindow[]): Promise<void> {
  const sets = await commit(
    deps.db,
    windows.map((one, i) => countAttempt(one, i === 0 ? undefined : counted)),
  )
  if (sets.at(-1)?.rows.length === 1) return
  const full = windows[sets.findIndex((set) => set.rows.length === 0)] ?? windows[0]
  const seconds = Math.ceil(((full?.endsAt.getTime() ?? 0) - deps.now().getTime()) / 1000)
  refuse({ code: 'too-many-requests', retryAfter: seconds })
}
