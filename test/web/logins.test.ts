import { beforeAll, describe, expect, test } from 'vitest'
import { acme, demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { everythingIn } from '../support/doors.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'
import { submitTogether } from '../support/race.ts'

let portal: Portal
let master: Browser

beforeAll(async () => {
  portal = await openPortal()
  master = portal.browser()
  await signIn(master, fabrikam.logins.full.email, demoPassword)
})

const mia = { firstName: 'Mia', lastName: 'Berg', password: 'a horse that reads maps' }
const invite = async (email: string, role = 'servers'): Promise<Page> =>
  master.submit(await master.open('/settings/logins/new'), 'form.form', { email, role })
const letterTo = async (email: string) => {
  await portal.deps.settled()
  return portal.deps.letters.findLast(({ to }) => to === email)
}
const linkTo = async (email: string) => /\/links\/inv_[\w.-]+/.exec((await letterTo(email))?.text ?? '')?.[0] ?? ''
const idOf = async (email: string) =>
  String((await portal.db.rows('select id from logins where email = ?', email))[0]?.id)
const join = async (path: string, more: Partial<typeof mia> = {}): Promise<Page> => {
  const browser = portal.browser()
  return browser.submit(await browser.open(path), 'form', { ...mia, ...more })
}

describe('an invitation', () => {
  test('goes by mail as a one-time link; who follows it chooses a password and signs in, in the role (R260 R261 R262)', async () => {
    const after = await invite('mia@fabrikam.example')
    expect([after.status, after.text.includes('The invitation is on its way')]).toEqual([200, true])
    const letter = await letterTo('mia@fabrikam.example')
    expect(letter?.subject).toBe('Fay Brik invites you to Fabrikam')
    expect(letter?.text).toContain('Server Management Only')
    const path = await linkTo('mia@fabrikam.example')
    const page = await portal.browser().open(path)
    expect(page.text).toContain('Fay Brik invites you in the role Server Management Only')
    expect((await join(path, { password: 'password1', firstName: '' })).status).toBe(422)
    expect((await join(path)).url).toBe('/sign-in')
    const browser = portal.browser()
    await signIn(browser, 'mia@fabrikam.example', mia.password)
    const rows = await portal.db.rows(
      "select role, is_master, name, first_name from logins where email = 'mia@fabrikam.example'",
    )
    expect(rows).toEqual([{ role: 'servers', is_master: 0, name: 'Mia Berg', first_name: 'Mia' }])
    expect((await browser.request('GET', '/orders')).status).toBe(403)
    expect((await master.open('/events?action=login.created')).text).toContain('Mia Berg')
    expect((await join(path).catch((error) => error)).message).toContain('holds no form')
  })

  test('is accepted once, however often it is sent at once (A15)', async () => {
    await invite('race@fabrikam.example')
    const path = await linkTo('race@fabrikam.example')
    const forms = Array.from({ length: 50 }, () => ({ cookies: new Map<string, string>(), path, fields: mia }))
    const statuses = await submitTogether(portal, forms)
    expect(statuses.filter((status) => status === 303)).toHaveLength(1)
    expect(await portal.db.rows("select count(*) as n from logins where email = 'race@fabrikam.example'")).toEqual([
      { n: 1 },
    ])
  })

  test('mailed again opens by the new link alone; withdrawn or too old it opens nothing (R262)', async () => {
    await invite('ida@fabrikam.example')
    const first = await linkTo('ida@fabrikam.example')
    const list = await master.open('/settings/logins')
    const [row] = await portal.db.rows("select id from invitations where email = 'ida@fabrikam.example'")
    const again = await master.submit(list, `form[action="/settings/invitations/${row?.id}/letters"]`)
    expect(again.text).toContain('The invitation is on its way')
    const second = await linkTo('ida@fabrikam.example')
    expect(second).not.toBe(first)
    const opens = async (path: string) => (await portal.browser().open(path)).status
    expect([await opens(first), await opens(second)]).toEqual([400, 200])
    const withdrawn = await master.submit(
      await master.open('/settings/logins'),
      `form[action="/settings/invitations/${row?.id}/withdrawals"]`,
    )
    expect(withdrawn.text).toContain('Invitation withdrawn')
    expect(await opens(second)).toBe(400)
    expect((await master.open('/settings/logins')).text).not.toContain('ida@')
    await invite('old@fabrikam.example')
    const path = await linkTo('old@fabrikam.example')
    portal.deps.clock.forward(7 * 86_400_000 - 1000)
    expect(await opens(path)).toBe(200)
    portal.deps.clock.forward(1000)
    expect(await opens(path)).toBe(400)
    master = portal.browser()
    await signIn(master, fabrikam.logins.full.email, demoPassword)
    expect((await master.open('/settings/logins')).text).toContain('old@fabrikam.example')
    expect((await invite('old@fabrikam.example')).text).toContain('The invitation is on its way')
  })

  test('opens nothing while the account is suspended (A7)', async () => {
    await invite('sue@fabrikam.example')
    const path = await linkTo('sue@fabrikam.example')
    const suspend = (at: number | null) =>
      portal.db.client.execute({
        sql: 'update accounts set suspended_at = ? where id = ?',
        args: [at, fabrikam.accountId],
      })
    await suspend(1)
    expect((await portal.browser().open(path)).status).toBe(400)
    expect((await portal.browser().request('POST', path, new URLSearchParams(mia))).status).toBe(400)
    await suspend(null)
    expect((await portal.browser().open(path)).status).toBe(200)
  })

  test('is neither accepted nor mailed again beyond a hundred logins, and takes its own place (R262)', async () => {
    await invite('full@fabrikam.example')
    const path = await linkTo('full@fabrikam.example')
    const [row] = await portal.db.rows("select id from invitations where email = 'full@fabrikam.example'")
    const fill = (more: number) =>
      portal.db.client.execute({
        sql: `insert into logins (id, account_id, name, email, email_key, role, created_at)
          select 'log_full' || n, ?, 'X', n || '@full.example', n || '@full.example', 'servers', 0 from
          (with recursive s(n) as (select 1 union all select n + 1 from s where n < 200) select n from s) limit
          100 + ? - (select count(*) from logins where account_id = ?) - (select count(*) from invitations
            where account_id = ? and accepted_at is null and withdrawn_at is null and expires_at > ?)`,
        args: [fabrikam.accountId, more, fabrikam.accountId, fabrikam.accountId, portal.deps.now().getTime()],
      })
    const again = async () =>
      master.submit(await master.open('/settings/logins'), `form[action="/settings/invitations/${row?.id}/letters"]`)
    await fill(1)
    const refused = await again()
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('as many logins and invitations')])
    expect((await join(path)).text).toContain('The account has as many logins as it may')
    await portal.db.client.execute(
      "delete from logins where id = (select id from logins where id like 'log_full%' limit 1)",
    )
    expect((await again()).text).toContain('The invitation is on its way')
    expect((await join(await linkTo('full@fabrikam.example'))).url).toBe('/sign-in')
    await portal.db.client.execute("delete from logins where id like 'log_full%' or email = 'full@fabrikam.example'")
  })

  test('tells whoever invites nothing of an e-mail that signs in elsewhere; only its owner reads it (A1)', async () => {
    const before = await invite('nobody@fabrikam.example')
    const known = await invite(northwind.email)
    const unlike = (page: Page, email: string) =>
      page.html.replaceAll(email, 'EMAIL').replace(/req_\w+|inv_\w+|\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '')
    expect([known.status, known.url]).toEqual([before.status, before.url])
    const rowOf = (page: Page, email: string) =>
      unlike(
        {
          ...page,
          html:
            page.dom
              .querySelectorAll('tbody tr')
              .find((row) => row.text.includes(email))
              ?.toString() ?? '',
        },
        email,
      )
    expect(rowOf(known, northwind.email)).toBe(rowOf(before, 'nobody@fabrikam.example'))
    const letter = await letterTo(northwind.email)
    expect(letter?.text).toContain('is the login of another account already')
    expect(letter?.text).not.toContain('/links/')
    const trail = await master.open('/events?action=login.invited')
    expect(trail.text).not.toContain('Northwind')
  })

  test('says at the field when it cannot go out, and what was typed stays', async () => {
    const nonsense = await invite('not an address', 'king')
    expect(nonsense.status).toBe(422)
    expect(nonsense.text).toContain('Write an e-mail address such as')
    expect(nonsense.text).toContain('Choose one of the six roles')
    expect(nonsense.dom.querySelector('#email')?.getAttribute('value')).toBe('not an address')
    expect((await invite(fabrikam.logins.billing.email)).text).toContain('is a login of your account already')
    await invite('once@fabrikam.example')
    expect((await invite('Once@Fabrikam.example')).text).toContain('is invited already')
  })
})

