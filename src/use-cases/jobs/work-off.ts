import { DatabaseUnavailable } from '#src/db/connection.ts'
import type { Deps } from '../deps.ts'

type Work<T> = {
  /** What is to be done is asked for anew so many times, so many at a time. */
  readonly rounds: number
  readonly atOnce: number
  list(limit: number): Promise<readonly T[]>
  /** Whether this call is the one that did it. */
  act(one: T): Promise<boolean>
}

/** How many were done, and whether nothing was left to do. */
export type WorkedOff = { readonly done: number; readonly isAll: boolean }

/**
 * Does what a list says until it is empty. One that fails is told to the log and holds up none behind it; when the others are
 * done it all fails, with how many did. A database that does not answer ends it at once.
 */
export async function workOff<T extends { readonly id: string }>(deps: Deps, work: Work<T>): Promise<WorkedOff> {
  const failed = new Set<string>()
  let done = 0
  let isAll = false
  for (let round = 0; round < work.rounds && !isAll; round++) {
    const found = (await work.list(work.atOnce + failed.size)).filter(({ id }) => !failed.has(id))
    isAll = found.length === 0
    for (const one of found) {
      const outcome = await tried(deps, { message: 'one of many failed', id: one.id }, () => work.act(one))
      if (outcome === 'failed') failed.add(one.id)
      else if (outcome) done++
    }
  }
  if (failed.size > 0)
    throw new Error(`${failed.size} failed: ${[...failed].slice(0, 5).join(', ')}; ${done} were done`)
  return { done, isAll }
}

/** Does one of many; where it fails, the log tells `note` and why. A database that does not answer fails it all. */
export async function tried<R>(
  { log }: Deps,
  note: { readonly message: string; readonly [name: string]: string },
  act: () => Promise<R>,
): Promise<R | 'failed'> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error
    log({ level: 'error', ...note, error: String(error) })
    return 'failed'
  }
}
