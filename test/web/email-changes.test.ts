import { beforeEach, describe, expect, test } from 'vitest'
import { ada, demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'
import { racingApp } from '../support/race.ts'

const { billing, full, servers } = fabrikam.logins
const wanted = 'accounts@fabrikam.example'
let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, billing.email, demoPassword)
})

const form = 'form[action="/settings/email"]'
const ask = async (email = wanted, one = browser): Promise<Page> =>
  one.submit(await one.open('/settings/email'), form, { email })
const lettersTo = (email: string) => portal.deps.letters.filter(({ to }) => to === email)
async function linkTo(email: string): Promise<string> {
  await portal.deps.settled()
  return /\/links\/emc_[\w.-]+/.exec(lettersTo(email).at(-1)?.text ?? '')?.[0] ?? expect.fail(`no link to ${email}`)
}
/** Follows the mailed link in a browser that is not signed in. */
async function follow(email: string, answer = 'confirmed'): Promise<Page> {
  const one = portal.browser()
  const page = await one.open(await linkTo(email))
  return one.submit(page, `form:has([value="${answer}"])`)
}
const emailOf = async (loginId: string) =>
  (await portal.db.rows('select email from logins where id = ?', loginId))[0]?.email
const trail = (loginId: string) =>
  portal.db.rows(
    "select action, actor_name, before, after from events where subject_id = ? and action like 'login.email%' order by n",
    loginId,
  )

