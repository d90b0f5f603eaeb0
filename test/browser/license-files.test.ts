import { text as textOf } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ada } from '#dev/world/people.ts'
import { requestText } from '#src/domain/license-files/request.ts'
import { type Visitor, visit, visitAs, ways } from '../support/browser.ts'
import { verifyLicenseFile } from '../support/license-verifier.ts'
import { type ServedPortal, servePortal } from '../support/served-portal.ts'

let visitor: Visitor
afterEach(() => visitor.leave())

describe.each(ways)('$name', (way) => {
  let portal: ServedPortal
  beforeAll(async () => {
    portal = await servePortal()
  })
  afterAll(() => portal.close())

  const saved = async (button: string) => {
    const { page } = visitor
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: button, exact: true }).click(),
    ])
    const text = await textOf(await download.createReadStream())
    return {
      name: download.suggestedFilename(),
      ...verifyLicenseFile(text, await portal.deps.licenseKeys.publicKeys()),
    }
  }

  test('the files of a license and of its support are saved (R44 R45 R57)', async () => {
    visitor = await visitAs(ada, way, { baseURL: portal.origin })
    await visitor.page.goto(`/licenses/${ada.licenses.frontDesk}`)
    expect(await saved('Download')).toMatchObject({
      name: expect.stringMatching(/^license-.*\.lic$/),
      data: { type: 'license', product: 'remote-access' },
    })
    await visitor.page.goto('/')
    const view = visitor.page.locator(`a[href="/licenses/${ada.licenses.frontDesk}/support.lic"]`)
    const [download] = await Promise.all([visitor.page.waitForEvent('download'), view.click()])
    expect(download.suggestedFilename()).toMatch(/^support-.*\.lic$/)
  })

  test('a computer without a line is activated with its request, and its file carried back (R312)', async () => {
    visitor = await visitAs(ada, way, { baseURL: portal.origin })
    const { page } = visitor
    await page.goto('/license-files/new')
    const field = page.getByLabel('Request of the software')
    const activate = page.getByRole('button', { name: 'Activate and make the file' })
    await field.fill('please')
    await activate.click()
    await page.locator('#error-summary').getByText('This is no request').waitFor()
    expect(await field.inputValue()).toBe('please')
    const asked = { activationKey: ada.activationKey, product: 'advanced-security', versions: {}, locked: false }
    await field.fill(requestText({ ...asked, fingerprint: 'vault', hostname: 'VAULT-01' }))
    await activate.click()
    await page.getByRole('heading', { name: 'License file for VAULT-01' }).waitFor()
    expect(await saved('Download the file')).toMatchObject({ included: { computer: { fingerprint: 'vault' } } })
    await page.getByRole('link', { name: 'Show as QR code' }).click()
    await page.getByRole('img', { name: 'The license file as a QR code' }).waitFor()
  })

  test('a computer is released with its budget seen first; beyond it the seller is asked (R40 R305)', async () => {
    await portal.db.client.execute('update products set releases_per_year = 1, release_cooldown_hours = 0')
    visitor = await visitAs(ada, way, { baseURL: portal.origin })
    const { page } = visitor
    await page.goto(`/licenses/${ada.licenses.frontDesk}`)
    await page.getByRole('link', { name: /^Release/ }).click()
    await page.getByText('0 of 1 releases of the last 365 days are used; after this one none is left.').waitFor()
    await page.getByRole('button', { name: 'Release the computer' }).click()
    await page.getByText('Computer released. The license is free for another one.').waitFor()
    await portal.db.client.execute('update products set releases_per_year = 0')
    await page.goto(`/licenses/${ada.licenses.lab}/releases/new`)
    await page.getByRole('heading', { name: /cannot be released yet$/ }).waitFor()
    await page.getByLabel('What happened to the computer (optional)').fill('Stolen')
    await page.getByRole('button', { name: /^Ask/ }).click()
    await page.getByText('Release asked of the seller').waitFor()
  })

  test('a lost computer is released by whoever gets the mailed link, signed in or not (R304)', async () => {
    visitor = await visit(way, { baseURL: portal.origin })
    const { page } = visitor
    await page.goto('/releases/new')
    await page.getByLabel('Activation key').fill(ada.activationKey)
    await page.getByRole('button', { name: /link/ }).click()
    await page.getByText('If something runs with this key, a link to release it is on its way').waitFor()
    await portal.deps.settled()
    const link = /https?:\S+\/links\/\S+/.exec(portal.deps.letters.at(-1)?.text ?? '')?.[0]
    await page.goto(link ?? '')
    await page
      .getByRole('button', { name: /^Release/ })
      .first()
      .click()
    await page
      .getByText(/released/i)
      .first()
      .waitFor()
  })
})
