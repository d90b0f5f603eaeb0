import { beforeAll, describe, expect, test } from 'vitest'
import { methodsAt, routeTable } from '#src/http/route-table.ts'
import { crawlAs, isFile, linksOf, readers } from '../support/crawl.ts'
import { openPortal, type Page, type Portal } from '../support/portal.ts'

/** What htmx is asked to do. A name that is not here is a slip of the pen: the browser would not say so. */
const known = new Set([
  'hx-boost',
  'hx-boost:inherited',
  'hx-disable',
  'hx-get',
  'hx-include',
  'hx-indicator',
  'hx-post',
  'hx-push-url',
  'hx-replace-url',
  'hx-swap',
  'hx-sync',
  'hx-target',
  'hx-trigger',
])

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

/** Whether the portal takes this there: by a route, or as a file of `public/`. */
function taken(method: string, address: string): boolean {
  const { pathname } = new URL(address, 'https://portal.example')
  return methodsAt(routeTable(portal.app), pathname).includes(method) || isFile(pathname)
}

/** What a page asks for: links, forms and htmx, each as method and address. */
function askedBy(page: Page): [string, string][] {
  const of = (selector: string, attribute: string) =>
    page.dom
      .querySelectorAll(selector)
      .map((element) => [element, element.getAttribute(attribute)?.replaceAll('&amp;', '&') ?? ''] as const)
  return [
    ...linksOf(page).map((href): [string, string] => ['GET', href]),
    ...of('form', 'action').map(([form, to]): [string, string] => [
      form.getAttribute('method')?.toUpperCase() ?? 'GET',
      to,
    ]),
    ...of('script[src]', 'src').map(([, to]): [string, string] => ['GET', to]),
    ...of('[hx-get]', 'hx-get').map(([, to]): [string, string] => ['GET', to]),
    ...of('[hx-post]', 'hx-post').map(([, to]): [string, string] => ['POST', to]),
  ]
}

const otherHref = (href: string) => !/^(\/(?!\/)|#|mailto:|https?:)/.test(href)

describe.each(readers)('$who', (reader) => {
  test('no link is dead, and every link, form and htmx attribute is one that is answered (R330)', async () => {
    const wrong: string[] = []
    let pages = 0
    await crawlAs(portal, reader, (page, path, from) => {
      pages++
      if (page.status >= 400) wrong.push(`${path} on ${from} answers ${page.status}`)
      for (const [method, address] of askedBy(page)) {
        if (!taken(method, address)) wrong.push(`${method} ${address} on ${path} leads nowhere`)
      }
      for (const element of page.dom.querySelectorAll('*')) {
        const names = Object.keys(element.attributes).filter((name) => /^(data-)?hx-|^on/.test(name))
        wrong.push(...names.filter((name) => !known.has(name)).map((name) => `${name} on ${path}`))
        const href = element.getAttribute('href')
        if (href && element.tagName === 'A' && otherHref(href)) wrong.push(`${href} on ${path}`)
      }
      for (const link of page.dom.querySelectorAll('a[href^="#"]')) {
        const id = link.getAttribute('href')?.slice(1)
        if (!page.dom.querySelector(`[id="${id}"]`)) wrong.push(`#${id} on ${path} is not there`)
      }
    })
    expect([...new Set(wrong)]).toEqual([])
    expect(pages).toBeGreaterThan(4)
  })
})