describe('a change of the e-mail (R250 R319)', () => {
  test('takes along the reports that go there, each once (R271)', async () => {
    const admin = portal.browser()
    await signIn(admin, full.email, demoPassword)
    const add = async (emails: string) =>
      admin.submit(await admin.open('/reports/new'), 'main form.form', { timeZone: 'UTC', emails })
    const [one, both] = [await add(billing.email), await add(`${billing.email}\n${wanted}`)]
    await ask()
    await follow(wanted)
    await follow(billing.email)
    const emailsOf = async ({ url }: Page) =>
      (await admin.open(`${url}/edit`)).dom.querySelector('#emails')?.textContent.trim()
    expect([await emailsOf(one), await emailsOf(both)]).toEqual([wanted, wanted])
  })

  test('is confirmed at both addresses, in either order, and tells both and the trail', async () => {
    const asked = await ask()
    expect(asked.text).toContain('Two letters are on their way')
    expect(asked.text).toMatch(/billing@fabrikam.example: waits for its link.*accounts@fabrikam.example: waits/s)
    const waiting = await follow(wanted)
    expect(waiting.text).toContain('You confirmed it')
    expect(await emailOf(billing.loginId)).toBe(billing.email)
    expect((await browser.open('/settings/email')).text).toContain('accounts@fabrikam.example: confirmed')
    const done = await follow(billing.email)
    expect([done.url, done.text]).toEqual(['/sign-in?next=%2Fsettings%2Femail', expect.stringContaining('is changed')])
    expect(await emailOf(billing.loginId)).toBe(wanted)
    await portal.deps.settled()
    for (const email of [billing.email, wanted])
      expect(lettersTo(email).at(-1)?.subject).toBe('Your e-mail was changed')
    expect((await browser.open('/settings/email')).text).toContain(`E-mail: ${wanted}`)
    expect((await signIn(portal.browser(), wanted, demoPassword)).html).toContain(billing.name)
    await expect(signIn(portal.browser(), billing.email, demoPassword)).rejects.toThrow()
    const lines = await trail(billing.loginId)
    expect(lines.map(({ action }) => action)).toEqual([
      'login.email-change-asked',
      'login.email-confirmed',
      'login.email-confirmed',
      'login.email-changed',
    ])
    expect(lines.at(-1)).toMatchObject({
      actor_name: billing.name,
      before: JSON.stringify({ email: billing.email }),
      after: JSON.stringify({ email: wanted }),
    })
  })

  test('opening a link changes nothing, a link confirmed twice counts once, and afterwards it opens nothing', async () => {
    await ask()
    const link = await linkTo(billing.email)
    for (let i = 0; i < 3; i++) await portal.browser().open(link)
    expect((await trail(billing.loginId)).map(({ action }) => action)).toEqual(['login.email-change-asked'])
    await follow(billing.email)
    const again = await browser.request('POST', link, new URLSearchParams({ answer: 'confirmed' }))
    expect([again.status, again.headers.get('location')]).toEqual([303, link])
    expect(await emailOf(billing.loginId)).toBe(billing.email)
    const other = await linkTo(wanted)
    await follow(wanted)
    expect((await browser.open(link)).status).toBe(400)
    expect((await browser.open(other)).status).toBe(400)
  })

  test('is stopped from the old address, and then neither link opens anything', async () => {
    await ask()
    const other = await linkTo(wanted)
    await follow(wanted)
    const stopped = await follow(billing.email, 'stopped')
    expect(stopped.text).toContain('The e-mail stays as it is')
    expect((await browser.open(other)).status).toBe(400)
    expect((await browser.open(await linkTo(billing.email))).status).toBe(400)
    expect(await emailOf(billing.loginId)).toBe(billing.email)
    expect((await trail(billing.loginId)).at(-1)?.action).toBe('login.email-change-stopped')
  })

  test('the new address cannot stop it, and the token of one side never passes as the other', async () => {
    await ask()
    const link = await linkTo(wanted)
    expect((await browser.open(link)).html).not.toContain('value="stopped"')
    expect((await browser.request('POST', link, new URLSearchParams({ answer: 'stopped' }))).status).toBe(404)
    const [row] = await portal.db.rows('select id from email_changes where new_email = ?', wanted)
    const forged = await portal.deps.secrets.tokenFor('email-change', String(row?.id))
    expect((await browser.open(`/links/${forged}`)).status).toBe(400)
  })

  test('is stopped by whoever asked; asking again stops the one before', async () => {
    await ask()
    const first = await linkTo(wanted)
    await ask('money@fabrikam.example')
    expect((await browser.open(first)).status).toBe(400)
    const page = await browser.open('/settings/email')
    const stopped = await browser.submit(page, 'form[action$="/stops"]')
    expect(stopped.text).toContain('Stopped: the e-mail stays as it is')
    expect(stopped.html).not.toContain('money@fabrikam.example')
    expect((await browser.open(await linkTo('money@fabrikam.example'))).status).toBe(400)
  })

  test('ends after a day, and is forgotten by the clock much later', async () => {
    await ask()
    const link = await linkTo(wanted)
    portal.deps.clock.forward(24 * 3_600_000)
    expect((await browser.open(link)).status).toBe(400)
    portal.deps.clock.forward(91 * 86_400_000)
    await runDue(portal.deps, '17 * * * *')
    expect(await portal.db.rows('select 1 from email_changes')).toEqual([])
  })

  test('asks for a proof again a quarter of an hour after sign-in, and then goes on', async () => {
    portal.deps.clock.forward(16 * 60_000)
    const asked = await ask()
    expect([asked.status, asked.text]).toEqual([403, expect.stringContaining('Is it you?')])
    expect(await portal.db.rows('select 1 from email_changes where login_id = ?', billing.loginId)).toEqual([])
    const done = await browser.submit(asked, form, { again: demoPassword })
    expect(done.text).toContain('Two letters are on their way')
  })

  test.each([
    ['nothing', ''],
    ['no e-mail', 'accounts'],
    ['two in one', 'a@fabrikam.example, b@fabrikam.example'],
    ['the same', 'BILLING@Fabrikam.example'],
  ])('%s is refused at the field, and what was typed stays', async (_what, email) => {
    const page = await ask(email)
    expect([page.status, page.dom.querySelector('[role="alert"] a')?.getAttribute('href')]).toEqual([422, '#email'])
    expect(page.dom.querySelector('#email')?.getAttribute('value')).toBe(email)
  })

  test('to an e-mail that is a login looks the same, and only its owner is told, by letter (A1 A2)', async () => {
    const [free, taken] = [await ask(), await ask(northwind.email)]
    const same = ({ text }: Page) => text.replaceAll(wanted, 'X').replaceAll(northwind.email, 'X')
    expect([taken.status, same(taken)]).toEqual([free.status, same(free)])
    await portal.deps.settled()
    expect(lettersTo(northwind.email).at(-1)?.subject).toBe('Your e-mail is in use already')
    expect(lettersTo(northwind.email).at(-1)?.text).not.toContain('/links/')
  })

  test('to an e-mail that became a login meanwhile changes nothing, and says so', async () => {
    await ask()
    await follow(wanted)
    await portal.db.client.execute({
      sql: 'update logins set email = ?1, email_key = ?1 where id = ?2',
      args: [wanted, fabrikam.logins['read-billing'].loginId],
    })
    const page = await follow(billing.email)
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('Nothing was changed')])
    expect(await emailOf(billing.loginId)).toBe(billing.email)
  })

  test('when both addresses confirm at once, and each many times, it is made once', async () => {
    await ask()
    const links = [await linkTo(wanted), await linkTo(billing.email)]
    const app = racingApp(portal, 20)
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://portal.acme.example' }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        app.request(`https://portal.acme.example${links[i % 2]}`, {
          method: 'POST',
          headers,
          body: 'answer=confirmed',
        }),
      ),
    )
    expect(answers.filter(({ status }) => status !== 303 && status !== 400)).toEqual([])
    expect(await emailOf(billing.loginId)).toBe(wanted)
    const actions = (await trail(billing.loginId)).map(({ action }) => action)
    expect(actions.filter((action) => action === 'login.email-changed')).toHaveLength(1)
    expect(actions.filter((action) => action === 'login.email-confirmed')).toHaveLength(2)
  })

  test('asked for by one form sent twice it is one change with two letters; more than five an hour are refused', async () => {
    const page = await browser.open('/settings/email')
    for (let i = 0; i < 2; i++) await browser.submit(page, form, { email: wanted })
    await portal.deps.settled()
    const asking = lettersTo(billing.email).filter(({ subject }) => subject.startsWith('Change your e-mail'))
    expect([lettersTo(wanted).length, asking.length]).toEqual([1, 1])
    for (let i = 0; i < 4; i++) await ask(`a${i}@fabrikam.example`)
    const refused = await ask()
    expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('Wait an hour')])
  })

  test('uses up what else was mailed to the old address', async () => {
    const stranger = portal.browser()
    await stranger.submit(await stranger.open('/password-resets'), 'main form', { identifier: billing.email })
    await portal.deps.settled()
    const reset = /\/links\/lnk_[\w.-]+/.exec(lettersTo(billing.email).at(-1)?.text ?? '')?.[0] ?? ''
    expect((await stranger.open(reset)).status).toBe(200)
    await ask()
    await follow(wanted)
    await follow(billing.email)
    expect((await stranger.open(reset)).status).toBe(400)
  })

  test('of a login that is removed meanwhile opens nothing', async () => {
    await ask()
    const link = await linkTo(wanted)
    await portal.db.client.execute({ sql: 'delete from logins where id = ?', args: [billing.loginId] })
    expect((await browser.open(link)).status).toBe(400)
  })
})

