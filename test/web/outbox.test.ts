import { beforeEach, expect, test } from 'vitest'
import { lostLetter } from '#dev/world/letters.ts'
import { acme } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'
import { submitTogether } from '../support/race.ts'

let portal: Portal
let browser: Browser

beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, acme.login, 'portico-demo')
  await portal.deps.settled()
})

const stateOf = async (id: string) => (await portal.db.rows('select state, attempts from outbox where id = ?', id))[0]

test('the vendor finds a letter that was given up, with what the provider said, and nothing of what it says', async () => {
  const list = await browser.open('/admin/outbox?state=dead')
  const page = await browser.follow(list, 'Password changed')
  expect(page.text).toContain('Given up, 28 attempts')
  expect(page.text).toContain('422 The domain fourthcofee.example does not exist')
  expect(page.html).not.toContain('203.0.113.9')
})

test('jobs and outbox say when mail itself is broken: what waits too long, and what was given up; the log says it too', async () => {
  const deps = { ...portal.deps, mailer: { send: async () => ({ outcome: 'again', error: 'no route' }) as const } }
  await portal.db.client.execute("delete from outbox where state = 'dead'")
  await runDue(deps, '* * * * *')
  const said = async (path: string) => (await browser.open(path)).text
  for (const path of ['/admin/outbox', '/admin/jobs'])
    expect(await said(path)).not.toMatch(/letters? waits? for|given up\./)
  const [row] = await portal.db.rows("select count(*) as n from outbox where state = 'pending'")
  const waiting = Number(row?.n)
  portal.deps.clock.forward(16 * 60_000)
  for (const path of ['/admin/outbox', '/admin/jobs'])
    expect(await said(path)).toContain(
      `${waiting} letter${waiting === 1 ? ' waits' : 's wait'} for longer than 15 minutes`,
    )
  portal.deps.clock.forward(25 * 3_600_000)
  await runDue(deps, '* * * * *')
  browser = portal.browser()
  await signIn(browser, acme.login, 'portico-demo')
  const list = await browser.follow(await browser.open('/admin/jobs'), `${waiting} letter`)
  expect(list.url).toBe('/admin/outbox?state=dead')
  expect(list.text).toMatch(new RegExp(`${waiting} letters? (was|were) given up\\.`))
  expect(portal.deps.logs).toContainEqual(
    expect.objectContaining({ level: 'error', message: 'letter not sent', dead: true }),
  )
})

test('a link in a letter opens nothing to whoever looks at the outbox', async () => {
  await portal.browser().open('/password-resets')
  const visitor = portal.browser()
  await visitor.submit(await visitor.open('/password-resets'), 'main form', { identifier: 'northwind' })
  await portal.deps.settled()
  const link = /https:\/\/\S+\/links\/(\S+)/.exec(portal.deps.letters.at(-1)?.text ?? '')?.[1] ?? expect.fail('no link')
  const list = await browser.open('/admin/outbox')
  const page = await browser.follow(list, 'Password link')
  const { data } = await (await portal.call('GET', '/api/v1/outbox', { key: acme.apiKey })).json()
  for (const shown of [list.html, page.html, JSON.stringify(data)]) {
    expect(shown).not.toContain(link)
    expect(shown).not.toContain('lnk_')
  }
})

test('sent again it leaves at once, by the same number, and the trail knows', async () => {
  const page = await browser.open(`/admin/outbox/${lostLetter}`)
  const done = await browser.submit(page, 'form[action$="/resends"]')
  expect(done.text).toContain('Sent')
  expect(portal.deps.letters.at(-1)).toMatchObject({ to: 'jordan@fourthcofee.example', once: lostLetter })
  expect(await stateOf(lostLetter)).toEqual({ state: 'sent', attempts: 1 })
  expect(await portal.db.rows("select actor_name from events where action = 'letter.resent'")).toEqual([
    { actor_name: acme.person },
  ])
  const late = await browser.submit(page, 'form[action$="/resends"]', { request: 'another' })
  expect([late.status, late.text.includes('This letter has left meanwhile')]).toEqual([409, true])
})

test('refused again it is tried for another day, then given up again', async () => {
  const send = async () => ({ outcome: 'again', error: '503 later' }) as const
  portal = await openPortal({ mailer: { send } })
  const key = acme.apiKey
  const answer = await portal.call('POST', `/api/v1/outbox/${lostLetter}/resends`, { key, body: {} })
  expect(await answer.json()).toMatchObject({ state: 'pending', attempts: 1, error: '503 later' })
})

test('five who send it again at once send it once', async () => {
  const path = `/admin/outbox/${lostLetter}/resends`
  const forms = Array.from({ length: 5 }, (_, i) => ({
    cookies: browser.cookies,
    path,
    fields: { request: `again-${i}` },
  }))
  const before = portal.deps.letters.length
  const statuses = await submitTogether(portal, forms)
  expect(statuses.filter((status) => status === 303)).toHaveLength(1)
  expect(statuses.filter((status) => status === 409)).toHaveLength(4)
  expect(portal.deps.letters.length - before).toBe(1)
})
