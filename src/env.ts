import * as z from 'zod'
import { connect, patience } from '#src/db/connection.ts'
import { fastspringCheckout } from '#src/gateways/checkout/fastspring.ts'
import { sandboxCheckout } from '#src/gateways/checkout/sandbox.ts'
import { noCheckout } from '#src/gateways/checkout.ts'
import { newId } from '#src/gateways/ids.ts'
import { type LicenseKey, makeLicenseKeys, seedBytes } from '#src/gateways/license-keys.ts'
import { developmentMailer } from '#src/gateways/mail/development.ts'
import { httpMailer } from '#src/gateways/mail/http.ts'
import { type SendEmailBinding, sendEmailMailer } from '#src/gateways/mail/send-email.ts'
import type { SmtpSettings } from '#src/gateways/mail/smtp.ts'
import type { Mailer } from '#src/gateways/mail.ts'
import { scryptPasswords } from '#src/gateways/passwords.ts'
import { makeSecrets, type SessionKey } from '#src/gateways/secrets.ts'
import { bytesOf, fewestBytes, isLongEnough, looksMadeUp } from '#src/gateways/strength.ts'
import type { Deps, Fence, LetterQueue, Settings } from '#src/use-cases/deps.ts'

/** Something that the runtime was not told, or told wrongly. It names variables and never holds their values. */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured'
  constructor(problems: readonly string[]) {
    super(`Portico is not configured: ${problems.join('; ')}`)
  }
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

const keysIn = (text: string): SessionKey[] =>
  listOf(text).map((item) => {
    const [id = '', secret = ''] = item.split(':')
    return { id, secret: bytesOf(secret) ?? new Uint8Array() }
  })

const licenseKeysIn = (text: string): LicenseKey[] => keysIn(text).map(({ id, secret }) => ({ id, seed: secret }))

const areSessionKeys = (keys: readonly SessionKey[]): boolean =>
  areNamed(keys) && keys.every(({ secret }) => secret.length >= fewestBytes)

const areLicenseKeys = (keys: readonly LicenseKey[]): boolean =>
  areNamed(keys) && keys.every(({ seed }) => seed.length === seedBytes)

const areNamed = (keys: readonly { readonly id: string }[]): boolean =>
  keys.length > 0 &&
  keys.every(({ id }) => /^[\w-]{1,32}$/.test(id)) &&
  new Set(keys.map(({ id }) => id)).size === keys.length

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text)

const given = z.string('is missing').trim().min(1, 'is missing')
const strong = given.refine(isLongEnough, `must be ${fewestBytes} random bytes or more in base64url`)

const variables = z
  .object({
    ENVIRONMENT: z.enum(['development', 'production'], 'must be development or production').default('production'),
    PUBLIC_ORIGIN: given.refine(isOrigin, 'must be an origin without a path, such as https://portal.acme.example'),
    VENDOR_NAME: given,
    SUPPORT_EMAIL: given.pipe(z.email('must be an e-mail address')),
    ORDER_PREFIX: z.string().trim().default(''),
    SESSION_KEYS: given
      .transform(keysIn)
      .refine(areSessionKeys, `must list keys as id:secret, ids once each, secrets ${fewestBytes} bytes in base64url`),
    LICENSE_KEYS: given
      .transform(licenseKeysIn)
      .refine(areLicenseKeys, `must list keys as id:seed, ids once each, seeds of ${seedBytes} bytes in base64url`),
    LINK_KEY: strong,
    PASSWORD_PEPPER: strong,
    DATABASE_URL: given.refine((url) => /^(libsql|https?):\/\/./.test(url), 'must begin with libsql:// or https://'),
    DATABASE_TOKEN: z.string().optional(),
    MAIL_ADAPTER: z.enum(['development', 'http', 'send-email', 'smtp'], 'must be http, smtp or send-email'),
    MAIL_FROM: z.email('must be an e-mail address').optional(),
    MAIL_HTTP_URL: z.url('must be an address').optional(),
    MAIL_HTTP_TOKEN: z.string().optional(),
    MAIL_SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\/[^\s/]+$/, 'must be such as smtps://login:password@mail.example:465')
      .refine((url) => URL.canParse(url), 'must be such as smtps://login:password@mail.example:465')
      .optional(),
    FASTSPRING_SECRETS: z.string().default('').transform(listOf),
    FASTSPRING_STOREFRONT: z
      .string()
      .regex(
        /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[\w-]+)?$/,
        'must be a host and a path, such as acme.onfastspring.com/popup-portal',
      )
      .optional(),
    FASTSPRING_USERNAME: z.string().optional(),
    FASTSPRING_PASSWORD: z.string().optional(),
    FASTSPRING_PRODUCT: z
      .string()
      .regex(/^[\w-]{1,100}$/, 'must be the path of a product')
      .default('portal-order'),
    ASSETS: z.custom<Assets>((value) => value !== undefined, 'is missing'),
    API_FENCE: z.custom<RateLimit>().optional(),
    SIGN_IN_FENCE: z.custom<RateLimit>().optional(),
    SOFTWARE_FENCE: z.custom<RateLimit>().optional(),
    SEND_EMAIL: z.custom<SendEmailBinding>().optional(),
    LETTER_QUEUE: z.custom<LetterQueue>().optional(),
  })
  .superRefine((found, context) => {
    const wrong = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
    for (const name of neededFor[found.MAIL_ADAPTER]) if (!found[name]) wrong(name, 'is missing')
    // A shop is configured whole or not at all; its payments are told by webhooks alone.
    if (neededForShop.some((name) => found[name])) {
      for (const name of neededForShop) if (!found[name]) wrong(name, 'is missing')
      if (found.FASTSPRING_SECRETS.length === 0) wrong('FASTSPRING_SECRETS', 'is missing')
    }
    if (found.ENVIRONMENT === 'production') {
      for (const [name, message] of weaknessesOf(found)) wrong(name, message)
    }
  })

