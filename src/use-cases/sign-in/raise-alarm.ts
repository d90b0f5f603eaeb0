import { commit } from '#src/db/commit.ts'
import { hourMs, windowOf } from '#src/domain/sign-in/session.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'

/** Tells the vendor, once an hour, that sign-ins fail in unusual numbers. It changes nothing else (`threats.md`, A3). */
export async function raiseAlarm(deps: Deps, failures: number): Promise<void> {
  const window = windowOf(deps.now(), hourMs)
  await commit(deps.db, [
    post(deps, {
      template: 'sign-in-alarm',
      accountId: null,
      to: deps.settings.supportEmail,
      once: String(window),
      params: { failures, since: new Date(window * hourMs).toISOString() },
    }),
  ])
}
