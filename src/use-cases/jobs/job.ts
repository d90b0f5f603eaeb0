import type { Deps } from '../deps.ts'

/** What a job does; it says how many things it did. Run twice or late, it does no harm. */
export type Job = { readonly name: string; run(deps: Deps): Promise<number> }

/** Which jobs are due at which times, as cron lines in UTC. */
export type Timetable = Readonly<Record<string, readonly Job[]>>
