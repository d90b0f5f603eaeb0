import { beforeEach, describe, expect, test } from 'vitest'
import { ada, fabrikam, northwind } from '#dev/world/people.ts'
import { openPortal, type Portal, signIn, signInAsAda } from '../support/portal.ts'
import { submitTogether } from '../support/race.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const license = `/licenses/${ada.licenses.frontDesk}`
const runs = async () =>
  (await portal.db.rows('select computer_name from licenses where id = ?', ada.licenses.frontDesk))[0]?.computer_name
const releases = () => portal.db.rows('select counts, computer_name from releases')
const budget = (perYear: number | null, cooldown = 0) =>
  portal.db.client.execute(`update products set releases_per_year = ${perYear}, release_cooldown_hours = ${cooldown}`)

async function adasBrowser() {
  const browser = portal.browser()
  await signInAsAda(browser)
  return browser
}

describe('a customer', () => {
  test('R40 R305: sees the budget before it is spent, and releases the computer', async () => {
    await budget(2, 24)
    const browser = await adasBrowser()
    const page = await browser.follow(await browser.open(license), 'Release')
    expect(page.text).toContain(`Release ${ada.computers[0]}?`)
    expect(page.text).toContain('0 of 2 releases of the last 365 days are used; after this one 1 is left')
    expect(page.text).toContain('Between two releases pass at least 24 hours')
    const done = await browser.submit(page, `form[action="${license}/releases"]`)
    expect(done.url).toBe(license)
    expect(done.html).toContain('Computer released. The license is free for another one.')
    expect(done.text).toMatch(/ComputerNot activated/)
    expect(await runs()).toBeNull()
    expect(await releases()).toEqual([{ counts: 1, computer_name: ada.computers[0] }])
  })

  test('R305: beyond the budget is told when the next can be, and may ask the seller once a day', async () => {
    await budget(0)
    const browser = await adasBrowser()
    const page = await browser.open(`${license}/releases/new`)
    expect(page.text).toContain('0 of 0 releases')
    expect(page.dom.querySelector(`form[action="${license}/releases"]`)).toBeNull()
    const form = `form[action="${license}/release-requests"]`
    const asked = await browser.submit(page, form, { reason: 'The laptop was stolen' })
    expect(asked.url).toBe(license)
    expect(asked.text).toContain('Release asked of the seller')
    await portal.deps.settled()
    const letter = portal.deps.letters.at(-1)
    expect(letter).toMatchObject({ to: 'staff@acme.example', subject: `${ada.name} asks for the release of FRONT-01` })
    expect(letter?.text).toMatch(/Reason: The laptop was stolen[\s\S]*\/licenses\/lic_00-ada-front\/releases\/new/)
    const again = await browser.submit(page, form, { reason: 'Please' })
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('The seller was asked today')])
    expect(again.dom.querySelector('#reason')?.text).toBe('Please')
    portal.deps.clock.forward(86_400_000)
    expect((await browser.submit(page, form)).url).toBe(license)
    expect(
      (await browser.submit(page, form, { reason: 'x'.repeat(501) })).dom.querySelector('#reason-error'),
    ).not.toBeNull()
    expect(await runs()).toBe(ada.computers[0])
  })

  test('R305: a budget that was spent meanwhile is told on the page that tried, and releases nothing', async () => {
    const browser = await adasBrowser()
    const page = await browser.open(`${license}/releases/new`)
    await budget(0)
    const refused = await browser.submit(page, `form[action="${license}/releases"]`)
    expect([refused.status, await runs()]).toEqual([409, ada.computers[0]])
    expect(refused.text).toContain('0 of 0 releases of the last 365 days are used, so nothing was released')
    expect(refused.html).toContain('<title>Error: ')
  })

  test('R305: with one left and twenty at once, it is released once and counted once', async () => {
    await budget(1)
    const browser = await adasBrowser()
    const page = await browser.open(`${license}/releases/new`)
    const activation = page.dom.querySelector('input[name=activation]')?.getAttribute('value') ?? ''
    const forms = Array.from({ length: 20 }, (_, i) => ({
      cookies: browser.cookies,
      path: `${license}/releases`,
      fields: { activation, request: `req-${i}` },
    }))
    const statuses = await submitTogether(portal, forms)
    expect(new Set(statuses)).toEqual(new Set([303]))
    expect(await releases()).toHaveLength(1)
    const events = await portal.db.rows("select n from events where action = 'computer.released'")
    expect(events).toHaveLength(1)
  })
})

