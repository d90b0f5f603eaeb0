import { beforeEach, expect, test } from 'vitest'
import { acme, ada, demoPassword, fabrikam, lucerne, northwind, wingtip } from '#dev/world/people.ts'
import { identify } from '../support/doors.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
  await portal.db.client.execute({
    sql: 'update logins set disabled_at = 1 where id = ?',
    args: [fabrikam.logins.servers.loginId],
  })
})

const someone = {
  'a customer with orders': ada.email,
  'a login': wingtip.email,
  'the vendor': acme.email,
  'a login that was disabled': fabrikam.logins.servers.email,
  'a login of a suspended account': lucerne.email,
  nobody: 'nobody@nowhere.example',
  'nobody, with a long name': `${'n'.repeat(64)}@${'o'.repeat(60)}.example`,
}

/** An answer without what differs from one to the next: its request's id, cookies' values, and what was typed. */
async function bare(answer: Response, typed: string) {
  const headers = [...answer.headers].filter(([name]) => !/^(x-request-id|set-cookie)$/.test(name))
  const cookies = answer.headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '='))
  const body = (await answer.text()).replaceAll(typed, 'TYPED').replace(/req_\w+/g, '')
  return JSON.stringify({ status: answer.status, headers, cookies, body })
}

type Door = readonly [path: string, fields: (email: string) => Record<string, string>, begin?: typeof identify]

const doors: readonly (readonly [name: string, door: Door])[] = [
  ['the first step of sign-in', ['/sign-in', (identifier) => ({ identifier })]],
  ['a wrong proof at sign-in', ['/sign-in/proof', () => ({ proof: 'JWT000000-0000-00000' }), identify]],
  ['asking for a sign-in link', ['/sign-in/links', () => ({}), identify]],
  ['asking for a new password', ['/password-resets', (identifier) => ({ identifier })]],
  ['registering', ['/register', (email) => ({ email, firstName: 'Lin', lastName: 'Chen' })]],
]

/** What a door answers to each of them, three times, and to whom. */
async function answersOf([path, fields, begin]: Door, browserFor: () => Promise<Browser>) {
  const seen = new Map<string, Set<string>>()
  for (const [who, email] of Object.entries(someone)) {
    for (let i = 0; i < 3; i++) {
      const browser = await browserFor()
      await begin?.(browser, email)
      const told = await bare(await browser.request('POST', path, new URLSearchParams(fields(email))), email)
      seen.set(told, (seen.get(told) ?? new Set()).add(who))
      await portal.deps.settled()
    }
  }
  return [...seen.values()].map((who) => [...who])
}

test.each(doors)('%s gives known, unknown, disabled and suspended one answer, to the byte (A1)', async (_, door) => {
  let from = 0
  const stranger = async () => portal.browser({ 'cf-connecting-ip': `203.0.113.${++from}` })
  expect(await answersOf(door, stranger)).toEqual([Object.keys(someone)])
})

test('inviting gives whoever invites one answer, to the byte, whether somebody signs in elsewhere or not (A1)', async () => {
  const master = portal.browser()
  await signIn(master, northwind.login, demoPassword)
  const invitedByNobody = async () => {
    await portal.db.client.execute('delete from invitations')
    return master
  }
  const door: Door = ['/settings/logins', (email) => ({ email, role: 'servers' })]
  expect(await answersOf(door, invitedByNobody)).toEqual([Object.keys(someone)])
})
