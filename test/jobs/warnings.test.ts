import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { acme, ada, northwind, tailspin } from '#dev/world/people.ts'
import { addDays, type Day, dayOf } from '#src/domain/day.ts'
import { runDue } from '#src/jobs/schedule.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { sendDigests } from '#src/use-cases/warnings/send-digests.ts'
import { warnOfEnds } from '#src/use-cases/warnings/warn-of-ends.ts'
import { testNow } from '../support/deps.ts'
import { openPortal, type Portal, signIn } from '../support/portal.ts'

const everyMinute = '* * * * *'
const today = dayOf(testNow)
let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const on = (days: number, time = '09:07:00') => new Date(`${addDays(today, days)}T${time}.000Z`)
const at = (when: Date, from: Portal = portal) => ({ ...from.deps, now: () => when }) as Deps
/** Warns on a day of the test, and sends the letters. */
const warn = async (days: number) => {
  const warned = await warnOfEnds(at(on(days)))
  await runDue(at(on(days, '09:08:00')), everyMinute)
  return warned
}
const told = (account: string) =>
  portal.db.rows(
    'select object_id, ends_on, lead, warned_on from warnings where account_id = ? order by warned_on',
    account,
  )
const lettersTo = (email: string, from: Portal = portal) =>
  from.deps.letters.filter(
    (one) =>
      one.to === email &&
      /\bends?\b|\bended\b/.test(one.subject) &&
      !one.attachments?.[0]?.filename.startsWith('support-ends'),
  )

/** Ada's support ends on a day, and nothing else anywhere does. */
async function onlyAdas(endsOn: Day) {
  const { db } = portal
  await db.client.execute("update supports set starts_on = '2019-01-01', ends_on = '2030-12-31'")
  await db.client.execute("update licenses set kind = 'permanent', ends_on = null where kind = 'trial'")
  await db.client.execute('update subscriptions set canceled_at = null')
  await db.client.execute({
    sql: 'update supports set ends_on = ? where license_id = ?',
    args: [endsOn, ada.licenses.lab],
  })
}

test('R307: customer, reseller and vendor are warned at their lead times, 30, 7 and 0 days before and 14 after, each once', async () => {
  for (let day = 0; day <= 40; day++) await warn(day)
  const lab = { object_id: expect.stringMatching(/^sup_/), ends_on: addDays(today, 19) }
  expect(await told(ada.accountId)).toEqual(
    [7, 0, -14].map((lead) => ({ ...lab, lead, warned_on: addDays(today, 19 - lead) })),
  )
  // A reseller's license is told to the reseller, to the partner above it and to the vendor.
  const [{ id, owner }] = (await portal.db.rows(
    `select w.object_id as id, w.account_id as owner from warnings w join accounts a on a.id = w.account_id
      where a.kind = 'reseller' and a.parent_id = ? limit 1`,
    northwind.accountId,
  )) as [{ id: string; owner: string }]
  const readers = await portal.db.rows('select distinct account_id as of from warnings where object_id = ?', id)
  expect(new Set(readers.map(({ of }) => of))).toEqual(new Set([owner, northwind.accountId, acme.accountId]))
  // At most one letter for each account and day, and one row for each end and lead time.
  const letters = await portal.db.rows(
    "select once_key from outbox where template = 'expiry-warning' and state = 'sent'",
  )
  const days = await portal.db.rows('select distinct account_id, warned_on from warnings')
  expect(letters).toHaveLength(days.length)
})