/** What a Worker of Portico is given: variables, secrets and bindings, by name. */
export type Bindings = z.input<typeof variables>
type Found = z.output<typeof variables>

/** Cloudflare's binding to the files of `public/`. */
type Assets = { fetch(url: string): Promise<Response> }

/** Cloudflare's `ratelimits` binding. */
type RateLimit = { limit(options: { key: string }): Promise<{ success: boolean }> }

const neededForShop = ['FASTSPRING_STOREFRONT', 'FASTSPRING_USERNAME', 'FASTSPRING_PASSWORD'] as const

const neededFor = {
  development: [],
  http: ['MAIL_FROM', 'MAIL_HTTP_URL', 'MAIL_HTTP_TOKEN'],
  'send-email': ['MAIL_FROM', 'SEND_EMAIL'],
  smtp: ['MAIL_FROM', 'MAIL_SMTP_URL'],
} as const

/** What development allows and production does not. */
function* weaknessesOf(found: Found): Generator<[string, string]> {
  if (!found.PUBLIC_ORIGIN.startsWith('https:')) yield ['PUBLIC_ORIGIN', 'must begin with https://']
  if (found.DATABASE_URL.startsWith('http:')) yield ['DATABASE_URL', 'must begin with libsql:// or https://']
  if (found.MAIL_ADAPTER === 'development') yield ['MAIL_ADAPTER', 'must be http, smtp or send-email']
  const madeUp = 'looks made up: use random bytes'
  for (const name of ['LINK_KEY', 'PASSWORD_PEPPER'] as const) {
    if (looksMadeUp(bytesOf(found[name]) ?? new Uint8Array(), found[name])) yield [name, madeUp]
  }
  const keysOf = {
    SESSION_KEYS: found.SESSION_KEYS.map(({ secret }) => secret),
    LICENSE_KEYS: found.LICENSE_KEYS.map(({ seed }) => seed),
  }
  for (const [name, keys] of Object.entries(keysOf)) {
    if (keys.some((key) => looksMadeUp(key, Buffer.from(key).toString('base64url')))) yield [name, madeUp]
  }
  for (const secret of found.FASTSPRING_SECRETS) {
    const bytes = Buffer.from(secret)
    if (bytes.length < fewestBytes) yield ['FASTSPRING_SECRETS', `must have ${fewestBytes} characters or more each`]
    else if (looksMadeUp(bytes, secret)) yield ['FASTSPRING_SECRETS', madeUp]
  }
}

/** Names what is missing or wrong, each once. An empty text counts as missing. */
function parse(bindings: unknown): Found {
  const filled = Object.entries(Object(bindings)).filter(([, value]) => value !== '')
  const { success, data, error } = variables.safeParse(Object.fromEntries(filled))
  if (success) return data
  throw new Misconfigured([...new Set(error.issues.map(({ path, message }) => `${String(path[0])} ${message}`))])
}

/** What a request's `Deps` share with those of every other request of the isolate. */
type Standing = Omit<Deps, 'afterwards'>

const standings = new WeakMap<object, Standing>()

/** The runtime's promise to let work end that goes on after the answer. */
export type Lasting = { waitUntil(work: Promise<unknown>): void }

/**
 * Everything the product takes from outside, made from a Worker's bindings: once for each isolate what can be shared,
 * and anew what belongs to the request. Throws `Misconfigured`.
 */
export function depsOf(bindings: unknown, lasting: Lasting): Deps {
  const key = Object(bindings) as object
  const standing = standings.get(key) ?? standingOf(parse(key))
  standings.set(key, standing)
  const afterwards = (work: Promise<unknown>) => lasting.waitUntil(work.catch(noting(standing.log)))
  return { ...standing, afterwards }
}

