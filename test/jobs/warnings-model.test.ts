import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ada } from '#dev/world/people.ts'
import { addDays, type Day } from '#src/domain/day.ts'
import { type Lead, offeredLeads } from '#src/domain/warnings/leads.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { warnOfEnds } from '#src/use-cases/warnings/warn-of-ends.ts'
import { openPortal } from '../support/portal.ts'
import { runs } from '../support/runs.ts'

type Story = {
  readonly endsOn: Day
  readonly startsOn: Day
  readonly leads: readonly Lead[]
  /** Days on which the clock runs, and at which hour. */
  readonly ticks: readonly (readonly [day: Day, hour: number])[]
}

/** What is to be told by the rules of decision 16, reckoned one day after another. */
function expected({ endsOn, startsOn, leads, ticks }: Story): [lead: number, warnedOn: Day][] {
  const told: [number, Day][] = []
  let done: Day | null = null
  for (const [today, hour] of ticks) {
    if (hour < 6 || (done !== null && done >= today)) continue
    const earliest = addDays(today, -7)
    const since: Day = done === null ? addDays(today, -1) : done < earliest ? earliest : done
    const due = leads.filter((lead) => {
      const day = addDays(endsOn, -lead)
      return day > since && day <= today && startsOn < day && !told.some(([other]) => other <= lead)
    })
    if (due.length > 0) told.push([Math.min(...due), today])
    done = today
  }
  return told
}

const bases = ['2028-02-29', '2027-12-31', '2026-08-21', '2027-03-28', '2028-03-01'] as const satisfies readonly Day[]

const story: fc.Arbitrary<Story> = fc
  .record({
    base: fc.constantFrom<Day>(...bases),
    lasts: fc.integer({ min: 0, max: 400 }),
    leads: fc.subarray([...offeredLeads]),
    steps: fc.array(fc.tuple(fc.constantFrom(0, 1, 1, 1, 2, 3, 6, 9), fc.constantFrom(0, 5, 6, 13, 23)), {
      ...{ minLength: 5, maxLength: 40 },
    }),
    early: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ base, lasts, leads, steps, early }) => {
    let day = addDays(base, -early)
    let last = ''
    const ticks: [Day, number][] = []
    for (const [days, hour] of steps) {
      day = addDays(day, days)
      const at = `${day} ${String(hour).padStart(2, '0')}`
      if (at < last) continue
      last = at
      ticks.push([day, hour])
    }
    return { endsOn: base, startsOn: addDays(base, -lasts), leads, ticks }
  })

test('R307: whatever the lead times, the days and the gaps between runs, an end is told as the rules say, and at most once each', async () => {
  const { db, deps } = await openPortal()
  const supportId = (await db.rows('select id from supports where license_id = ?', ada.licenses.lab))[0]?.id as string
  await db.client.batch(
    [
      "update supports set starts_on = '2019-01-01', ends_on = '2060-12-31'",
      "update licenses set kind = 'permanent', ends_on = null where kind = 'trial'",
      'update subscriptions set canceled_at = null',
    ],
    'write',
  )
  await fc.assert(
    fc.asyncProperty(story, async (one) => {
      await db.client.batch(
        [
          'delete from warnings',
          'delete from clock_days',
          "delete from outbox where template = 'expiry-warning'",
          { sql: 'update accounts set warning_leads = ?', args: [JSON.stringify(one.leads)] },
          {
            sql: 'update supports set starts_on = ?, ends_on = ? where id = ?',
            args: [one.startsOn, one.endsOn, supportId],
          },
        ],
        'write',
      )
      for (const [day, hour] of one.ticks) {
        const now = new Date(`${day}T${String(hour).padStart(2, '0')}:07:00Z`)
        await warnOfEnds({ ...deps, now: () => now } as Deps)
      }
      const told = await db.rows(
        'select lead, warned_on from warnings where account_id = ? and object_id = ? order by warned_on',
        ...[ada.accountId, supportId],
      )
      expect(told.map(({ lead, warned_on }) => [lead, warned_on])).toEqual(expected(one))
      const letters = await db.rows(
        "select 1 from outbox where template = 'expiry-warning' and account_id = ?",
        ada.accountId,
      )
      expect(letters).toHaveLength(told.length)
    }),
    runs,
  )
}, 120_000)