test('R305: whoever sold the license releases it as they like, uncounted', async () => {
  await budget(0)
  const seller = portal.browser()
  await signIn(seller, 'acme', 'portico-demo')
  const page = await seller.open(`${license}/releases/new`)
  expect(page.text).toContain('You sold this license, so it is not counted')
  await seller.submit(page, `form[action="${license}/releases"]`)
  expect(await releases()).toEqual([{ counts: 0, computer_name: ada.computers[0] }])
})

test('a license that runs nowhere, or is of others, has nothing to release', async () => {
  const browser = await adasBrowser()
  expect((await browser.open(`/licenses/${ada.licenses.spare}/releases/new`)).status).toBe(404)
  const seller = portal.browser()
  await signIn(seller, northwind.login, 'portico-demo')
  expect((await seller.request('GET', `${license}/releases/new`)).status).toBe(404)
})

describe('a lost computer', () => {
  const ask = async (activationKey: string) => {
    const browser = portal.browser()
    const page = await browser.open('/releases/new')
    const said = await browser.submit(page, 'form[action="/releases"]', { activationKey })
    await portal.deps.settled()
    return { browser, said }
  }
  const linkIn = (text: string) => /https:\S+(\/links\/\S+)/.exec(text)?.[1] ?? ''

  test('R304: is released by a link that is mailed to the owner; whoever asks is told the same for any key', async () => {
    const { browser, said } = await ask(ada.activationKey.toLowerCase().replaceAll('-', ' '))
    const other = await ask('AAAA-BBBB-CCCC-DDDD')
    expect(said.text).toBe(other.said.text)
    expect(said.text).toContain('If something runs with this key, a link to release it is on its way to the owner')
    expect(portal.deps.letters.map(({ to, subject }) => [to, subject])).toEqual([[ada.email, 'Release a computer']])
    const page = await browser.open(linkIn(portal.deps.letters[0]?.text ?? ''))
    expect(page.text).toMatch(/FRONT-01 Remote Access.*LAB-7 Advanced Security.*Release all 2/)
    expect(await runs()).toBe('FRONT-01')
    const done = await browser.submit(page, 'form:has(button):nth-of-type(1)')
    expect(done.text).toContain('Released. What you chose is free')
    expect(await runs()).toBeNull()
    expect(await releases()).toEqual([{ counts: 1, computer_name: 'FRONT-01' }])
    expect((await browser.open(page.url)).status).toBe(400)
    const [event] = await portal.db.rows(
      "select actor_name, action from events where action = 'release-link.requested'",
    )
    expect(event).toEqual({ actor_name: ada.name, action: 'release-link.requested' })
  })

  test('R304: all at once, too; a spent budget releases none of them and leaves the link good', async () => {
    const { browser } = await ask(ada.activationKey)
    const url = linkIn(portal.deps.letters[0]?.text ?? '')
    const page = await browser.open(url)
    await budget(0)
    const all = 'form:has(input[value=all])'
    const refused = await browser.submit(page, all)
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('so nothing was released')])
    expect(await releases()).toEqual([])
    await budget(1)
    await browser.submit(page, all)
    expect((await releases()).map((one) => one.computer_name)).toEqual(['FRONT-01', 'LAB-7'])
  })

  test('R304: of a link that is used twenty times at once only one does anything', async () => {
    const { browser } = await ask(ada.activationKey)
    const path = linkIn(portal.deps.letters[0]?.text ?? '')
    const forms = Array.from({ length: 20 }, () => ({ cookies: browser.cookies, path, fields: { activation: 'all' } }))
    const statuses = await submitTogether(portal, forms)
    expect(statuses.filter((one) => one === 303)).toHaveLength(1)
    expect(await releases()).toHaveLength(2)
  })

  test('R304: servers are released by the account’s owner, and one key gets two letters while their links live', async () => {
    for (let i = 0; i < 7; i++) await ask(fabrikam.keys.staging.code)
    const letters = portal.deps.letters.filter(({ subject }) => subject === 'Release a computer')
    expect(letters).toHaveLength(2)
    const [{ email }] = (await portal.db.rows('select email from accounts where id = ?', fabrikam.accountId)) as [
      { email: string },
    ]
    expect(new Set(letters.map(({ to }) => to))).toEqual(new Set([email]))
  })

  test('is linked from sign-in, and an empty form says what is missing', async () => {
    const browser = portal.browser()
    const page = await browser.follow(await browser.open('/sign-in'), 'Lost a computer?')
    const refused = await browser.submit(page, 'form[action="/releases"]')
    expect([refused.status, refused.dom.querySelector('#activationKey-error')?.text]).toEqual([
      422,
      expect.stringContaining('sixteen letters and digits'),
    ])
  })
})
