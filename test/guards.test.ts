/**
 * Every route against everybody there is to be, each cell with its right answer. What a new route or act needs:
 *
 * 1. its line in `test/guards/routes.ts`: which act its guard names, and what its path names;
 * 2. for a new act, its line in `test/guards/rights.ts`: who may do it;
 * 3. for a new kind of asker, an entry in `test/guards/identities.ts`.
 *
 * A route or act without a line fails here, and so does an answer that shows something of an account beside one's own.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { acts, allows } from '#src/domain/accounts/acts.ts'
import { type RouteLine, routeTable } from '#src/http/route-table.ts'
import { everybody, type Identity } from './guards/identities.ts'
import { actsWithLine, isRight, wronglyDecided } from './guards/rights.ts'
import { type Route, routes } from './guards/routes.ts'
import { everythingIn } from './support/doors.ts'
import { openPortal, type Portal } from './support/portal.ts'

let portal: Portal
let identities: Identity[]
let parents: Map<string, string | null>
let markers: { account: string; text: string }[]

beforeAll(async () => {
  portal = await openPortal()
  identities = await everybody(portal)
  const accounts = await portal.db.rows('select id, parent_id from accounts')
  parents = new Map(accounts.map(({ id, parent_id }) => [String(id), parent_id as string | null]))
  markers = await markersOf(portal)
})

const table = () => routeTable(portal.app)
const nameOf = ({ method, path }: RouteLine) => `${method} ${path}`
const lineOf = (route: RouteLine) => routes[nameOf(route)] as Route

/** Whether an account is another or stands below it, by the tree itself. */
function below(account: string, above: string | null): boolean {
  for (let one: string | null | undefined = account; one; one = parents.get(one)) if (one === above) return true
  return false
}

/** E-mails that forms give everybody as examples: they tell nobody that somebody has them. */
const examples = new Set(['billing@fabrikam.example', 'lea@fabrikam.example', 'sales@tailspin.example'])

/**
 * What only whoever sees an account may read: serial numbers, activation keys, order references, e-mails of logins and of
 * who is invited, hints of API keys, host names and invoice numbers of each account.
 */
async function markersOf({ db }: Portal) {
  const rows = await db.rows(`select account_id as account, serial as text from licenses
    union all select account_id, code from activation_keys union all select account_id, reference from orders
    union all select account_id, email from logins union all select account_id, email from invitations
    union all select account_id, hint || '…' from api_keys
    union all select account_id, hostname from computers where instr(hostname, '.') > 0
    union all select account_id, printf('INV-%06d', number) from invoices`)
  const found = rows.map(({ account, text }) => ({ account: String(account), text: String(text) }))
  expect(found.length).toBeGreaterThan(300)
  return found.filter(({ text }) => !examples.has(text))
}

describe('the tables', () => {
  test('know every route, and no route that is not there', () => {
    expect(table().map(nameOf).toSorted()).toEqual(Object.keys(routes).toSorted())
  })

  test('name what each guard lets pass: no route without one, none that lets others pass', () => {
    const guards = table().map((route) => [nameOf(route), route.guard?.lets])
    expect(guards).toEqual(table().map((route) => [nameOf(route), lineOf(route)[0]]))
  })

  test('name what asks for a fresh proof: no guard that would let an old session lock its owner out (A10)', () => {
    const asking = table().filter((route) => route.guard?.sensitive)
    expect(asking.map(nameOf)).toEqual(
      table()
        .filter((route) => lineOf(route)[1]?.sensitive)
        .map(nameOf),
    )
  })

  test('name a thing for every path with a parameter', () => {
    const without = table().filter((route) => route.path.includes(':') && !lineOf(route)[1]?.at)
    expect(without.map(nameOf)).toEqual([])
  })

  test('know who may do each act (Decision 11, T2)', () => {
    expect(actsWithLine.toSorted()).toEqual(Object.keys(acts).toSorted())
    expect(wronglyDecided(allows)).toEqual([])
  })
})

const isCall = (path: string) => path.startsWith('/api/')
const isOpen = (route: RouteLine) => lineOf(route)[0] === 'anyone'