test('one address gets at most five letters an hour, however often it is invited and withdrawn (A4)', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 6; i++) {
    statuses.push((await invite('often@fabrikam.example')).status)
    await portal.db.client.execute("update invitations set withdrawn_at = 1 where email = 'often@fabrikam.example'")
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
})

describe('a role', () => {
  test('that is changed counts from the next request of a session that is open (R261 A7)', async () => {
    const browser = portal.browser()
    await signIn(browser, 'mia@fabrikam.example', mia.password)
    expect((await browser.request('GET', '/orders')).status).toBe(403)
    const change = async (role: string) =>
      master.submit(await master.open(`/settings/logins/${await idOf('mia@fabrikam.example')}`), 'form.form', { role })
    expect((await change('billing')).text).toContain('Role changed')
    expect((await browser.request('GET', '/orders')).status).toBe(200)
    expect((await letterTo('mia@fabrikam.example'))?.subject).toBe('Your role in Fabrikam is now Billing')
    await change('read-servers')
    for (const path of ['/orders', '/orders.csv', '/settings/logins', '/settings/api-keys']) {
      expect([path, (await browser.request('GET', path)).status]).toEqual([path, 403])
    }
    const trail = await master.open('/events?action=login.role-changed')
    expect(trail.text).toContain('Billing')
    expect(trail.text).toContain('Read Only — Server Management')
  })

  test('of an account that is suspended is worth nothing from the next request on (A7)', async () => {
    const browser = portal.browser()
    await signIn(browser, 'mia@fabrikam.example', mia.password)
    expect((await browser.request('GET', '/events')).status).toBe(200)
    const suspend = (at: number | null) =>
      portal.db.client.execute({
        sql: 'update accounts set suspended_at = ? where id = ?',
        args: [at, fabrikam.accountId],
      })
    await suspend(1)
    expect((await browser.request('GET', '/events')).status).toBe(403)
    await suspend(null)
  })

  test('of the master login stays: neither lowered nor removed, not even behind the page (R263)', async () => {
    const page = await master.open(`/settings/logins/${fabrikam.logins.full.loginId}`)
    expect(page.text).toContain('This is the master login')
    expect(page.dom.querySelectorAll('main form')).toHaveLength(0)
    const path = `/settings/logins/${fabrikam.logins.full.loginId}`
    for (const [to, fields] of [
      [path, { role: 'billing', version: '1' }],
      [`${path}/removals`, { version: '1' }],
    ] as const) {
      expect((await master.request('POST', to, new URLSearchParams(fields))).status).toBe(409)
    }
    const [row] = await portal.db.rows('select role, is_master from logins where id = ?', fabrikam.logins.full.loginId)
    expect(row).toEqual({ role: 'full', is_master: 1 })
  })

  test('changed by two at once is changed by one; the other is told (R324)', async () => {
    const id = await idOf('race@fabrikam.example')
    const other = portal.browser()
    await signIn(other, fabrikam.logins.full.email, demoPassword)
    const [row] = await portal.db.rows('select version from logins where id = ?', id)
    const fields = { version: String(row?.version), role: 'billing' }
    const path = `/settings/logins/${id}`
    const forms = [
      { cookies: master.cookies, path, fields: { ...fields, request: 'req_first-000000000' } },
      { cookies: other.cookies, path: `${path}/removals`, fields },
    ]
    // Whoever is late reads that it changed, or that it is gone.
    expect((await submitTogether(portal, forms)).toSorted()).toEqual([303, 404])
  })
})