describe('the e-mail of an account', () => {
  test('moves along with that of its master login, which had the same', async () => {
    const master = portal.browser()
    await signIn(master, full.email, demoPassword)
    expect((await master.open('/settings/email')).text).toContain('letters to your account go there')
    await ask('boss@fabrikam.example', master)
    await follow(full.email)
    await follow('boss@fabrikam.example')
    const [account] = await portal.db.rows('select email, email_key from accounts where id = ?', fabrikam.accountId)
    expect(account).toEqual({ email: 'boss@fabrikam.example', email_key: 'boss@fabrikam.example' })
    const [event] = await portal.db.rows(
      "select before, after from events where action = 'account.edited' order by n desc",
    )
    expect(event).toEqual({ before: `{"email":"${full.email}"}`, after: '{"email":"boss@fabrikam.example"}' })
  })

  test('moves away from a link that was mailed to the old one to sign in as the customer', async () => {
    await portal.db.client.execute({
      sql: `insert into logins (id, account_id, name, email, email_key, role, is_master, password_hash, created_at)
        select 'log_ada', ?, 'Ada', ?, ?, 'full', 1, password_hash, 0 from logins where id = ?`,
      args: [ada.accountId, ada.email, ada.email, northwind.loginId],
    })
    const stranger = portal.browser()
    const step = await stranger.submit(await stranger.open('/sign-in'), 'form', { identifier: ada.email })
    await stranger.submit(step, 'form[action="/sign-in/links"]')
    await portal.deps.settled()
    const link = /\/links\/lnk_[\w.-]+/.exec(lettersTo(ada.email).at(-1)?.text ?? '')?.[0] ?? ''
    expect((await stranger.open(link)).status).toBe(200)
    const master = portal.browser()
    await signIn(master, ada.email, demoPassword)
    await ask('ada@new.example', master)
    await follow(ada.email)
    await follow('ada@new.example')
    expect((await stranger.open(link)).status).toBe(400)
  })

  test('does not move to that of another customer of the shop: only that customer is told', async () => {
    const master = portal.browser()
    await signIn(master, full.email, demoPassword)
    await ask(ada.email, master)
    await portal.deps.settled()
    expect(lettersTo(ada.email).at(-1)?.subject).toBe('Your e-mail is in use already')
  })
})

describe('the changes of others', () => {
  test('are seen and stopped by the master login alone', async () => {
    const [row] = await portal.db.rows('select id from email_changes where login_id = ?', servers.loginId)
    const stop = `/settings/email-changes/${row?.id}/stops`
    expect((await browser.request('POST', stop)).status).toBe(404)
    const master = portal.browser()
    await signIn(master, full.email, demoPassword)
    const page = await master.open(`/settings/logins/${servers.loginId}`)
    expect(page.text).toContain('moves to racks@fabrikam.example once both addresses confirmed it')
    const stopped = await master.submit(page, `form[action="${stop}"]`)
    expect([stopped.url, stopped.text.includes('racks@')]).toEqual([`/settings/logins/${servers.loginId}`, false])
  })

  test('are listed and stopped by a script that acts as it', async () => {
    const list = await portal.call('GET', '/api/v1/email-changes', { key: fabrikam.apiKey })
    expect(await list.json()).toMatchObject({
      data: [{ id: 'emc_00-fabrikam-servers', loginName: servers.name, newEmail: 'racks@fabrikam.example' }],
      nextCursor: null,
    })
    const stop = () => portal.call('DELETE', '/api/v1/email-changes/emc_00-fabrikam-servers', { key: fabrikam.apiKey })
    expect((await stop()).status).toBe(204)
    expect((await stop()).status).toBe(404)
    const other = await portal.call('GET', '/api/v1/email-changes', { key: northwind.apiKey })
    expect(await other.json()).toEqual({ data: [], nextCursor: null })
  })
})
