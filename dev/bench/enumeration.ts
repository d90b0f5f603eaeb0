/**
 * Whether a stranger can tell who is known (threats A1, A2): sign-in, the links it mails, password reset, registration
 * and invitation, each tried with known and unknown in random order on a portal of its own in workerd. Answers must be
 * the same to the byte; the times are compared by their medians and a Mann-Whitney test. A benchmark, never a test.
 *
 *     npm run bench:enumeration [-- 400]
 */
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from '@libsql/client'
import { startPortal } from '../running-portal.ts'
import { acme, ada, contoso, demoPassword, fabrikam, grace, northwind, tailspin, wingtip } from '../world/people.ts'
import { mannWhitney, median } from './rank-test.ts'

type Cookies = Map<string, string>
type Send = (path: string, fields: Record<string, string>, cookies: Cookies) => Promise<Response>
type Door = {
  readonly name: string
  readonly known: readonly string[]
  /** What comes before the request that is timed; its cookies go along. */
  readonly before?: (send: Send, identifier: string, cookies: Cookies) => Promise<unknown>
  readonly path: string
  readonly fields: (identifier: string) => Record<string, string>
  /** Whoever is signed in asks. */
  readonly signedIn?: true
}

const emails = [ada, grace, contoso, northwind, tailspin, wingtip, acme, ...Object.values(fabrikam.logins)].map(
  ({ email }) => email,
)
const logins = [northwind.login, tailspin.login, wingtip.login, acme.login]
const elsewhere = [northwind.email, tailspin.email, wingtip.email, acme.email]
const identify = (send: Send, identifier: string, cookies: Cookies) => send('/sign-in', { identifier }, cookies)
const proof = () => ({ proof: 'JWT000000-0000-00000' })
const itself = (identifier: string) => ({ identifier })

const doors: readonly Door[] = [
  { name: 'sign-in, first step', known: [...emails, ...logins], path: '/sign-in', fields: itself },
  { name: 'sign-in, e-mail', known: emails, before: identify, path: '/sign-in/proof', fields: proof },
  { name: 'sign-in, login', known: logins, before: identify, path: '/sign-in/proof', fields: proof },
  { name: 'sign-in link', known: [...emails, ...logins], before: identify, path: '/sign-in/links', fields: () => ({}) },
  { name: 'password reset', known: [...emails, ...logins], path: '/password-resets', fields: itself },
  {
    ...{ name: 'registration', known: emails, path: '/register' },
    fields: (email) => ({ email, firstName: 'Lin', lastName: 'Chen', company: '', country: '' }),
  },
  {
    ...{ name: 'invitation', known: elsewhere, path: '/settings/logins', signedIn: true },
    fields: (email) => ({ email, role: 'servers' }),
  },
]

const tries = Number(process.argv[2]) || 400
const portal = await startPortal()
const database = createClient({ url: portal.database })
let address = 0
let failed = false
try {
  for (const door of doors) await measure(door)
} finally {
  database.close()
  await portal.stop()
}
process.exit(failed ? 1 : 0)

async function measure(door: Door): Promise<void> {
  const session: Cookies = new Map()
  if (door.signedIn) await signIn(session)
  const times = { known: [] as number[], unknown: [] as number[] }
  const answers = new Set<string>()
  const kinds = Array.from({ length: 2 * tries }, (_, i) => (i % 2 ? 'known' : 'unknown') as keyof typeof times)
  for (const kind of shuffled(kinds)) {
    const one = door.known[Math.floor(Math.random() * door.known.length)] as string
    const identifier = kind === 'known' ? one : unknownLike(one)
    const cookies = new Map(session)
    await roomForOneMore()
    await door.before?.(send, identifier, cookies)
    const begun = performance.now()
    const answer = await send(door.path, door.fields(identifier), cookies)
    const body = await answer.text()
    times[kind].push(performance.now() - begun)
    answers.add(bare(answer, body.replaceAll(`>${identifier}<`, '><').replaceAll(`"${identifier}"`, '""')))
    await wait(15)
  }
  const [known, unknown] = [median(times.known), median(times.unknown)]
  const p = mannWhitney(times.known, times.unknown)
  const near = Math.abs(known - unknown) <= Math.max(1, unknown * 0.05)
  if (answers.size > 1 || !near || p < 0.001) failed = true
  const medians = `known ${known.toFixed(1)} ms, unknown ${unknown.toFixed(1)} ms, p = ${p.toFixed(3)}`
  const verdict =
    answers.size === 1 ? 'one answer' : `${answers.size} ANSWERS, which begin to differ at ${differenceIn(answers)}`
  console.log(`${door.name.padEnd(20)} ${tries} tries each: ${medians}; ${verdict}`)
}

/** Each try comes from an address of its own, and no counter of tries is near its end. */
async function roomForOneMore(): Promise<void> {
  address++
  await database.batch(['delete from sign_in_attempts', 'delete from invitations', 'delete from registrations'])
}

async function send(path: string, fields: Record<string, string>, cookies: Cookies): Promise<Response> {
  const answer = await fetch(portal.origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin: portal.origin,
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'cf-connecting-ip': `2001:db8:${(address >> 16).toString(16)}:${(address & 0xffff).toString(16)}::1`,
    },
    body: new URLSearchParams(fields),
  })
  for (const line of answer.headers.getSetCookie()) {
    const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? []
    cookies.set(name, value)
  }
  return answer
}

async function signIn(cookies: Cookies): Promise<void> {
  await identify(send, fabrikam.logins.full.email, cookies)
  await send('/sign-in/proof', { proof: demoPassword }, cookies)
}

/** Somebody nobody knows, as long as somebody who is known. */
function unknownLike(known: string): string {
  const [local = '', ...domain] = known.split('@')
  const letters = Array.from(local, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('')
  return [letters, ...domain].join('@')
}

/** An answer without what differs from one to the next: its request's id, the date, and the values of cookies. */
function bare(answer: Response, body: string): string {
  const headers = [...answer.headers].filter(([name]) => !/^(x-request-id|date|set-cookie)$/.test(name))
  const cookies = answer.headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '='))
  return JSON.stringify({ status: answer.status, headers, cookies, body: body.replace(/req_\w+/g, '') })
}

/** Where the first two of several answers part. */
function differenceIn([one = '', other = '']: Iterable<string>): string {
  const at = Array.from(one).findIndex((letter, i) => letter !== other[i])
  return [one, other].map((text) => text.slice(Math.max(0, at - 40), at + 60)).join(' | ')
}

function shuffled<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[items[i], items[j]] = [items[j] as T, items[i] as T]
  }
  return items
}
