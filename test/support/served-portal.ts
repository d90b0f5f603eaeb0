import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { sandboxCheckout } from '#src/gateways/checkout/sandbox.ts'
import { createApp } from '#src/whole.ts'
import { testSettings } from './deps.ts'
import { openPortal, type Portal } from './portal.ts'
import { shopSecret } from './shop.ts'

/** A portal of tests that browsers can visit: its database and what it takes from outside are at hand. */
export type ServedPortal = Portal & { readonly origin: string; close(): Promise<void> }

/** Serves a portal of development on a free port, with the files of `public/` beside it. */
export async function servePortal(
  overrides: (origin: string) => Parameters<typeof openPortal>[0] = () => ({}),
): Promise<ServedPortal> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const settings = { ...testSettings, origin, development: true }
  const portal = await openPortal({ settings, ...overrides(origin) })
  const app = createApp(() => portal.deps)
  portal.deps.wire.post = async (url, init) => app.request(url as string, init)
  server.on('request', (request, response) => void answer(app, origin, request, response))
  return { ...portal, origin, close: () => closed(server) }
}

/** The same with the sandbox shop, which tells of late payments when `later` lets it. */
export async function serveShop(later: () => Promise<void> = async () => {}): Promise<ServedPortal> {
  const random = (n: number) => crypto.getRandomValues(new Uint8Array(n))
  const portal: ServedPortal = await servePortal((origin) => {
    const sandbox = sandboxCheckout({ origin, secret: shopSecret, random, later }, (url, init) =>
      portal.deps.wire.post(url, init),
    )
    return { checkout: sandbox, sandbox }
  })
  return portal
}

async function answer(app: Portal['app'], origin: string, request: IncomingMessage, response: ServerResponse) {
  const file = join('public', new URL(request.url ?? '/', origin).pathname)
  if (/\.js$/.test(file) && existsSync(file)) {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(file))
    return
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string])
  const answered = await app.request(origin + request.url, {
    method: request.method ?? 'GET',
    headers,
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  })
  for (const [name, value] of answered.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  response.setHeader('set-cookie', answered.headers.getSetCookie())
  response.writeHead(answered.status).end(Buffer.from(await answered.arrayBuffer()))
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise<void>((done) => server.close(() => done()))
}
