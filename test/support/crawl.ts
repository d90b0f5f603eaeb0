import { existsSync } from 'node:fs'
import { demoSignIns, litware } from '#dev/world/people.ts'
import { routeTable } from '#src/http/route-table.ts'
import { type Browser, type Page, type Portal, signIn } from './portal.ts'

/** Who goes through the portal: everybody the demo names, and somebody who has nothing yet. */
export const readers = [
  ...demoSignIns,
  { who: 'reseller Litware, who has nothing yet', identifier: litware.login, proof: 'portico-demo' },
]

/** How many pages of one kind are opened: the same route, narrowed by the same names. And how many of one route. */
const ofAKind = 2
const ofARoute = 9

/** Opens whatever the pages lead to, beginning at home, and hands each page over with where it was found. */
export async function crawl(portal: Portal, browser: Browser, look: (page: Page, path: string, from: string) => void) {
  const patterns = routesOf(portal)
  const opened = new Map<string, number>()
  const seen = new Set<string>()
  const open = async (path: string, from: string): Promise<void> => {
    const { route, kind } = kindOf(patterns, path)
    const room = (opened.get(kind) ?? 0) < ofAKind && (opened.get(route) ?? 0) < ofARoute
    if (seen.has(path) || !room || isFile(path)) return
    seen.add(path)
    for (const one of [route, kind]) opened.set(one, (opened.get(one) ?? 0) + 1)
    const page = await browser.open(path)
    look(page, path, from)
    for (const href of linksOf(page)) await open(href, path)
  }
  await open('/', 'sign-in')
}

/** Whether a path is a file of `public/`, which is answered before the Worker is asked. */
export const isFile = (path: string): boolean => /\.\w+$/.test(path) && existsSync(`public${path}`)

/** Goes through the portal as one of the readers. */
export async function crawlAs(portal: Portal, reader: (typeof readers)[number], look: Parameters<typeof crawl>[2]) {
  const browser = portal.browser()
  await signIn(browser, reader.identifier, reader.proof)
  await crawl(portal, browser, look)
}

/** Every path there is, with names for what differs. */
export const routesOf = (portal: Portal): string[] => routeTable(portal.app).map((line) => line.path)

/** The route of an address, and its kind: the route with the names of what narrows it. */
export function kindOf(patterns: readonly string[], path: string): { route: string; kind: string } {
  const url = new URL(path, 'https://portal.example')
  const pattern = patterns.find((one) => new RegExp(`^${one.replaceAll(/:\w+/g, '[^/]+')}$`).test(url.pathname))
  const route = pattern ?? url.pathname
  return { route, kind: `${route}?${[...url.searchParams.keys()].sort()}` }
}

/** The addresses inside the portal that a page links to, without their fragments. */
export const linksOf = (page: Page): string[] =>
  page.dom
    .querySelectorAll('a[href]')
    .map((link) => (link.getAttribute('href') as string).replaceAll('&amp;', '&').replace(/#.*$/, ''))
    .filter((href) => href.startsWith('/'))
