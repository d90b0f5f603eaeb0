import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningPortal, startPortal } from '#dev/running-portal.ts'
import {
  acme,
  demoPassword,
  fabrikam,
  litware,
  northwind,
  proseware,
  southridge,
  tailspin,
  wingtip,
} from '#dev/world/people.ts'

let portal: RunningPortal
beforeAll(async () => {
  portal = await startPortal()
})
afterAll(() => portal?.stop())

const sellers = [acme, northwind, tailspin, wingtip, litware, proseware, southridge]
const everybody = [
  ...sellers.flatMap(({ login, email }) => [login, email]),
  ...Object.values(fabrikam.logins).map(({ email }) => email),
]

const post = (path: string, fields: Record<string, string>, cookie = '') =>
  fetch(portal.origin + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: portal.origin, cookie },
    redirect: 'manual',
  })
const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

/**
 * Proves all of them at once. A busy machine may ask some to come again, which is no fault: they do, one after the other.
 */
async function proveAtOnce(identifiers: readonly string[], proof: string): Promise<Response[]> {
  const begin = async (identifier: string) => cookiesOf(await post('/sign-in', { identifier }))
  const steps: string[] = []
  for (const identifier of identifiers) steps.push(await begin(identifier))
  const proved = await Promise.all(steps.map((step) => post('/sign-in/proof', { proof }, step)))
  expect(proved.some(({ status }) => status !== 503)).toBe(true)
  for (const [i, answer] of proved.entries()) {
    if (answer.status !== 503) continue
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    proved[i] = await post('/sign-in/proof', { proof }, await begin(identifiers[i] ?? ''))
  }
  return proved
}

test('twenty who sign in by password at once are all in, in workerd with hashes of full cost (A14)', async () => {
  expect(everybody).toHaveLength(20)
  const proved = await proveAtOnce(everybody, demoPassword)
  expect(proved.map(({ status }) => status)).toEqual(Array(20).fill(303))
  const pages = await Promise.all(
    proved.map((answer) =>
      fetch(`${portal.origin}/settings/password`, { headers: { cookie: cookiesOf(answer) }, redirect: 'manual' }),
    ),
  )
  expect(pages.map(({ status }) => status)).toEqual(Array(20).fill(200))
})

test('twenty who guess at once are all refused, and none of the answers is a fault (A14)', async () => {
  const nobody = Array.from({ length: 20 }, (_, i) => `nobody-${i}@example.com`)
  const proved = await proveAtOnce(nobody, 'a guess')
  expect(proved.map(({ status }) => status)).toEqual(Array(20).fill(422))
})