test('the last full access holds when two masters act at once: no order of both leaves an account without (R263 R324)', async () => {
  await portal.db.client.execute("update logins set role = 'full' where email = 'mia@fabrikam.example'")
  const full = await portal.db.rows(
    "select id, version, is_master from logins where account_id = ? and role = 'full'",
    fabrikam.accountId,
  )
  expect(full.length).toBeGreaterThan(1)
  const other = portal.browser()
  await signIn(other, fabrikam.logins.full.email, demoPassword)
  const forms = full.flatMap(({ id, version }) =>
    [master, other].map(({ cookies }, i) => ({
      ...{ cookies, path: `/settings/logins/${id}${i === 0 ? '' : '/removals'}` },
      fields: { role: 'read-servers', version: String(version) },
    })),
  )
  await submitTogether(portal, forms)
  const left = await portal.db.rows(
    "select is_master from logins where account_id = ? and role = 'full'",
    fabrikam.accountId,
  )
  expect(left).toEqual([{ is_master: 1 }])
})

test('a login that is removed is signed out at once, gets a letter, and can be invited anew; its acts stay in the trail', async () => {
  const browser = portal.browser()
  const { email, loginId, name } = fabrikam.logins['read-servers']
  await signIn(browser, email, demoPassword)
  const page = await master.open(`/settings/logins/${loginId}`)
  expect(page.text).toContain('signed out everywhere')
  expect((await master.submit(page, 'form[action$="/removals"]')).text).toContain('Login removed')
  expect((await browser.request('GET', '/events')).status).toBe(303)
  expect((await letterTo(email))?.subject).toBe('Your login to Fabrikam was removed')
  expect((await master.open(`/events?actor=${loginId}`)).text).toContain(name)
  expect((await invite(email)).text).toContain('The invitation is on its way')
  expect(await linkTo(email)).toMatch(/^\/links\/inv_/)
})

