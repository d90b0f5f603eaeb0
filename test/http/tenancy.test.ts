import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { acme, ada, contoso, demoPassword, demoSignIns, fabrikam, grace, northwind } from '#dev/world/people.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { doorsOf, everythingIn } from '../support/doors.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'

type Row = { id: string; account_id: string; reference?: string; serial?: string }
type Viewer = { who: string; account: string; role: string | null; kind: string; browser: Browser }

let portal: Portal
const viewers: Viewer[] = []
let parents: Map<string, string | null>
let licenses: Row[]
let orders: Row[]

beforeAll(async () => {
  portal = await openPortal()
  const logins = ['wingtip', 'proseware', 'litware', 'southridge'].map((login) => ({
    who: login,
    identifier: login,
    proof: demoPassword,
  }))
  for (const { who, identifier, proof } of [...demoSignIns, ...logins]) {
    const browser = portal.browser()
    await signIn(browser, identifier, proof)
    const [row] = await portal.db.rows(
      `select a.id, a.kind, l.role from sessions s join accounts a on a.id = s.account_id
        left join logins l on l.id = s.login_id order by s.rowid desc limit 1`,
    )
    viewers.push({ who, account: String(row?.id), kind: String(row?.kind), role: row?.role as string | null, browser })
  }
  const accounts = await portal.db.rows('select id, parent_id from accounts')
  parents = new Map(accounts.map(({ id, parent_id }) => [String(id), parent_id as string | null]))
  licenses = (await portal.db.rows('select id, account_id, serial from licenses')) as Row[]
  orders = (await portal.db.rows('select id, account_id, reference from orders')) as Row[]
})

/** Whether an account is another or stands below it, by the tree itself. */
function below(account: string, above: string): boolean {
  for (let one: string | null | undefined = account; one; one = parents.get(one)) if (one === above) return true
  return false
}
const seenBy = (viewer: Viewer, rows: Row[]) => rows.filter((row) => below(row.account_id, viewer.account))
const may = ({ kind, role }: Viewer, act: Parameters<typeof allows>[1]) =>
  allows({ accountKind: kind, role, access: 'write', isMaster: role === 'full' } as Parameters<typeof allows>[0], act)
/** One row of each account that has any. */
const oneOfEach = (rows: Row[]) => [...new Map(rows.map((row) => [row.account_id, row])).values()]

const statusOf = async (viewer: Viewer, path: string) => (await viewer.browser.request('GET', path)).status

describe('each who signs in', () => {
  test('sees a license of their own account and those below, and of no other: 404 as if it were not there (R11 T1)', async () => {
    const rows = oneOfEach(licenses)
    const cells: unknown[] = []
    const wrong: unknown[] = []
    for (const viewer of viewers) {
      for (const row of rows) {
        const open = below(row.account_id, viewer.account)
        const expected = may(viewer, 'license.read') ? (open ? 200 : 404) : 403
        const edit = may(viewer, 'license.comment') ? (open ? 200 : 404) : 403
        const found = [
          await statusOf(viewer, `/licenses/${row.id}`),
          await statusOf(viewer, `/licenses/${row.id}/comment`),
        ]
        cells.push(found)
        if (found[0] !== expected || found[1] !== edit) wrong.push([viewer.who, row.account_id, found, expected, edit])
      }
    }
    expect(wrong).toEqual([])
    expect(cells.length).toBeGreaterThan(100)
  })

  test('sees an order of their own account and those below, and of no other (R11 T1)', async () => {
    const wrong: unknown[] = []
    for (const viewer of viewers) {
      for (const row of oneOfEach(orders)) {
        const open = below(row.account_id, viewer.account)
        const expected = may(viewer, 'order.read') ? (open ? 200 : 404) : 403
        const found = await statusOf(viewer, `/orders/${row.reference}`)
        if (found !== expected) wrong.push([viewer.who, row.reference, found, expected])
      }
    }
    expect(wrong).toEqual([])
  })

  test('lists, searches and downloads exactly those (T4)', async () => {
    for (const viewer of viewers) {
      const expected = seenBy(viewer, licenses).map(({ serial }) => serial)
      const csv = await (await viewer.browser.request('GET', '/licenses.csv')).text()
      const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[]
      const serials = rows.map((row) => row.Serial ?? row['Serial number'] ?? row.serial)
      expect([viewer.who, serials.toSorted()]).toEqual([viewer.who, expected.toSorted()])
      const [foreign] = licenses.filter((row) => !below(row.account_id, viewer.account))
      if (foreign) {
        for (const path of [`/?q=${foreign.serial}`, `/licenses.csv?q=${foreign.serial}`]) {
          const answer = await (await viewer.browser.request('GET', path)).text()
          expect([viewer.who, path, answer.includes(foreign.id)]).toEqual([viewer.who, path, false])
        }
      }
    }
  })

  test('reads no line of the audit trail of another (T4 R319)', async () => {
    const events = await portal.db.rows('select id, account_id, subject_id from events')
    for (const viewer of viewers) {
      if (!may(viewer, 'event.read')) continue
      const csv = await (await viewer.browser.request('GET', '/events.csv')).text()
      const foreign = events.filter((row) => !below(String(row.account_id), viewer.account))
      const shown = foreign.filter((row) => csv.includes(String(row.id)) || csv.includes(`${row.subject_id},`))
      expect([viewer.who, shown]).toEqual([viewer.who, []])
    }
  })
})

