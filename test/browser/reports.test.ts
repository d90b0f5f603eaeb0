import { text as textOf } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword, northwind } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { enter, overflow, type Visitor, visit, ways } from '../support/browser.ts'
import { type ServedPortal, servePortal } from '../support/served-portal.ts'

let portal: ServedPortal
beforeAll(async () => {
  portal = await servePortal()
})
afterAll(() => portal.close())

let visitor: Visitor
afterEach(() => visitor.leave())

/** The last letter to an address, once what was begun has ended. */
async function lastLetterTo(address: string) {
  await runDue(portal.deps, '* * * * *')
  await portal.deps.settled()
  return portal.deps.letters.findLast(({ to }) => to === address)
}

describe.each(ways)('$name', (way) => {
  const outside = `ops-${way.index}@elsewhere.example`

  test('a report is added, mended, seen, saved, paused and removed; who is asked says yes, and later no (R271 R272 R273)', async () => {
    visitor = await visit(way, { baseURL: portal.origin })
    const { page, context } = visitor
    await enter(context, northwind.login, demoPassword, portal.origin)
    await page.goto('/reports')
    await page.getByRole('link', { name: 'Add config' }).click()
    await page.getByLabel('Emails').fill(`${northwind.email}\n${outside}`)
    await page.getByLabel('Time zone').fill('Nowhere/At all')
    await page.getByRole('button', { name: 'Add report' }).click()
    await page.locator('#error-summary').waitFor()
    expect(await page.getByLabel('Emails').inputValue()).toContain(outside)
    await page.getByLabel('Time zone').fill('Africa/Cairo')
    await page.getByRole('button', { name: 'Add report' }).click()
    await page.getByText('every Monday at 08:00, Africa/Cairo').waitFor()
    expect(await overflow(page)).toBe(0)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ])
    expect(await textOf(await download.createReadStream())).toContain('Serial number')
    const [printed] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download PDF' }).click(),
    ])
    expect((await textOf(await printed.createReadStream())).slice(0, 5)).toBe('%PDF-')
    await page.getByRole('button', { name: /^On: pause/ }).click()
    await page.getByText('Report paused').waitFor()

    const asked = await lastLetterTo(outside)
    const link = /https?:\S+\/links\/\S+/.exec(asked?.text ?? '')?.[0] ?? ''
    await page.goto(link)
    await page.getByRole('button', { name: 'Get this report' }).click()
    await page.getByRole('heading', { name: 'You get this report' }).waitFor()
    await page.goto(link)
    await page.getByRole('button', { name: 'Unsubscribe' }).click()
    await page.getByRole('heading', { name: 'Unsubscribed' }).waitFor()

    await page.goto('/reports?sort=active')
    await page.getByRole('row').filter({ hasText: outside }).getByRole('checkbox').check()
    await page.locator('#bulk').getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('heading', { name: 'Remove 1 report?' }).waitFor()
    await page.getByRole('button', { name: 'Remove 1 report' }).click()
    await page.getByText('Reports removed').waitFor()
    expect(await page.getByText(outside).count()).toBe(0)
  })
})
