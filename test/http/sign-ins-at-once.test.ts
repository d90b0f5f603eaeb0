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

test('twenty who sign in by password at once are all in, in workerd with hashes of full cost (A14)', async () => {
  expect(everybody).toHaveLength(20)
  const steps: string[] = []
  for (const identifier of everybody) steps.push(cookiesOf(await post('/sign-in', { identifier })))
  const proved = await Promise.all(steps.map((step) => post('/sign-in/proof', { proof: demoPassword }, step)))
  expect(proved.map(({ status }) => status)).toEqual(Array(20).fill(303))
  const pages = await Promise.all(
    proved.map((answer) =>
      fetch(`${portal.origin}/settings/password`, { headers: { cookie: cookiesOf(answer) }, redirect: 'manual' }),
    ),
  )
  expect(pages.map(({ status }) => status)).toEqual(Array(20).fill(200))
})

test('twenty who guess at once are all refused, and none of the answers is a fault (A14)', async () => {
  const steps: string[] = []
  for (let i = 0; i < 20; i++) steps.push(cookiesOf(await post('/sign-in', { identifier: `nobody-${i}@example.com` })))
  const proved = await Promise.all(steps.map((step) => post('/sign-in/proof', { proof: 'a guess' }, step)))
  expect(proved.map(({ status }) => status)).toEqual(Array(20).fill(422))
})