describe("a form for what is not one's own", () => {
  test('is 404, and changes nothing (T1)', async () => {
    const before = await everythingIn(portal.db)
    for (const viewer of viewers.filter(({ account }) => ![acme.accountId, ada.accountId].includes(account as never))) {
      const path = `/licenses/${ada.licenses.frontDesk}/comment`
      const answer = await viewer.browser.request('POST', path, 'comment=mine+now&version=1')
      expect([viewer.who, answer.status]).toEqual([viewer.who, may(viewer, 'license.comment') ? 404 : 403])
      expect(await answer.text()).not.toContain('FRONT-01')
    }
    expect(await everythingIn(portal.db)).toBe(before)
  })

  test('takes no field that it does not show: owner, role, credits stay as they were (T3)', async () => {
    const adas = viewers.find(({ account }) => account === ada.accountId) as Viewer
    const path = `/licenses/${ada.licenses.spare}/comment`
    const [row] = await portal.db.rows('select * from licenses where id = ?', ada.licenses.spare)
    const more = {
      account_id: grace.accountId,
      accountId: grace.accountId,
      serial: 'X',
      email: 'x@y.example',
      size: '999',
      role: 'full',
      id: ada.licenses.lab,
      supportEndsOn: '2099-01-01',
    }
    const form = new URLSearchParams({ comment: 'one more', version: String(row?.version), ...more })
    expect((await adas.browser.request('POST', path, form)).status).toBe(303)
    const [after] = await portal.db.rows('select * from licenses where id = ?', ada.licenses.spare)
    const changed = Object.keys(row ?? {}).filter((name) => row?.[name] !== after?.[name])
    expect(changed.toSorted()).toEqual(expect.arrayContaining(['comment', 'version']))
    expect(changed).not.toEqual(expect.arrayContaining(['account_id']))
    expect(after).toMatchObject({
      account_id: ada.accountId,
      serial: row?.serial,
      size: row?.size,
      support_ends_on: row?.support_ends_on,
    })
  })
})

