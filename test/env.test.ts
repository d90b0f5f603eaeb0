import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, test, vi } from 'vitest'
import { type Bindings, depsOf, depsOfClock, Misconfigured } from '#src/env.ts'
import type { Deps } from '#src/use-cases/deps.ts'

const secret = (seed: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 73 + seed * 41) % 256)).toString('base64url')

const production = {
  PUBLIC_ORIGIN: 'https://portal.acme.example',
  VENDOR_NAME: 'Acme Software',
  SUPPORT_EMAIL: 'support@acme.example',
  ORDER_PREFIX: 'JWT',
  SESSION_KEYS: `k1:${secret(1)}`,
  LICENSE_KEYS: `l1:${secret(6)}`,
  LINK_KEY: secret(2),
  PASSWORD_PEPPER: secret(3),
  DATABASE_URL: 'libsql://portal-acme.turso.io',
  DATABASE_TOKEN: 'token',
  MAIL_ADAPTER: 'http',
  MAIL_FROM: 'portal@acme.example',
  MAIL_HTTP_URL: 'https://mail.example/emails',
  MAIL_HTTP_TOKEN: 'token',
  FASTSPRING_SECRETS: secret(4),
  ASSETS: { fetch: async () => Response.json({ openapi: '3.1.0' }) },
} satisfies Bindings

const lasting = { waitUntil: () => {} }
const deps = (changes: Record<string, unknown> = {}) => depsOf({ ...production, ...changes }, lasting)

function problemsWith(changes: Record<string, unknown>): string {
  try {
    deps(changes)
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(Misconfigured)
    return (error as Error).message.replace('Portico is not configured: ', '')
  }
}

