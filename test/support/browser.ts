import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Dialog,
  type Page,
  type Request,
  type Response,
  type WebError,
} from 'playwright-core'
import { afterAll, expect, inject } from 'vitest'

/** With and without JavaScript, on a phone and on a desk: every flow completes in each of these ways. */
export type Way = { readonly js: boolean; readonly width: 360 | 1280 }

export const ways: readonly (Way & { readonly name: string; readonly index: number })[] = ([true, false] as const)
  .flatMap((js) => ([360, 1280] as const).map((width) => ({ js, width })))
  .map((way, index) => ({ ...way, index, name: `${way.js ? 'with' : 'without'} JavaScript at ${way.width} px` }))

/** For long flows: JavaScript on a desk, none on a phone. */
export const bothWays = ways.filter(({ js, width }) => js === (width === 1280))

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

/** Browsers that visitors with nothing special to them take one after another, so that each has its script already. */
const usual = new Map<string, BrowserContext>()

async function browserOf(way: Way, options: BrowserContextOptions): Promise<BrowserContext> {
  const key = Object.keys(options).length === 0 ? JSON.stringify(way) : undefined
  const known = key && usual.get(key)
  if (known) return known
  const context = await (await browser()).newContext({
    baseURL: inject('portal'),
    viewport: { width: way.width, height: 800 },
    javaScriptEnabled: way.js,
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(5000)
  if (key) usual.set(key, context)
  return context
}

/** Opens a browser without cookies; leaving it fails if anything went wrong in it. */
export async function visit(way: Pick<Way, 'js' | 'width'>, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browserOf({ js: way.js, width: way.width }, options)
  const { faults, stop } = noteFaults(context, options.baseURL ?? inject('portal'))
  const page = await context.newPage()
  return {
    page,
    context,
    faults,
    async leave() {
      for (const one of context.pages()) await one.close()
      stop()
      if ([...usual.values()].includes(context)) await tidy(context)
      else await context.close()
      expect(faults).toEqual([])
    },
  }
}

async function tidy(context: BrowserContext): Promise<void> {
  await Promise.all([
    context.clearCookies(),
    context.clearPermissions(),
    context.unrouteAll({ behavior: 'ignoreErrors' }),
    context.setOffline(false),
  ])
}

/** Notes what goes wrong from now on, until it is told to stop. */
function noteFaults(context: BrowserContext, origin: string) {
  const faults: string[] = []
  const onConsole = (message: ConsoleMessage) => {
    // A refused form is a fault of who filled it in: Chromium logs it as it logs a missing picture.
    const refused = /^Failed to load resource: .* status of 4\d\d /.test(message.text())
    if (message.type() === 'error' && !refused) faults.push(`console: ${message.text()}`)
  }
  const onError = (error: WebError) => void faults.push(`script: ${error.error().message}`)
  const onDialog = async (dialog: Dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    await dialog.dismiss()
  }
  const onRequest = (request: Request) => {
    const known = request.url().startsWith(`${origin}/`) || request.url().startsWith('data:')
    if (!known) faults.push(`elsewhere: ${request.url()}`)
  }
  const onResponse = (response: Response) => {
    if (response.status() >= 500) faults.push(`${response.status()}: ${response.url()}`)
  }
  context.on('console', onConsole).on('weberror', onError).on('dialog', onDialog)
  context.on('request', onRequest).on('response', onResponse)
  const stop = () => {
    context.off('console', onConsole).off('weberror', onError).off('dialog', onDialog)
    context.off('request', onRequest).off('response', onResponse)
  }
  return { faults, stop }
}

type Customer = { readonly email: string; readonly orders: readonly string[] }

/** Signs in through the forms behind the pages, without showing them. */
export async function enter(
  context: BrowserContext,
  identifier: string,
  proof: string,
  origin = inject('portal'),
): Promise<void> {
  const headers = { origin }
  await context.request.post('/sign-in', { headers, form: { identifier } })
  const answer = await context.request.post('/sign-in/proof', { headers, form: { proof }, maxRedirects: 0 })
  expect([identifier, answer.status()]).toEqual([identifier, 303])
}

/** A browser in which a customer is signed in. */
export async function visitAs(who: Customer, way: Way, options: BrowserContextOptions = {}): Promise<Visitor> {
  const visitor = await visit(way, options)
  await enter(visitor.context, who.email, who.orders[0] as string, options.baseURL)
  return visitor
}

/** Marks the document, to tell later whether it is still the same one. */
export const mark = (page: Page) => page.evaluate(() => document.documentElement.setAttribute('data-marked', ''))
export const isMarked = (page: Page) => page.evaluate(() => document.documentElement.hasAttribute('data-marked'))

/** How far the page can be scrolled sideways, in pixels. */
export const overflow = (page: Page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth))