describe('a role', () => {
  const by = (role: string) => viewers.find((one) => one.role === role && one.account === fabrikam.accountId) as Viewer

  test.each([
    ['full', 200],
    ['billing', 200],
    ['servers-licenses', 403],
    ['servers', 403],
    ['read-billing', 200],
    ['read-servers', 403],
  ])('%s gets %i for /orders, the page, its parts and its download (T2)', async (role, status) => {
    for (const path of ['/orders', '/orders.csv', '/orders?sort=ordered'])
      expect([path, await statusOf(by(role), path)]).toEqual([path, status])
    const part = await by(role).browser.request('GET', '/orders', undefined, {
      'hx-request': 'true',
      'hx-request-type': 'partial',
    })
    expect(part.status).toBe(status)
    const home = await by(role).browser.open('/')
    expect(home.dom.querySelector('nav a[href="/orders"]') !== null).toBe(status === 200)
  })

  test('that lacks a permission is told so in words, not shown an empty page (T2)', async () => {
    const page = await by('read-servers').browser.open('/orders')
    expect([page.status, page.dom.querySelector('h1')?.text]).toEqual([403, 'Not permitted'])
  })

  test('is asked of every route: what the role lacks is 403 and never 200 (T2)', async () => {
    const wrong: unknown[] = []
    for (const role of ['full', 'billing', 'servers-licenses', 'servers', 'read-billing', 'read-servers']) {
      for (const { method, sample, guard } of doorsOf(portal)) {
        if (
          !guard ||
          guard.lets === 'anyone' ||
          guard.lets === 'holder' ||
          guard.lets === 'anything' ||
          guard.lets === 'oneself'
        )
          continue
        if (sample.startsWith('/api/')) continue
        const answer = await by(role).browser.request(
          method,
          sample,
          method === 'POST' ? 'comment=x&version=1' : undefined,
        )
        const forbidden = !may(by(role), guard.lets)
        if ((answer.status === 403) !== forbidden) wrong.push([role, method, sample, answer.status])
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('a key of the API', () => {
  const ids = async (key: string) => {
    const seen: string[] = []
    let path: string | null = '/api/v1/licenses?limit=100'
    while (path) {
      const answer = (await (await portal.call('GET', path, { key })).json()) as {
        data: { id: string }[]
        nextCursor: string | null
      }
      seen.push(...answer.data.map(({ id }) => id))
      path = answer.nextCursor ? `/api/v1/licenses?limit=100&cursor=${answer.nextCursor}` : null
    }
    return seen.toSorted()
  }

  test.each([acme, northwind, fabrikam])(
    'of $name lists what lies below its account, page by page (T4 T5)',
    async ({ apiKey, accountId }) => {
      const expected = licenses.filter((row) => below(row.account_id, accountId)).map(({ id }) => id)
      expect(await ids(apiKey)).toEqual(expected.toSorted())
    },
  )

  test('that was revoked, has expired or was changed by a letter opens nothing (I7)', async () => {
    const call = async (key: string) => (await portal.call('GET', '/api/v1/licenses', { key })).status
    expect(await call(`${northwind.apiKey}x`)).toBe(401)
    expect(await call(northwind.apiKey.toUpperCase())).toBe(401)
    await portal.db.client.execute("update api_keys set expires_at = 1 where hint like 'ptk_demo_nor%'")
    expect(await call(northwind.apiKey)).toBe(401)
    await portal.db.client.execute("update api_keys set revoked_at = 1 where hint like 'ptk_demo_fab%'")
    expect(await call(fabrikam.apiKey)).toBe(401)
  })

  test('that only reads changes nothing: 403', async () => {
    await portal.db.client.execute("update api_keys set access = 'read' where hint like 'ptk_demo_acm%'")
    const path = `/api/v1/licenses/${ada.licenses.lab}`
    expect((await portal.call('GET', path, { key: acme.apiKey })).status).toBe(200)
    const patch = { key: acme.apiKey, body: { comment: 'x' }, headers: { 'if-match': '*' } }
    expect((await portal.call('PATCH', path, patch)).status).toBe(403)
    expect((await portal.call('DELETE', path, { key: acme.apiKey })).status).toBe(403)
  })
})

test('a customer with an order number does not see what another bought (R11)', async () => {
  for (const [me, other] of [
    [ada, grace],
    [grace, contoso],
    [contoso, ada],
  ] as const) {
    const viewer = viewers.find(({ account }) => account === me.accountId) as Viewer
    for (const path of [
      '/',
      '/?tab=support',
      '/orders',
      '/events',
      '/licenses.csv',
      '/orders.csv',
      '/events.csv',
      `/?q=${other.orders[0]}`,
    ]) {
      const text = await (await viewer.browser.request('GET', path)).text()
      const found = [other.activationKey, other.name, other.email].filter((secret) => text.includes(secret))
      expect([me.name, path, found]).toEqual([me.name, path, []])
    }
  }
})