test('the letter says what ends, when, whose it is, and how to end the letters (R307, RFC 8058)', async () => {
  await warn(0)
  const [letter] = lettersTo(northwind.email)
  expect(letter?.subject).toBe('Support of 1 license ends on 21 Aug 2026, Northwind')
  expect(letter?.text).toContain('- 2026-08-21, support, 1 day left, Remote Access Pro, S-E0CEH-GWDWB')
  expect(letter?.headers?.['List-Unsubscribe']).toMatch(
    /^<https:\/\/portal\.acme\.example\/links\/acc_00-northwind\.[\w-]+>$/,
  )
  expect(letter?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
  expect(letter?.attachments).toEqual([])
  expect(letter?.text).toContain('https://portal.acme.example/support?from=2026-08-21&to=2026-08-21')
  expect(letter?.text).toContain('Choose when you are warned: https://portal.acme.example/settings/warnings')
  // Who signs in with an order number has no settings.
  await onlyAdas(addDays(today, 8))
  await warn(1)
  expect(lettersTo(ada.email)[0]?.text).toContain('See what to extend:\nhttps://portal.acme.example/?tab=support')
  expect(lettersTo(ada.email)[0]?.text).not.toContain('/settings/')
})

test('many ends are one letter: the first stand in it, all are in its CSV, and it stays small (R307)', async () => {
  await portal.db.client.execute({
    sql: "update supports set starts_on = '2019-01-01', ends_on = ? where license_id in (select id from licenses where account_id = ?)",
    args: [addDays(today, 7), 'acc_00-contoso'],
  })
  await warn(0)
  const [letter] = lettersTo(acme.email)
  const rows = parse(letter?.attachments?.[0]?.text ?? '', { columns: true, bom: true })
  expect(rows.length).toBeGreaterThan(50)
  expect(letter?.text.match(/^- /gm)).toHaveLength(20)
  expect(letter?.text).toContain(`the attached CSV has all ${rows.length}`)
  expect(new TextEncoder().encode(letter?.html).length).toBeLessThan(20_000)
})

test('only what does not renew by itself is told: a trial and a canceled subscription are, one that goes on is not (R307)', async () => {
  await portal.db.client.execute({
    sql: 'update subscriptions set canceled_at = 1 where term_ends_on > ? and term_ends_on < ?',
    args: [addDays(today, 7), addDays(today, 13)],
  })
  for (let day = 0; day <= 12; day++) await warn(day)
  const kinds = await portal.db.rows('select distinct kind from warnings order by 1')
  expect(kinds).toEqual([{ kind: 'subscription' }, { kind: 'support' }, { kind: 'trial' }])
  const running = await portal.db.rows(
    'select 1 from warnings w join subscriptions s on s.id = w.object_id where s.canceled_at is null',
  )
  expect(running).toEqual([])
})

test('nobody is warned at night, nor of what began later than its warning would have come', async () => {
  await onlyAdas(addDays(today, 7))
  await portal.db.client.execute({
    sql: 'update supports set starts_on = ? where ends_on < ?',
    args: [today, '2030-01-01'],
  })
  expect(await warn(0)).toBe(0)
  await portal.db.client.execute('delete from clock_days')
  await portal.db.client.execute("update supports set starts_on = '2019-01-01'")
  expect(await warnOfEnds(at(on(0, '05:59:59')))).toBe(0)
  expect(await warnOfEnds(at(on(0, '06:07:00')))).toBe(2)
})

test('five runs at once and more of them warn each account once (R307, C1)', async () => {
  await Promise.all(Array.from({ length: 5 }, () => warnOfEnds(at(on(0)))))
  await Promise.all(Array.from({ length: 5 }, () => runDue(at(on(0)), '7 * * * *')))
  await runDue(at(on(0)), everyMinute)
  expect([lettersTo(northwind.email).length, (await told(northwind.accountId)).length]).toEqual([1, 1])
  expect(lettersTo(acme.email)).toHaveLength(1)
})

test('killed at any call to the database, the next run goes on, and nobody is warned twice (R307, C1)', async () => {
  for (let alive = 0; alive < 7; alive++) {
    const fresh = await openPortal()
    let calls = 0
    const db: Deps['db'] = {
      batch: async (statements, mode) => {
        // Every other one is killed after it was carried out, before its answer came.
        if (calls++ !== alive) return fresh.db.batch(statements, mode)
        if (alive % 2 === 1) await fresh.db.batch(statements, mode)
        throw new Error('killed')
      },
    }
    await warnOfEnds({ ...at(on(0), fresh), db }).catch(() => {})
    await warnOfEnds(at(on(0, '10:07:00'), fresh))
    await runDue(at(on(0, '10:08:00'), fresh), everyMinute)
    expect([lettersTo(northwind.email, fresh).length, lettersTo(acme.email, fresh).length]).toEqual([1, 1])
    expect(await fresh.db.rows('select count(*) as n from warnings')).toEqual([{ n: 2 }])
  }
})

test('three silent days are made up for: each end once, by the shortest lead time that has come; a week back and no further', async () => {
  await onlyAdas(addDays(today, 9))
  await warn(0)
  await warn(5)
  expect((await told(ada.accountId)).map(({ lead, warned_on }) => [lead, warned_on])).toEqual([[7, addDays(today, 5)]])
  await portal.db.client.execute({ sql: 'update accounts set warning_leads = ?', args: ['[3,1,0,-14]'] })
  await warn(10)
  expect((await told(ada.accountId)).map(({ lead }) => lead)).toEqual([7, 0])
  await warn(40)
  expect((await told(ada.accountId)).map(({ lead }) => lead)).toEqual([7, 0])
})

test('support that is extended is not told of any more, and anew before its new end (R307)', async () => {
  await onlyAdas(addDays(today, 7))
  await warn(0)
  await portal.db.client.execute({
    sql: 'update supports set ends_on = ? where license_id = ?',
    args: [addDays(today, 60), ada.licenses.lab],
  })
  for (let day = 1; day <= 53; day++) await warnOfEnds(at(on(day)))
  expect((await told(ada.accountId)).map(({ lead, ends_on }) => [lead, ends_on])).toEqual([
    [7, addDays(today, 7)],
    [30, addDays(today, 60)],
    [7, addDays(today, 60)],
  ])
})

test('an account that chose no lead time, or is suspended, is not warned; the others are', async () => {
  await portal.db.client.execute({
    sql: "update accounts set warning_leads = '[]' where id = ?",
    args: [northwind.accountId],
  })
  await warn(0)
  expect([lettersTo(northwind.email).length, lettersTo(acme.email).length]).toEqual([0, 1])
  const fresh = await openPortal()
  await fresh.db.client.execute({
    sql: 'update accounts set suspended_at = 1 where id = ?',
    args: [northwind.accountId],
  })
  await warnOfEnds(at(on(0), fresh))
  expect(await fresh.db.rows('select account_id from warnings')).toEqual([{ account_id: acme.accountId }])
})

test('a warning that is written already is not sent where warnings are unsubscribed meanwhile', async () => {
  await onlyAdas(addDays(today, 7))
  await warnOfEnds(at(on(0)))
  await portal.db.client.execute("update accounts set warning_leads = '[]'")
  await runDue(at(on(0, '09:08:00')), everyMinute)
  expect(lettersTo(ada.email)).toEqual([])
  expect(await portal.db.rows("select 1 from outbox where template = 'expiry-warning'")).toEqual([])
})

test('nobody below a suspended seller gets reports, digests or warnings by the clock, until it is resumed', async () => {
  const told = () =>
    portal.deps.letters.filter(({ to }) => to === tailspin.email).map(({ subject }) => subject.replace(/\d.*/, ''))
  await portal.db.client.execute(`update supports set ends_on = '${addDays(today, 3 + 7)}'`)
  await portal.db.client.execute(
    `update reports set account_id = '${tailspin.accountId}', next_due_at = 0, active = 1, time_zone = 'UTC' where id = 'rep_00-northwind'`,
  )
  await portal.db.client.execute(
    `update report_recipients set email = '${tailspin.email}', email_key = '${tailspin.email}' where email = '${northwind.email}'`,
  )
  const suspend = (when: number | null) =>
    portal.db.client.execute({
      sql: 'update accounts set suspended_at = ? where id = ?',
      args: [when, northwind.accountId],
    })
  await suspend(1)
  const run = async () => {
    await sendDigests(at(on(3)))
    await warn(3)
  }
  await run()
  expect(told()).toEqual([])
  await suspend(null)
  await portal.db.client.execute('delete from clock_days')
  await run()
  expect(told().toSorted()).toEqual(['', 'Support ends by ', 'Support of '])
})

test('a warning of what was deleted before its letter left is not sent', async () => {
  await warnOfEnds(at(on(0)))
  const [{ license }] = (await portal.db.rows('select license_id as license from warnings limit 1')) as [
    { license: string },
  ]
  await portal.db.client.batch(
    [
      { sql: 'delete from activations where license_id = ?', args: [license] },
      { sql: 'delete from licenses where id = ?', args: [license] },
    ],
    'write',
  )
  await runDue(at(on(0, '09:08:00')), everyMinute)
  expect(lettersTo(northwind.email)).toEqual([])
  expect(await portal.db.rows("select 1 from outbox where template = 'expiry-warning'")).toEqual([])
})

test('one click ends the warnings without a sign-in; the link shows what it does and brings them back (RFC 8058)', async () => {
  await warn(0)
  const url = lettersTo(northwind.email)[0]?.headers?.['List-Unsubscribe']?.slice(1, -1) ?? ''
  const leads = async () =>
    (await portal.db.rows('select warning_leads as leads from accounts where id = ?', northwind.accountId))[0]?.leads
  const reader = portal.browser()
  const page = await reader.open(new URL(url).pathname)
  expect(page.text).toContain('Get no more warnings of ends?')
  expect(await leads()).toBe('[30,7,0,-14]')
  const click = () =>
    portal.app.request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
  expect([(await click()).status, (await click()).status, await leads()]).toEqual([200, 200, '[]'])
  const back = await reader.submit(await reader.open(new URL(url).pathname), 'main form')
  expect([back.text, await leads()]).toEqual([expect.stringContaining('You get warnings of ends'), '[30,7,0,-14]'])
  expect((await reader.open(`${new URL(url).pathname.slice(0, -2)}xx`)).status).toBe(400)
  const ofAnother = new URL(url).pathname.replace('acc_00-northwind', 'acc_00-acme')
  expect((await reader.open(ofAnother)).status).toBe(400)
  const partner = portal.browser()
  await signIn(partner, 'northwind', 'portico-demo')
  expect((await partner.open('/events')).text).toContain('Warnings changed')
})