test('reports follow a login: what a new role does not read is not mailed to it, and a removed login gets none (R263 R271)', async () => {
  const email = 'rina@fabrikam.example'
  await invite(email, 'full')
  await join(await linkTo(email))
  const report = {
    ...{ frequency: 'daily', timeZone: 'UTC', leadDays: '60', sendsEmpty: 'true' },
    emails: `${email}\n${fabrikam.logins.full.email}`,
  }
  for (const kind of ['costs', 'stale-computers'])
    await master.submit(await master.open('/reports/new'), 'main form.form', { ...report, kind })
  const told = async () => {
    const before = portal.deps.letters.length
    await portal.db.client.execute("update reports set active = 1, next_due_at = 0 where frequency = 'daily'")
    await portal.db.client.execute('delete from report_runs')
    await portal.db.client.execute("delete from outbox where template = 'report'")
    await runDue(portal.deps, '* * * * *')
    const ofLogin = portal.deps.letters
      .slice(before)
      .filter(({ to, subject }) => to === email && /^(Costs|Stale)/.test(subject))
    return ofLogin.map(({ subject }) => subject.replace(/ as of .*/, '')).toSorted()
  }
  expect(await told()).toEqual(['Costs', 'Stale computers'])
  const page = await master.open(`/settings/logins/${await idOf(email)}`)
  await master.submit(page, 'form:has([name="role"])', { role: 'servers' })
  expect(await told()).toEqual(['Stale computers'])
  await master.submit(await master.open(page.url), 'form[action$="/removals"]')
  expect(await told()).toEqual([])
  expect((await master.open('/reports')).text).not.toContain(email)
})

test('no token of an invitation is kept, and none is logged (Decision 15)', async () => {
  const path = await linkTo('once@fabrikam.example')
  const secret = path.slice(path.lastIndexOf('.') + 1)
  expect(secret.length).toBeGreaterThan(30)
  expect(await everythingIn(portal.db)).not.toContain(secret)
  expect(JSON.stringify(portal.deps.logs)).not.toContain(secret)
})

test('the vendor does not see the logins of accounts below (T5)', async () => {
  const vendor = portal.browser()
  await signIn(vendor, acme.login, demoPassword)
  expect((await vendor.open('/settings/logins')).text).not.toContain('fabrikam.example')
})

describe('the matrix of roles', () => {
  test('shows the fourteen permissions of six roles in words, cell by cell, and whose role one has (R270)', async () => {
    const browser = portal.browser()
    await signIn(browser, fabrikam.logins.billing.email, demoPassword)
    const page = await browser.open('/settings/roles')
    const rows = page.dom.querySelectorAll('tbody tr')
    expect(rows).toHaveLength(14)
    const cells = rows.map((row) =>
      row
        .querySelectorAll('td')
        .map((cell) => (cell.text.includes('Yes') ? 'Y' : 'n'))
        .join(''),
    )
    const count = (column: number) => cells.filter((row) => row[column] === 'Y').length
    expect([0, 1, 2, 3, 4, 5].map(count)).toEqual([14, 9, 6, 5, 5, 3])
    expect(page.text).toContain('yours is Billing')
    expect(page.dom.querySelectorAll('thead th[scope=col]')).toHaveLength(7)
    expect(page.dom.querySelectorAll('tbody th[scope=row]')).toHaveLength(14)
  })
})