test('the clock waits longer for what it reads than a page does', async () => {
  const server = createServer((request, response) => {
    request.resume()
    setTimeout(() => response.setHeader('content-type', 'application/json').end('{}'), 2300)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const bindings = { ...production, ENVIRONMENT: 'development', DATABASE_URL: `http://127.0.0.1:${port}` }
  /** Why a read failed, down to the first reason: the answer is none of a database's. */
  const why = async ({ db }: Deps) => {
    let error: unknown = await db.batch(['select 1'], 'read').catch((reason: unknown) => reason)
    const names: string[] = []
    for (; error instanceof Error; error = error.cause) names.push(error.name)
    return names
  }
  const [page, clock] = await Promise.all([why(depsOf(bindings, lasting)), why(depsOfClock(bindings, lasting))])
  server.close()
  expect(page).toContain('TimeoutError')
  expect(clock.length).toBeGreaterThan(0)
  expect(clock).not.toContain('TimeoutError')
})

describe('the configuration', () => {
  it('is taken as given', () => {
    expect(deps().settings).toEqual({
      origin: 'https://portal.acme.example',
      vendorName: 'Acme Software',
      supportEmail: 'support@acme.example',
      orderPrefix: 'JWT',
      development: false,
    })
    expect(deps().webhookSecrets.fastspring).toEqual([secret(4)])
  })

  it('names everything that is missing, at once and without values', () => {
    expect(() => depsOf({}, lasting)).toThrow(Misconfigured)
    try {
      depsOf({ LINK_KEY: 'hush', PUBLIC_ORIGIN: 'nonsense', VENDOR_NAME: '' }, lasting)
    } catch (error) {
      const { message } = error as Error
      for (const name of [
        'PUBLIC_ORIGIN',
        'VENDOR_NAME is missing',
        'SUPPORT_EMAIL',
        'SESSION_KEYS',
        'LICENSE_KEYS',
        'LINK_KEY',
      ]) {
        expect(message).toContain(name)
      }
      expect(message).not.toMatch(/hush|nonsense/)
    }
  })

  it.each([
    ['PUBLIC_ORIGIN', 'https://portal.acme.example/'],
    ['PUBLIC_ORIGIN', 'https://portal.acme.example/portal'],
    ['PUBLIC_ORIGIN', 'http://portal.acme.example'],
    ['PUBLIC_ORIGIN', 'portal.acme.example'],
    ['SUPPORT_EMAIL', 'support'],
    ['SESSION_KEYS', secret(1)],
    ['SESSION_KEYS', 'k1:short'],
    ['SESSION_KEYS', `k1:${secret(1)},k1:${secret(2)}`],
    ['SESSION_KEYS', `k 1:${secret(1)}`],
    ['SESSION_KEYS', `k1:${'A'.repeat(43)}`],
    ['LICENSE_KEYS', ''],
    ['LICENSE_KEYS', secret(6)],
    ['LICENSE_KEYS', `l1:${secret(6)}AAAA`],
    ['LICENSE_KEYS', `l1:${secret(6)},l1:${secret(7)}`],
    ['LICENSE_KEYS', `l1:${'A'.repeat(43)}`],
    ['LINK_KEY', secret(2).slice(0, 40)],
    ['LINK_KEY', 'A'.repeat(43)],
    ['LINK_KEY', 'please-change-me-to-something-with-32-bytes-or-more'],
    ['PASSWORD_PEPPER', 'not base64url at all, but long enough to be a secret'],
    ['DATABASE_URL', 'file:portico.db'],
    ['DATABASE_URL', 'http://127.0.0.1:8080'],
    ['MAIL_ADAPTER', 'development'],
    ['MAIL_ADAPTER', 'pigeon'],
    ['MAIL_FROM', undefined],
    ['MAIL_HTTP_TOKEN', ''],
    ['FASTSPRING_SECRETS', 'portico-demo'],
    ['ENVIRONMENT', 'staging'],
  ])('refuses %s = %s in production', (name, value) => {
    expect(problemsWith({ [name]: value })).toMatch(new RegExp(`^${name} `))
  })

  it('needs the binding that its mail adapter sends through', () => {
    expect(problemsWith({ MAIL_ADAPTER: 'send-email' })).toBe('SEND_EMAIL is missing')
    expect(problemsWith({ MAIL_ADAPTER: 'send-email', SEND_EMAIL: { send: async () => ({}) } })).toBe('')
    expect(problemsWith({ MAIL_ADAPTER: 'smtp' })).toBe('MAIL_SMTP_URL is missing')
    expect(problemsWith({ MAIL_ADAPTER: 'smtp', MAIL_SMTP_URL: 'mail.example' })).toMatch(
      /^MAIL_SMTP_URL must be such as/,
    )
    expect(problemsWith({ MAIL_ADAPTER: 'smtp', MAIL_SMTP_URL: 'smtps://a:b%40c@mail.example' })).toBe('')
  })

  it('allows in development what a machine without an account has', () => {
    const settings = deps({
      ENVIRONMENT: 'development',
      PUBLIC_ORIGIN: 'http://localhost:8787',
      DATABASE_URL: 'http://127.0.0.1:8080',
      MAIL_ADAPTER: 'development',
      FASTSPRING_SECRETS: 'portico-demo',
      DATABASE_TOKEN: undefined,
    }).settings
    expect(settings).toMatchObject({ development: true, origin: 'http://localhost:8787' })
  })
})

describe('session keys', () => {
  const now = new Date('2026-08-21T09:30:00Z')
  const keys = (SESSION_KEYS: string) => deps({ SESSION_KEYS }).secrets
  const token = (SESSION_KEYS: string) => keys(SESSION_KEYS).sign('session', { id: 'i', subject: 's' }, now, 60)

  it('rotate: the first signs, all verify, a dropped one no more', async () => {
    const [one, two] = [`k1:${secret(1)}`, `k2:${secret(5)}`]
    const old = await token(one)
    expect(await keys(`${two},${one}`).open('session', old, now)).toMatchObject({ id: 'i' })
    expect(await keys(two).open('session', old, now)).toBeNull()
    expect(await keys(two).open('session', await token(`${two}, ${one}`), now)).toMatchObject({ id: 'i' })
  })
})

describe('what a request gets', () => {
  it('shares what can be shared with other requests of the isolate, and waits for its own work', async () => {
    const waited: Promise<unknown>[] = []
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const bindings = { ...production }
    const first = depsOf(bindings, lasting)
    const second = depsOf(bindings, { waitUntil: (work) => waited.push(work) })
    expect(second.secrets).toBe(first.secrets)
    second.afterwards(Promise.reject(new Error('late')))
    await expect(Promise.all(waited)).resolves.toBeDefined()
    expect(JSON.parse(log.mock.calls[0]?.[0])).toMatchObject({ level: 'error', error: 'Error: late' })
    log.mockRestore()
  })

  it('has fences that count where they are bound, and let pass where they are not or break', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const seen: string[] = []
    const limit = async ({ key }: { key: string }) => ({ success: seen.push(key) < 2 })
    const { fences } = deps({ API_FENCE: { limit }, SIGN_IN_FENCE: { limit: () => Promise.reject(new Error('gone')) } })
    expect([await fences.api('a'), await fences.api('a')]).toEqual([true, false])
    expect(await fences.signIn('a')).toBe(true)
    expect(await deps().fences.api('a')).toBe(true)
    log.mockRestore()
  })

  it('reads the API document from the files beside the Worker', async () => {
    expect(await deps().apiDocument()).toEqual({ openapi: '3.1.0' })
  })

  it('draws fresh random bytes', () => {
    expect(deps().random(16)).not.toEqual(deps().random(16))
    expect(deps().random(16)).toHaveLength(16)
  })

  it('opens checkouts at FastSpring where it is configured whole, in the sandbox in development, else nowhere', () => {
    const shop = {
      FASTSPRING_STOREFRONT: 'acme.onfastspring.com/popup-portal',
      FASTSPRING_USERNAME: 'user',
      FASTSPRING_PASSWORD: 'password',
    }
    const at = (changes: Record<string, unknown>) => {
      const { checkout, sandbox } = deps(changes)
      return [checkout.provider, sandbox?.provider ?? null]
    }
    expect(at(shop)).toEqual(['fastspring', null])
    expect(at({ ...shop, ENVIRONMENT: 'development' })).toEqual(['fastspring', null])
    expect(at({ ENVIRONMENT: 'development' })).toEqual(['sandbox', 'sandbox'])
    // A sandbox on a portal that sells would give licenses away.
    expect(at({})).toEqual([null, null])
    expect(at({ ENVIRONMENT: 'development', FASTSPRING_SECRETS: '' })).toEqual([null, null])
    expect(problemsWith({ ...shop, FASTSPRING_PASSWORD: '' })).toBe('FASTSPRING_PASSWORD is missing')
    expect(problemsWith({ ...shop, FASTSPRING_SECRETS: '' })).toBe('FASTSPRING_SECRETS is missing')
    expect(problemsWith({ ...shop, FASTSPRING_STOREFRONT: 'https://acme.onfastspring.com' })).toMatch(
      /^FASTSPRING_STOREFRONT must be/,
    )
    expect(problemsWith({ ...shop, FASTSPRING_PRODUCT: 'a/b' })).toMatch(/^FASTSPRING_PRODUCT must be/)
  })
})
