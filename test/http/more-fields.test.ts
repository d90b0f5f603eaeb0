import { beforeEach, describe, expect, test } from 'vitest'
import { demoPassword, fabrikam, grace, northwind, tailspin } from '#dev/world/people.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'

const { full, servers, billing } = fabrikam.logins
const tables = ['accounts', 'logins', 'invitations', 'api_keys', 'credit_balances', 'account_products'] as const

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

type Row = Record<string, unknown>
const rowsOf = (table: string): Promise<Row[]> => portal.db.rows(`select rowid as row, * from ${table}`)
const everything = async () =>
  Object.fromEntries(await Promise.all(tables.map(async (one) => [one, await rowsOf(one)])))

/** What an act changed, as `table.column`, `table.*` where a row came or went. */
async function changedBy(act: () => Promise<unknown>): Promise<string[]> {
  const before: Record<string, Row[]> = await everything()
  await act()
  await portal.deps.settled()
  const after: Record<string, Row[]> = await everything()
  const changed = tables.flatMap((table) => {
    const now = new Map(after[table]?.map((row) => [row.row, row]))
    const came = after[table]?.length === before[table]?.length ? [] : [`${table}.*`]
    const other = (before[table] ?? []).flatMap((row) =>
      Object.keys(row).filter((column) => row[column] !== now.get(row.row)?.[column]),
    )
    return [...came, ...other.map((column) => `${table}.${column}`)]
  })
  return [...new Set(changed)].toSorted()
}

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const wanted: Record<string, string> = {
  role: 'full',
  access: 'write',
  account_id: grace.accountId,
  parent_id: fabrikam.accountId,
}

/** Every column of the tables by both its names, but those that the form shows. */
async function columnsBut(shown: readonly string[]): Promise<Record<string, string>> {
  const columns = await portal.db.rows(
    `select distinct c.name from pragma_table_list t join pragma_table_info(t.name) c where t.name in (${tables.map((one) => `'${one}'`)})`,
  )
  const names = columns.flatMap(({ name }) => [String(name), camel(String(name))])
  return Object.fromEntries(
    names
      .filter((name) => !shown.includes(name))
      .map((name) => [name, wanted[name] ?? wanted[name.replace('Id', '_id')] ?? '1']),
  )
}

/** Fills the form in, and sends every column there is beside its own fields. */
async function submitWithMore(path: string, selector: string, fields: Record<string, string>, who = browser) {
  const page = await who.open(path)
  const shown = page.dom.querySelectorAll(`${selector} [name]`).map((one) => one.getAttribute('name') ?? '')
  expect(shown).toEqual(expect.arrayContaining(Object.keys(fields)))
  const sent = await who.submit(page, selector, { ...(await columnsBut(shown)), ...fields })
  expect([path, sent.status < 300, sent.text]).toEqual([path, true, expect.any(String)])
  return sent
}

describe('a form takes no field that it does not show (T3)', () => {
  test.each([
    [
      'of a login without the account',
      servers.email,
      '/settings',
      'main form.card',
      { firstName: 'New', lastName: 'Name' },
      ['logins.first_name', 'logins.last_name', 'logins.name', 'logins.version'],
    ],
    [
      'of the company',
      full.email,
      '/settings/company',
      'main form.card',
      { city: 'Gera' },
      ['accounts.city', 'accounts.version'],
    ],
    [
      'of the billing contact',
      full.email,
      '/settings/billing-contact',
      'main form.card',
      { billingLastName: 'Berg' },
      ['accounts.billing_last_name', 'accounts.version'],
    ],
    [
      'of a role',
      full.email,
      `/settings/logins/${billing.loginId}`,
      'form.form',
      { role: 'read-billing' },
      ['logins.role', 'logins.version'],
    ],
    ['of warnings', full.email, '/settings/warnings', 'main form.card', {}, []],
    [
      'of a seller below',
      northwind.login,
      `/resellers/${tailspin.accountId}`,
      `form[action="/resellers/${tailspin.accountId}"]`,
      { name: 'Toys' },
      ['accounts.name', 'accounts.version'],
    ],
  ] as const)('%s', async (_, who, path, selector, fields, changes) => {
    await signIn(browser, who, demoPassword)
    expect(await changedBy(() => submitWithMore(path, selector, fields))).toEqual(changes)
  })

  test('of an invitation, nor the one that accepts it: role and account are as the master said', async () => {
    await signIn(browser, full.email, demoPassword)
    const came = await changedBy(() =>
      submitWithMore('/settings/logins/new', 'form.form', { email: 'new@fabrikam.example', role: 'read-servers' }),
    )
    expect(came).toEqual(['invitations.*'])
    const [invited] = await portal.db.rows(
      "select account_id, role, accepted_at from invitations where email = 'new@fabrikam.example'",
    )
    expect(invited).toEqual({ account_id: fabrikam.accountId, role: 'read-servers', accepted_at: null })
    const path = /\/links\/inv_[\w.-]+/.exec(portal.deps.letters.at(-1)?.text ?? '')?.[0] ?? ''
    const joining = { firstName: 'New', lastName: 'Login', password: 'four words make sense' }
    await submitWithMore(path, 'form', joining, portal.browser())
    const rows = await portal.db.rows("select account_id, role, is_master, email from logins where name = 'New Login'")
    expect(rows).toEqual([
      { account_id: fabrikam.accountId, role: 'read-servers', is_master: 0, email: 'new@fabrikam.example' },
    ])
  })

  test('of an API key: it acts as the role that was chosen', async () => {
    await signIn(browser, full.email, demoPassword)
    const came = await changedBy(() =>
      submitWithMore('/settings/api-keys/new', 'form.form', { name: 'More', as: 'servers', access: 'read' }),
    )
    expect(came).toEqual(['api_keys.*'])
    const [key] = await portal.db.rows(
      "select account_id, role, access, is_master, last_used_at from api_keys where name = 'More'",
    )
    expect(key).toEqual({
      account_id: fabrikam.accountId,
      role: 'servers',
      access: 'read',
      is_master: 0,
      last_used_at: null,
    })
  })

  test('of a new seller: it stands below whoever makes it, and has no credits', async () => {
    await signIn(browser, northwind.login, demoPassword)
    const fields = { login: 'adatum', email: 'sales@adatum.example', name: 'Adatum', products: 'remote-access' }
    const came = await changedBy(() =>
      submitWithMore('/resellers/new', 'form[action="/resellers"][method="post"]', fields),
    )
    expect(came).toEqual(['account_products.*', 'accounts.*', 'logins.*'])
    const [account] = await portal.db.rows("select kind, parent_id, suspended_at from accounts where name = 'Adatum'")
    expect(account).toEqual({ kind: 'reseller', parent_id: northwind.accountId, suspended_at: null })
  })
})
