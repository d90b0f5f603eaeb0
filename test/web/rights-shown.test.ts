import { beforeAll, describe, expect, test } from 'vitest'
import { acme, fabrikam, northwind } from '#dev/world/people.ts'
import type { AccountKind } from '#src/domain/accounts/account.ts'
import { roles } from '#src/domain/accounts/permissions.ts'
import { type RouteLine, routeTable } from '#src/http/route-table.ts'
import { makersOf } from '../guards/identities.ts'
import { isRight } from '../guards/rights.ts'
import { crawl, linksOf } from '../support/crawl.ts'
import { openPortal, type Page, type Portal } from '../support/portal.ts'

const accounts: readonly [AccountKind, { accountId: string; name: string }][] = [
  ['vendor', acme],
  ['partner', northwind],
  ['customer', fabrikam],
]
/** A login of each role in each kind of account, none of them the master. */
const readers = accounts.flatMap(([accountKind, { accountId, name }]) =>
  roles.map((role) => ({ who: `${role} of ${name}`, accountKind, accountId, role })),
)

let portal: Portal
let table: readonly RouteLine[]
beforeAll(async () => {
  portal = await openPortal()
  table = routeTable(portal.app)
})

/** The route that a request would come to. */
const routeOf = (method: string, address: string) => {
  const { pathname } = new URL(address.replaceAll('&amp;', '&'), 'https://portal.example')
  return table.find(
    (line) => line.method === method && new RegExp(`^${line.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(pathname),
  )
}

/** What a page offers: its links, its forms, and buttons that send a form elsewhere. */
const offersOf = (page: Page): [method: string, address: string][] => [
  ...linksOf(page).map((href): [string, string] => ['GET', href]),
  ...page.dom
    .querySelectorAll('form[action]')
    .map((form): [string, string] => [
      form.getAttribute('method')?.toUpperCase() ?? 'GET',
      form.getAttribute('action') ?? '',
    ]),
  ...page.dom
    .querySelectorAll('[formaction]')
    .map((button): [string, string] => ['POST', button.getAttribute('formaction') ?? '']),
]

describe.each(readers)('$who', ({ who, accountKind, accountId, role }) => {
  test('is offered nothing by any page that would be refused for the role (Decision 11, T2)', async () => {
    const { login, session } = makersOf(portal, who.replaceAll(' ', '-'))
    const account = { accountId, accountKind }
    const { headers } = await session(who, account, await login(account, role))
    const browser = portal.browser()
    browser.cookies.set('__Host-portico', headers.cookie?.split('=')[1] ?? '')
    const rights = { accountKind, role, access: 'write', isMaster: false } as const
    const wrong: string[] = []
    let pages = 0
    await crawl(portal, browser, (page, path, from) => {
      pages++
      if (page.status >= 400) wrong.push(`${path} on ${from} answers ${page.status}`)
      for (const [method, address] of offersOf(page)) {
        const lets = routeOf(method, address)?.guard?.lets ?? 'anyone'
        if (
          lets === 'anyone' ||
          lets === 'holder' ||
          lets === 'anything' ||
          lets === 'oneself' ||
          isRight(rights, lets)
        )
          continue
        wrong.push(`${method} ${address} on ${path} needs ${lets}`)
      }
    })
    expect([...new Set(wrong)]).toEqual([])
    expect(pages).toBeGreaterThan(4)
  })
})
