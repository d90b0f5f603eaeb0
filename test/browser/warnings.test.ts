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

describe.each(ways)('$name', (way) => {
  test('a seller sees what there is to do, chooses when to be warned, and ends the letters by their link (R307 R309)', async () => {
    visitor = await visit(way, { baseURL: portal.origin })
    const { page, context } = visitor
    await enter(context, northwind.login, demoPassword, portal.origin)
    await page.goto('/digests')
    await page.getByRole('heading', { name: /^Renewals to make smaller/ }).waitFor()
    expect(await overflow(page)).toBe(0)
    await page.getByRole('link', { name: 'Choose whether a letter tells it each week' }).click()
    await page.getByRole('heading', { name: 'Warnings' }).waitFor()
    expect(await overflow(page)).toBe(0)
    await page.getByLabel('90 days before').check()
    await page.getByLabel('30 days before').uncheck()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    expect(await page.getByLabel('90 days before').isChecked()).toBe(true)
    expect(await page.getByLabel('30 days before').isChecked()).toBe(false)

    await runDue(portal.deps, '7 * * * *')
    await runDue(portal.deps, '* * * * *')
    await portal.deps.settled()
    const letter = portal.deps.letters.findLast(({ to, subject }) => to === northwind.email && /to do/.test(subject))
    const link = /https?:\S+\/links\/\S+/.exec(letter?.text ?? '')?.[0] ?? ''
    await page.goto(link)
    const gets = await page.getByRole('button', { name: 'Unsubscribe' }).count()
    await page.getByRole('button', { name: gets ? 'Unsubscribe' : 'Get the weekly digest' }).click()
    await page.getByRole('heading', { name: gets ? 'Unsubscribed' : 'You get the weekly digest' }).waitFor()
    await page.goto('/settings/warnings')
    expect(await page.getByLabel(/each Monday/).isChecked()).toBe(!gets)
    await page.getByLabel('90 days before').uncheck()
    await page.getByLabel('30 days before').check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
  })
})
