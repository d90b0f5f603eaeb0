/**
 * Takes pictures of the pages of a portal that it starts: wide and narrow, light and dark.
 *
 *     node dev/screenshots.ts [folder]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { paths } from '#views/paths.ts'
import { launchChromium } from './chromium.ts'
import { startPortal } from './running-portal.ts'
import { smallPng } from './small-png.ts'
import { ada, contoso } from './world/people.ts'

const sizes = { 1280: { width: 1280, height: 800 }, 360: { width: 360, height: 740 } } as const
const schemes = ['light', 'dark'] as const

const pages: Record<string, string> = {
  home: paths.home,
  support: '/?tab=support',
  license: paths.license(ada.licenses.frontDesk),
  comment: paths.licenseComment(ada.licenses.spare),
  orders: paths.orders,
  order: paths.order(ada.orders[0]),
  events: paths.events,
  documentation: paths.documentation,
  api: paths.apiReference,
  nothing: '/?only=trial',
  problem: '/nowhere',
}

async function signIn(page: Page, who: { email: string; orders: readonly string[] }): Promise<void> {
  await page.goto(paths.signIn)
  await page.getByLabel('E-mail address / login').fill(who.email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Order number or password').fill(who.orders[0] as string)
  await page.getByRole('button', { name: 'Login' }).click()
  await page.waitForURL((url) => url.pathname === paths.home)
}

async function picture(browser: Browser, origin: string, folder: string): Promise<void> {
  for (const [name, viewport] of Object.entries(sizes)) {
    for (const colorScheme of schemes) {
      const context = await browser.newContext({ baseURL: origin, viewport, colorScheme })
      const page = await context.newPage()
      const shoot = async (what: string, fullPage = false) =>
        writeFileSync(join(folder, `${what}-${name}-${colorScheme}.png`), smallPng(await page.screenshot({ fullPage })))
      await page.goto(paths.signIn)
      await shoot('sign-in')
      await signIn(page, ada)
      for (const [what, path] of Object.entries(pages)) {
        await page.goto(path)
        await shoot(what)
      }
      await context.clearCookies()
      await signIn(page, contoso)
      await shoot('list', true)
      await context.close()
    }
  }
}

const folder = resolve(process.argv[2] ?? 'pictures')
mkdirSync(folder, { recursive: true })
const portal = await startPortal()
const server = await launchChromium()
try {
  const browser = await chromium.connect(server.wsEndpoint())
  await picture(browser, portal.origin, folder)
  await browser.close()
} finally {
  await server.close()
  await portal.stop()
}