/** How long the clock waits for what it reads: nobody waits for it, and it reads of all accounts. */
const patienceOfClock = { ...patience, read: 30_000 }

/** The same for the clock and the queue, whose reads may take longer than a page's. */
export const depsOfClock = (bindings: unknown, lasting: Lasting): Deps => {
  const { DATABASE_URL: url, DATABASE_TOKEN: authToken } = parse(Object(bindings))
  return { ...depsOf(bindings, lasting), db: connect({ url, authToken }, fetch, patienceOfClock) }
}

function standingOf(found: Found): Standing {
  const log = (entry: Record<string, unknown>) => console.log(JSON.stringify(entry))
  return {
    db: connect({ url: found.DATABASE_URL, authToken: found.DATABASE_TOKEN }),
    now: () => new Date(),
    newId,
    random,
    settings: settingsOf(found),
    secrets: makeSecrets(found.SESSION_KEYS, bytesOf(found.LINK_KEY) ?? new Uint8Array()),
    passwords: scryptPasswords(found.PASSWORD_PEPPER),
    licenseKeys: makeLicenseKeys(found.LICENSE_KEYS),
    mailer: mailerOf(found),
    letterQueue: found.LETTER_QUEUE ?? null,
    fences: {
      api: fenceOf(found.API_FENCE, log),
      signIn: fenceOf(found.SIGN_IN_FENCE, log),
      software: fenceOf(found.SOFTWARE_FENCE, log),
    },
    log,
    apiDocument: async () => (await found.ASSETS.fetch(`${found.PUBLIC_ORIGIN}/api/v1/openapi.json`)).json(),
    webhookSecrets: { fastspring: found.FASTSPRING_SECRETS },
    ...shopOf(found),
  }
}

const settingsOf = (found: Found): Settings => ({
  origin: found.PUBLIC_ORIGIN,
  vendorName: found.VENDOR_NAME,
  supportEmail: found.SUPPORT_EMAIL,
  orderPrefix: found.ORDER_PREFIX,
  development: found.ENVIRONMENT === 'development',
})

/** The configured shop; in development without one the sandbox, in production none: a sandbox gives licenses away. */
function shopOf(found: Found): Pick<Deps, 'checkout' | 'sandbox'> {
  const { FASTSPRING_STOREFRONT: storefront = '', FASTSPRING_USERNAME: username = '' } = found
  const { FASTSPRING_PASSWORD: password = '', FASTSPRING_PRODUCT: product, FASTSPRING_SECRETS } = found
  if (storefront) return { checkout: fastspringCheckout({ storefront, username, password, product }), sandbox: null }
  const [secret] = FASTSPRING_SECRETS
  if (found.ENVIRONMENT !== 'development' || !secret) return { checkout: noCheckout, sandbox: null }
  const sandbox = sandboxCheckout({ origin: found.PUBLIC_ORIGIN, secret, random, prefix: found.ORDER_PREFIX })
  return { checkout: sandbox, sandbox }
}

const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes))

function mailerOf(found: Found): Mailer {
  const from = { name: found.VENDOR_NAME, email: found.MAIL_FROM ?? '' }
  switch (found.MAIL_ADAPTER) {
    case 'development':
      return developmentMailer
    case 'http':
      return httpMailer({ url: found.MAIL_HTTP_URL ?? '', token: found.MAIL_HTTP_TOKEN ?? '', from })
    case 'send-email':
      return sendEmailMailer(found.SEND_EMAIL as SendEmailBinding, from)
    case 'smtp': {
      const plainAllowed = found.ENVIRONMENT === 'development'
      return {
        send: async (...letter) => (await smtp({ url: found.MAIL_SMTP_URL ?? '', from, plainAllowed })).send(...letter),
      }
    }
  }
}

/** SMTP is evaluated with the first letter: no page waits for it. */
async function smtp(settings: SmtpSettings): Promise<Mailer> {
  const [{ smtpMailer }, { connect }] = await Promise.all([
    import('#src/gateways/mail/smtp.ts'),
    import('cloudflare:sockets'),
  ])
  return smtpMailer(settings, connect)
}

/** A fence lets everybody pass where it is not bound, or broken: the database counts what has to be counted. */
const fenceOf =
  (binding: RateLimit | undefined, log: Deps['log']): Fence =>
  async (key) => {
    const answer = await binding?.limit({ key }).catch(noting(log))
    return answer?.success ?? true
  }

const noting = (log: Deps['log']) => (error: unknown) => {
  log({ level: 'error', message: 'failed after the answer', error: String(error) })
  return undefined
}
