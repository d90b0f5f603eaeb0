import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, expect, inject } from 'vitest'

/** With and without JavaScript, on a phone and on a desk: every flow completes in each of these ways. */
export type Way = { readonly js: boolean; readonly width: 360 | 1280 }

export const ways: readonly (Way & { readonly name: string; readonly index: number })[] = ([true, false] as const)
  .flatMap((js) => ([360, 1280] as const).map((width) => ({ js, width })))
  .map((way, index) => ({ ...way, index, name: `${way.js ? 'with' : 'without'} JavaScript at ${way.width} px` }))

export const desk: Way = { js: true, width: 1280 }
export const phone: Way = { js: true, width: 360 }

let shared: Promise<Browser> | undefined
const browser = () => (shared ??= chromium.connect(inject('chromium')))
afterAll(async () => (await shared)?.close())

/** A person at a browser of their own, and whatever went wrong in it. */
export type Visitor = {
  readonly page: Page
  readonly context: BrowserContext
  /** Console errors, violations of the Content-Security-Policy, dialogs, requests to elsewhere, answers of 500 and more. */
  readonly faults: string[]
  leave(): Promise<void>
}

/** Opens a browser; leaving it fails if anything went wrong in it. */
export async function visit(way: Way, options: BrowserContextOptions = {}): Promise<Visitor> {
  const origin = inject('portal')
  const context = await (await browser()).newContext({
    baseURL: origin,
    viewport: { width: way.width, height: 800 },
    javaScriptEnabled: way.js,
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(5000)
  const faults: string[] = []
  context.on('console', (message) => {
    // A refused form is a fault of who filled it in: Chromium logs it as it logs a missing picture.
    const refused = /^Failed to load resource: .* status of 4\d\d /.test(message.text())
    if (message.type() === 'error' && !refused) faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => faults.push(`script: ${error.error().message}`))
  context.on('dialog', async (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    await dialog.dismiss()
  })
  context.on('request', (request) => {
    const known = request.url().startsWith(`${origin}/`) || request.url().startsWith('data:')
    if (!known) faults.push(`elsewhere: ${request.url()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()}: ${response.url()}`)
  })
  const page = await context.newPage()
  return {
    page,
    context,
    faults,
    async leave() {
      await context.close()
      expect(faults).toEqual([])
    },
  }
}

type Customer = { readonly email: string; readonly orders: readonly string[] }

/** Signs in through the forms behind the pages, without showing them. */
export async function enter(context: BrowserContext, identifier: string, proof: string): Promise<void> {
  const headers = { origin: inject('portal') }
  await context.request.post('/sign-in', { headers, form: { identifier } })
  const answer = await context.request.post('/sign-in/proof', { headers, form: { proof }, maxRedirects: 0 })
  expect([identifier, answer.status()]).toEqual([identifier, 303])
}

/** A browser in which a customer is signed in. */
export async function visitAs(who: Customer, way: Way, options: BrowserContextOptions = {}): Promise<Visitor> {
  const visitor = await visit(way, options)
  await enter(visitor.context, who.email, who.orders[0] as string)
  return visitor
}

/** Marks the document, to tell later whether it is still the same one. */
export const mark = (page: Page) => page.evaluate(() => document.documentElement.setAttribute('data-marked', ''))
export const isMarked = (page: Page) => page.evaluate(() => document.documentElement.hasAttribute('data-marked'))

/** How far the page can be scrolled sideways, in pixels. */
export const overflow = (page: Page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth))
