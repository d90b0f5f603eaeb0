import { ada } from '#dev/world/people.ts'
import { type RouteLine, routeTable } from '#src/http/route-table.ts'
import type { TestDatabase } from './database.ts'
import type { Browser, Portal } from './portal.ts'

const samples: Record<string, string> = {
  '/licenses/:id': ada.licenses.frontDesk,
  '/orders/:reference': ada.orders[0],
}

/** A path of a route line, its parameters filled in with something of Ada's. */
export const sampleOf = (path: string): string =>
  path.replace(/^(.*?\/(?:licenses|orders))\/(:\w+)/, (_, list: string, name: string) => {
    const key = `/${list.split('/').at(-1)}/${name}`
    return `${list}/${samples[key]}`
  })

/** Every route of a portal with a path to try it by. */
export const doorsOf = (portal: Portal): (RouteLine & { sample: string })[] =>
  routeTable(portal.app).map((line) => ({ ...line, sample: sampleOf(line.path).replace(/:\w+/g, 'nothing-here') }))

/** Everything a database holds, as text: to look for secrets in, and to see that nothing changed. */
export async function everythingIn(db: TestDatabase): Promise<string> {
  const tables = await db.rows(
    "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_schema'",
  )
  const rows = []
  for (const { name } of tables) rows.push(name, await db.rows(`select * from "${name}"`))
  return JSON.stringify(rows)
}

/** The first step of sign-in; leaves the browser at the second. */
export const identify = (browser: Browser, identifier: string, next?: string): Promise<Response> =>
  browser.request('POST', '/sign-in', new URLSearchParams({ identifier, ...(next === undefined ? {} : { next }) }))

/** The second step of sign-in. */
export const prove = (browser: Browser, proof: string, more: Record<string, string> = {}): Promise<Response> =>
  browser.request('POST', '/sign-in/proof', new URLSearchParams({ proof, ...more }))

/** Both steps, from one address, in a browser that is thrown away: what a stranger's guess is. */
export async function guess(
  portal: Portal,
  identifier: string,
  proof: string,
  address = '203.0.113.9',
): Promise<Response> {
  const browser = portal.browser({ 'cf-connecting-ip': address })
  await identify(browser, identifier)
  return prove(browser, proof)
}

/** A password check that tells how often it was asked. */
export function counting<T extends { verify: (...args: never[]) => unknown }>(passwords: T) {
  const calls = { verified: 0 }
  const verify = ((...args: Parameters<T['verify']>) => {
    calls.verified++
    return passwords.verify(...args)
  }) as T['verify']
  return { calls, passwords: { ...passwords, verify } }
}
