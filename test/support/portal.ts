import { type HTMLElement, parse } from 'node-html-parser'
import { expect } from 'vitest'
import { ada } from '#dev/world/people.ts'
import { loadWorld } from '#dev/world/world.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { createApp } from '#src/whole.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { type TestDeps, testDeps, testNow } from './deps.ts'

const origin = 'https://portal.acme.example'

/** The portal over a fresh database with the demo world in it. */
export type Portal = {
  readonly db: TestDatabase
  readonly deps: TestDeps
  readonly app: ReturnType<typeof createApp>
  /** A browser that keeps its own cookies. */
  browser(headers?: Record<string, string>): Browser
  /** One call of the JSON API. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>
}

type CallOptions = { key?: string; body?: unknown; headers?: Record<string, string> }

export async function openPortal(overrides: Partial<Deps> = {}): Promise<Portal> {
  const db = await freshDatabase()
  const deps = testDeps(db, overrides)
  await loadWorld(db, { now: testNow, passwords: deps.passwords })
  db.forget()
  const app = createApp(() => deps)
  deps.wire.post = async (url, init) => app.request(url as string, init)
  return {
    db,
    deps,
    app,
    browser: (headers = {}) => new Browser(app, headers),
    call: async (method, path, { key, body, headers } = {}) =>
      app.request(origin + path, {
        method,
        headers: {
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  }
}

/** A page as a browser got it. */
export type Page = {
  readonly status: number
  readonly url: string
  readonly headers: Headers
  readonly html: string
  readonly dom: HTMLElement
  /** All the text of the page's main part, blanks as one. */
  readonly text: string
}

/** Goes from page to page with links and forms, keeps cookies, follows redirects: a browser without JavaScript. */
export class Browser {
  readonly cookies = new Map<string, string>()
  private readonly app: ReturnType<typeof createApp>
  private readonly headers: Record<string, string>

  constructor(app: ReturnType<typeof createApp>, headers: Record<string, string>) {
    this.app = app
    this.headers = headers
  }

  /** Opens a path and follows redirects. */
  async open(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.send('GET', path, undefined, headers)
  }

  /** Sends one request and does not follow where it leads. */
  async request(method: string, path: string, body?: URLSearchParams | string, headers: Record<string, string> = {}) {
    const response = await this.app.request(origin + path, {
      method,
      headers: {
        ...this.headers,
        ...(this.cookies.size > 0
          ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
          : {}),
        ...(method === 'GET' ? {} : { origin, 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body.toString() }),
    })
    for (const line of response.headers.getSetCookie()) this.keep(line)
    return response
  }

  /** Fills in the form that is found and submits it, as the page holds it. */
  async submit(page: Page, selector: string, fields: Record<string, string | null> = {}): Promise<Page> {
    const form = page.dom.querySelector(selector)
    if (!form) throw new Error(`${page.url} holds no ${selector}`)
    const data = fieldsOf(form)
    for (const [name, value] of Object.entries(fields)) {
      if (value === null) data.delete(name)
      else data.set(name, value)
    }
    const action = form.getAttribute('action') ?? page.url
    if (form.getAttribute('method')?.toLowerCase() === 'post') return this.send('POST', action, data)
    return this.send('GET', `${action}?${data}`)
  }

  /** Follows the link that holds the text. */
  async follow(page: Page, text: string): Promise<Page> {
    const link = page.dom.querySelectorAll('a[href]').find((one) => one.text.replace(/\s+/g, ' ').includes(text))
    if (!link) throw new Error(`${page.url} holds no link "${text}"`)
    return this.open(plainText(link.getAttribute('href') ?? ''))
  }

  private async send(
    method: string,
    path: string,
    body?: URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    let url = path
    let response = await this.request(method, url, body, headers)
    for (let hops = 0; response.status === 303 && hops < 5; hops++) {
      url = response.headers.get('location') ?? '/'
      response = await this.request('GET', url, undefined, headers)
    }
    const html = await response.text()
    const dom = parse(html)
    const text = plainText((dom.querySelector('main') ?? dom).text.replace(/\s+/g, ' ').trim())
    return { status: response.status, url, headers: response.headers, html, dom, text }
  }

  private keep(line: string) {
    const [pair = '', ...attributes] = line.split(/; */)
    const [name = '', value = ''] = pair.split('=')
    const gone = attributes.some((one) => /^max-age=0$/i.test(one)) || value === ''
    if (gone) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

const plainText = (text: string): string =>
  text
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')

function fieldsOf(form: HTMLElement): URLSearchParams {
  const data = new URLSearchParams()
  for (const field of form.querySelectorAll('input, textarea, select')) {
    const name = field.getAttribute('name')
    const type = field.getAttribute('type')
    if (!name || field.hasAttribute('disabled')) continue
    if ((type === 'checkbox' || type === 'radio') && !field.hasAttribute('checked')) continue
    data.append(name, plainText(typedIn(field)))
  }
  return data
}

function typedIn(field: HTMLElement): string {
  if (field.tagName === 'TEXTAREA') return field.innerHTML
  if (field.tagName === 'SELECT') {
    const chosen = field.querySelector('option[selected]') ?? field.querySelector('option')
    return chosen?.getAttribute('value') ?? ''
  }
  return field.getAttribute('value') ?? ''
}

/** Signs in through both steps, as a person does, and asserts that it worked. */
export async function signIn(browser: Browser, identifier: string, proof: string): Promise<Page> {
  const first = await browser.open('/sign-in')
  const second = await browser.submit(first, 'form[action="/sign-in"]', { identifier })
  expect(second.url).toBe('/sign-in/proof')
  const page = await browser.submit(second, 'form[action="/sign-in/proof"]', { proof })
  expect(page.status).toBe(200)
  expect(browser.cookies.has('__Host-portico')).toBe(true)
  return page
}

export const signInAsAda = (browser: Browser): Promise<Page> => signIn(browser, ada.email, ada.orders[0])
