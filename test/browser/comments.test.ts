import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { idOf } from '#dev/world/ids.ts'
import { contoso } from '#dev/world/people.ts'
import { isMarked, mark, type Visitor, visitAs, ways } from '../support/browser.ts'

let visitor: Visitor
afterEach(() => visitor.leave())

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName)

describe.each(ways)('$name', (way) => {
  // Of the newest licenses, which the list shows first, each way of looking edits its own.
  const id = idOf('license', `contoso-${214 - way.index}`)
  const path = `/licenses/${id}/comment`
  const cell = (page: Page) => page.locator(`#comment-${id}`)
  const edit = (page: Page) => cell(page).getByRole('link', { name: /^Edit comment of/ })

  test('a comment is edited, in its cell where scripts run, else on a page of its own (R42 R48 R330)', async () => {
    visitor = await visitAs(contoso, way)
    const { page } = visitor
    await page.goto('/')
    if (way.js) await mark(page)
    await edit(page).click()
    const field = page.getByRole('textbox', { name: 'Comment' })
    await field.waitFor()
    expect(new URL(page.url()).pathname).toBe(way.js ? '/' : path)
    if (way.js) await expect.poll(() => focused(page)).toBe('TEXTAREA')
    await field.fill(`Réception 😀 <b>left</b> ${way.index}`)
    await page.getByRole('button', { name: 'Save' }).click()
    if (way.js) {
      await cell(page).locator('bdi').getByText(`Réception 😀 <b>left</b> ${way.index}`).waitFor()
      await expect.poll(() => focused(page)).toMatch(/^Edit comment of/)
      expect(new URL(page.url()).pathname).toBe('/')
      expect(await isMarked(page)).toBe(true)
    } else {
      await page.getByText('Comment saved.').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/licenses/${id}`)
    }
    await page.goto('/')
    expect(await cell(page).locator('bdi').textContent()).toBe(`Réception 😀 <b>left</b> ${way.index}`)
  })

  test('Cancel leaves the comment as it was (R42 R330)', async () => {
    visitor = await visitAs(contoso, way)
    const { page } = visitor
    await page.goto('/')
    const before = await cell(page).textContent()
    await edit(page).click()
    await page.getByRole('textbox', { name: 'Comment' }).fill('never mind')
    await page.getByRole('link', { name: 'Cancel' }).click()
    if (way.js) {
      await edit(page).waitFor()
      await expect.poll(() => focused(page)).toMatch(/^Edit comment of/)
    } else await page.waitForURL(`**/licenses/${id}`)
    expect(await page.getByText('never mind').count()).toBe(0)
    await page.goto('/')
    expect(await cell(page).textContent()).toBe(before)
  })

  test('who edits a comment that somebody changed meanwhile is told, keeps the text, and may save it (R42 R330)', async () => {
    visitor = await visitAs(contoso, way)
    const { page, context } = visitor
    await page.goto('/')
    await edit(page).click()
    const field = page.getByRole('textbox', { name: 'Comment' })
    await field.fill('mine')
    const other = await context.newPage()
    await other.goto(path)
    await other.getByRole('textbox', { name: 'Comment' }).fill('theirs')
    await other.getByRole('button', { name: 'Save' }).click()
    await other.waitForURL(`**/licenses/${id}`)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('It says now: theirs').waitFor()
    expect(await field.inputValue()).toBe('mine')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    const described = (await field.getAttribute('aria-describedby')) as string
    expect(await page.locator(`[id="${described}"]`).textContent()).toContain('Somebody changed this comment')
    if (way.js) await expect.poll(() => focused(page)).toBe('TEXTAREA')
    await page.getByRole('button', { name: 'Save' }).click()
    await (way.js ? cell(page).locator('bdi').getByText('mine') : page.getByText('Comment saved.')).waitFor()
    await page.goto('/')
    expect(await cell(page).locator('bdi').textContent()).toBe('mine')
  })

  test('a comment that is too long comes back with what was typed and what to do (R42 R330)', async () => {
    visitor = await visitAs(contoso, way)
    const { page } = visitor
    await page.goto('/')
    await edit(page).click()
    const field = page.getByRole('textbox', { name: 'Comment' })
    await field.fill('😀'.repeat(501))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('[aria-invalid=true]').waitFor()
    expect(await field.inputValue()).toBe('😀'.repeat(501))
    expect(await page.locator('.bad', { hasText: '500' }).count()).toBeGreaterThan(0)
    expect(await page.locator('#error-summary').count()).toBe(way.js ? 0 : 1)
  })
})
