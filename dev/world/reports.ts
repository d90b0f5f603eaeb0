import { emailKey } from '#src/domain/accounts/identifier.ts'
import { at, daysAgo } from './days.ts'
import { idOf } from './ids.ts'
import { fabrikam, northwind } from './people.ts'
import type { World } from './rows.ts'

/** Northwind's daily report of support ends, due at the first tick of the clock; two that are paused. */
export function tellReports(world: World): void {
  const createdAt = at(daysAgo(world.now, 120), '10:05:00')
  const daily = {
    frequency: 'daily',
    weekday: 1,
    monthDay: 1,
    hour: 7,
    timeZone: 'Europe/Amsterdam',
    createdAt,
  } as const
  const support = { id: idOf('report', 'northwind'), accountId: northwind.accountId, kind: 'support-ends' } as const
  world.reports.push(
    { ...daily, ...support, leadDays: 60, nextDueAt: new Date(world.now.getTime() - 60_000) },
    {
      ...{ ...daily, id: idOf('report', 'northwind-trials'), accountId: northwind.accountId, kind: 'license-ends' },
      ...{ frequency: 'weekly', leadDays: 14, active: false, nextDueAt: world.now },
    },
    {
      ...{ ...daily, id: idOf('report', 'fabrikam'), accountId: fabrikam.accountId, kind: 'stale-computers' },
      ...{ frequency: 'weekly', leadDays: 30, active: false, nextDueAt: world.now, timeZone: 'Europe/Berlin' },
    },
  )
  const to = (slug: string, report: 'northwind' | 'northwind-trials' | 'fabrikam', email: string) => ({
    ...{ id: idOf('recipient', slug), reportId: idOf('report', report), email, emailKey: emailKey(email) },
    ...{ confirmedAt: createdAt, createdAt },
  })
  world.reportRecipients.push(
    to('northwind', 'northwind', northwind.email),
    to('northwind-trials', 'northwind-trials', northwind.email),
    // An address outside that has not answered yet.
    { ...to('waterkant', 'northwind', 'buyer@waterkant.example'), confirmedAt: null },
    to('fabrikam', 'fabrikam', fabrikam.logins.servers.email),
  )
}
