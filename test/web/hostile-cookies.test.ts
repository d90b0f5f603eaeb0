import { base64url, CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { ada, northwind } from '#dev/world/people.ts'
import { type Browser, openPortal, type Portal, signInAsAda } from '../support/portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

const session = '__Host-portico'
const day = 86_400_000

async function isIn(one: Browser): Promise<boolean> {
  const answer = await one.request('GET', '/')
  if (answer.status === 303) expect(answer.headers.get('location')).toMatch(/^\/sign-in/)
  return answer.status === 200
}

/** A browser that holds one cookie and nothing else. */
function holding(cookie: string): Browser {
  const one = portal.browser()
  one.cookies.set(session, cookie)
  return one
}

describe('hostile cookies', () => {
  const key = new Uint8Array(32).fill(7)
  const encode = (value: unknown) => base64url.encode(JSON.stringify(value))

  /** A cookie as the portal makes it for Ada, but for what is said. */
  async function forge(changes: { header?: object; claims?: object; without?: string[]; secret?: Uint8Array } = {}) {
    const seconds = Math.floor(portal.deps.now().getTime() / 1000)
    const jti = portal.deps.newId('session')
    const claims: Record<string, unknown> = {
      ...{ iss: 'portico', aud: 'session', sub: ada.accountId, jti, iat: seconds, exp: seconds + 3600 },
      ...changes.claims,
    }
    for (const name of changes.without ?? []) delete claims[name]
    if (typeof claims.jti === 'string') await openRow(claims.jti)
    return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'HS256', typ: 'session+jwt', kid: 'test', ...changes.header } as never)
      .sign(changes.secret ?? key)
  }

  /** The session's row stands: only the cookie decides. */
  async function openRow(id: string) {
    const at = portal.deps.now().getTime()
    await portal.db.client.execute({
      sql: `insert into sessions (id, account_id, remember, device, address, created_at, last_seen_at, idle_until, expires_at, proved_at)
        values (?, ?, 0, '', '', ?, ?, ?, ?, ?)`,
      args: [id, ada.accountId, at, at, at + 400 * day, at + 400 * day, at],
    })
  }

  const now = () => Math.floor(portal.deps.now().getTime() / 1000)
  const hostile: [string, () => Promise<string>][] = [
    [
      'unsigned, alg none',
      async () => `${encode({ alg: 'none', typ: 'session+jwt', kid: 'test' })}.${(await forge()).split('.')[1]}.`,
    ],
    [
      'alg none with the signature of another',
      async () => {
        const [, payload, mac] = (await forge()).split('.')
        return `${encode({ alg: 'none', typ: 'session+jwt', kid: 'test' })}.${payload}.${mac}`
      },
    ],
    [
      'alg HS384 with the right key',
      async () => forge({ header: { alg: 'HS384' }, secret: new Uint8Array(48).fill(7) }),
    ],
    [
      'alg HS512 with the right key',
      async () => forge({ header: { alg: 'HS512' }, secret: new Uint8Array(64).fill(7) }),
    ],
    [
      'RS256 with its own key in the header',
      async () => {
        const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
        await openRow('ses_rs')
        return new SignJWT({})
          .setProtectedHeader({ alg: 'RS256', typ: 'session+jwt', kid: 'test', jwk: await exportJWK(publicKey) })
          .setIssuer('portico')
          .setAudience('session')
          .setSubject(ada.accountId)
          .setJti('ses_rs')
          .setIssuedAt(portal.deps.now())
          .setExpirationTime(now() + 3600)
          .sign(privateKey)
      },
    ],
    ['signed by another key', async () => forge({ secret: new Uint8Array(32).fill(9) })],
    ['signed by an empty key of 32 zeros', async () => forge({ secret: new Uint8Array(32) })],
    ['a kid nobody knows', async () => forge({ header: { kid: 'other' } })],
    [
      'a kid that is a path',
      async () => forge({ header: { kid: '../../../../dev/null' }, secret: new Uint8Array(32) }),
    ],
    ['a kid of the prototype', async () => forge({ header: { kid: '__proto__' } })],
    ['no kid', async () => forge({ header: { kid: undefined } })],
    [
      'a key address in the header and no kid',
      async () => forge({ header: { jku: 'https://evil.example/jwks', kid: undefined } }),
    ],
    [
      'a critical extension nobody knows',
      async () =>
        forge({ header: { crit: ['exp2'], exp2: 1 } }).catch(async () => {
          const [, payload] = (await forge()).split('.') as [string, string]
          const header = encode({ alg: 'HS256', typ: 'session+jwt', kid: 'test', crit: ['exp2'], exp2: 1 })
          const hmac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
          const mac = await crypto.subtle.sign('HMAC', hmac, new TextEncoder().encode(`${header}.${payload}`))
          return `${header}.${payload}.${base64url.encode(new Uint8Array(mac))}`
        }),
    ],
    ['typ of another token', async () => forge({ header: { typ: 'device+jwt' } })],
    ['no typ', async () => forge({ header: { typ: undefined } })],
    ['another audience', async () => forge({ claims: { aud: 'sign-in-step' } })],
    ['another issuer', async () => forge({ claims: { iss: 'https://evil.example' } })],
    ...['exp', 'iat', 'jti', 'sub', 'aud', 'iss'].map((name): [string, () => Promise<string>] => [
      `no ${name}`,
      () => forge({ without: [name] }),
    ]),
    ['expired', async () => forge({ claims: { exp: now() - 6 } })],
    ['not valid yet', async () => forge({ claims: { nbf: now() + 60 } })],
    ['made in the future', async () => forge({ claims: { iat: now() + 3600, exp: now() + 7200 } })],
    ['made 32 days ago', async () => forge({ claims: { iat: now() - 32 * 86_400 } })],
    ['an exp that is a text', async () => forge({ claims: { exp: '9999999999' } })],
    ['a jti that is a list', async () => forge({ claims: { jti: ['ses_1'] } })],
    [
      'a jti of no session',
      async () =>
        portal.deps.secrets.sign('session', { id: 'ses_none', subject: ada.accountId }, portal.deps.now(), 3600),
    ],
    [
      'a jti that is SQL',
      async () =>
        portal.deps.secrets.sign('session', { id: "' or 1=1 --", subject: ada.accountId }, portal.deps.now(), 3600),
    ],
    [
      'a changed payload',
      async () => {
        const [header, payload, mac] = (await forge()).split('.') as [string, string, string]
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
        return `${header}.${encode({ ...claims, exp: claims.exp + 1 })}.${mac}`
      },
    ],
    ['a changed signature', async () => (await forge()).replace(/.{4}$/, 'AAAA')],
    ['no signature', async () => (await forge()).replace(/[^.]*$/, '')],
    ['nothing', async () => ''],
    ['garbage', async () => 'garbage'],
    ['dots', async () => '...'],
    ['percent signs', async () => '%E0%A4%A'],
    ['nonsense of three parts', async () => 'a.b.c'],
    ['very long', async () => `${await forge()}${'A'.repeat(20_000)}`],
    [
      'a token of the step between',
      async () => portal.deps.secrets.sign('sign-in-step', { id: 'req_1', subject: ada.email }, portal.deps.now(), 300),
    ],
    [
      'a token of a device',
      async () => portal.deps.secrets.sign('device', { id: 'req_1', subject: ada.email }, portal.deps.now(), 300),
    ],
    ['an API key', async () => northwind.apiKey],
  ]

  test('the list is long enough, and its measure is good: a cookie without fault opens the door (A5)', async () => {
    expect(hostile.length).toBeGreaterThanOrEqual(21)
    expect(await isIn(holding(await forge()))).toBe(true)
  })

  test.each(hostile)('%s: to sign-in, then back to the page (A5)', async (_, cookie) => {
    const one = holding(await cookie())
    portal.db.forget()
    const answer = await one.request('GET', '/orders?q=1')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?next=%2Forders%3Fq%3D1'])
    expect(await isIn(one)).toBe(false)
    const part = await one.request('POST', `/licenses/${ada.licenses.lab}/comment`, 'comment=x&version=1')
    expect(part.status).toBe(303)
    expect(portal.db.trips.filter(({ mode }) => mode === 'write')).toEqual([])
  })

  test('its own cookie is not taken for an API key', async () => {
    const browser = portal.browser()
    await signInAsAda(browser)
    const key = browser.cookies.get(session) as string
    expect((await portal.call('GET', '/api/v1/licenses', { key })).status).toBe(401)
    const cookie = `${session}=${key}`
    expect((await portal.call('GET', '/api/v1/licenses', { headers: { cookie } })).status).toBe(401)
  })
})