/** The right answer of a cell. */
function answerTo(route: RouteLine, one: Identity): number {
  const [lets, more = {}] = lineOf(route)
  const gives = more.gives ?? (route.method === 'GET' ? 200 : 422)
  if (lets === 'anyone') return gives
  if (lets === 'holder') return 401
  const turnedAway = isCall(route.path) ? 401 : 303
  if (one.comes !== (isCall(route.path) ? 'with a key' : 'with a cookie') || one.barred === 'gone') return turnedAway
  if (one.barred === 'suspended') return 403
  if (one.barred === 'must change its password' && lets !== 'oneself') return 303
  if (more.but?.[one.who]) return more.but[one.who] as number
  if (lets !== 'anything' && lets !== 'oneself' && !isRight(one, lets)) return 403
  return more.at && !isSeen(route, one) ? 404 : gives
}

/** Whoever could change a thing asks for one that does not exist: the tables say who may, nothing may be done. */
const isSeen = (route: RouteLine, one: Identity): boolean =>
  route.method === 'GET' && below(lineOf(route)[1]?.at?.of ?? '', one.account)

const origin = 'https://portal.acme.example'

async function ask(route: RouteLine, one: Identity, id: string) {
  const { method, path } = route
  const call = isCall(path)
  const { sends = {} } = lineOf(route)[1] ?? {}
  const reads = method === 'GET' || method === 'DELETE'
  return portal.app.request(origin + path.replace(/:\w+/, id), {
    method,
    headers: {
      ...one.headers,
      ...(method === 'GET' ? {} : { origin }),
      ...(method === 'PATCH' ? { 'if-match': '*' } : {}),
      ...(reads ? {} : { 'content-type': call ? 'application/json' : 'application/x-www-form-urlencoded' }),
    },
    ...(reads ? {} : { body: call ? JSON.stringify(sends) : new URLSearchParams(sends as never).toString() }),
  })
}

const absent = (id: string) => id.replace(/^([a-z]{3}_|JWT)?.*$/, '$1nothing-here')
const stripped = (text: string) => text.replace(/req_\w+/g, '')

const begunAgain = 'update sessions set ended_at = null'

describe('every route', () => {
  test('gives everybody the right answer, and shows nobody anything of an account beside their own (T1 T2 T5)', async () => {
    const before = await changedBy(portal)
    const wrong: unknown[] = []
    for (const route of table()) {
      const { id = '', of = '' } = lineOf(route)[1]?.at ?? {}
      for (const one of identities) {
        const mine = below(of, one.account)
        const answer = await ask(route, one, mine && route.method !== 'GET' ? absent(id) : id)
        const expected = answerTo(route, one)
        if (lineOf(route)[1]?.ends) await portal.db.client.execute(begunAgain)
        const text = await answer.text()
        if (answer.status !== expected) wrong.push([nameOf(route), one.who, answer.status, 'and not', expected])
        if (answer.status === 303 && !isOpen(route) && expected === 303 && one.barred === 'gone') {
          if (!answer.headers.get('location')?.startsWith('/sign-in'))
            wrong.push([nameOf(route), one.who, 'not sign-in'])
        }
        if (answer.status === 404 && !mine && !isOpen(route)) {
          const nothing = await (await ask(route, one, absent(id))).text()
          if (stripped(nothing) !== stripped(text)) wrong.push([nameOf(route), one.who, 'tells that it is there'])
        }
        const foreign = markers.find((marker) => text.includes(marker.text) && !below(marker.account, one.account))
        if (foreign && !isOpen(route)) wrong.push([nameOf(route), one.who, 'shows', foreign])
      }
    }
    expect(wrong.map((cell) => JSON.stringify(cell))).toEqual([])
    expect(await changedBy(portal)).toBe(before)
  }, 300_000)

  test('turns an anonymous visitor away without a database trip', async () => {
    const [stranger] = identities as [Identity]
    portal.db.forget()
    for (const route of table().filter((one) => !isOpen(one)))
      await ask(route, stranger, lineOf(route)[1]?.at?.id ?? '')
    expect(portal.db.trips).toEqual([])
  })
})

/** Everything but who was there when. */
async function changedBy({ db, deps }: Portal): Promise<string> {
  await deps.settled()
  const all = JSON.parse(await everythingIn(db)) as unknown[]
  const left = new Set(['sessions', 'events', 'event_reach', 'sqlite_sequence'])
  return JSON.stringify(all.filter((_, i) => !left.has(String(all[i - (i % 2)]))))
}
