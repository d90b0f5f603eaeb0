import { acme, ada, fabrikam, grace, lucerne, northwind, southridge, tailspin } from '#dev/world/people.ts'
import type { AccountKind } from '#src/domain/accounts/account.ts'
import { type Role, roles } from '#src/domain/accounts/permissions.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Portal } from '../support/portal.ts'

/** Somebody who asks: with a cookie, with an API key, or with nothing. */
export type Identity = {
  readonly who: string
  /** `null` for whoever is nobody, or nobody any longer. */
  readonly account: string | null
  readonly accountKind: AccountKind
  readonly role: Role | null
  readonly isMaster: boolean
  readonly access: 'read' | 'write'
  /** Comes with a cookie to pages, with a key to calls; the other door does not know it. */
  readonly comes: 'with a cookie' | 'with a key' | 'with nothing'
  /** What is in the way, whatever the role. */
  readonly barred: 'gone' | 'suspended' | 'must change its password' | null
  /** The headers it comes with. */
  readonly headers: Readonly<Record<string, string>>
}

type Kind = { readonly accountId: string; readonly accountKind: AccountKind }
const customerOf = ({ accountId }: { accountId: string }): Kind => ({ accountId, accountKind: 'customer' })
const partner: Kind = { accountId: northwind.accountId, accountKind: 'partner' }
const sibling: Kind = { accountId: southridge.accountId, accountKind: 'partner' }
const reseller: Kind = { accountId: tailspin.accountId, accountKind: 'reseller' }
const vendor: Kind = { accountId: acme.accountId, accountKind: 'vendor' }

/** Everybody there is to be: each of these asks for every route. */
export async function everybody(portal: Portal): Promise<Identity[]> {
  const { session, login, key } = makersOf(portal)
  return [
    { ...nobody, who: 'an anonymous visitor' },
    await session('a customer with an order number', customerOf(ada), null),
    await session('another customer', customerOf(grace), null),
    ...(await Promise.all(
      roles.map((role) => session(`a customer's login, ${role}`, customerOf(fabrikam), fabrikam.logins[role].loginId)),
    )),
    await session("a partner's master login", partner, northwind.loginId),
    ...(await Promise.all(
      roles.map(async (role) => session(`a partner's login, ${role}`, partner, await login(partner, role))),
    )),
    await session('a sibling partner', sibling, southridge.loginId),
    await session('a reseller', reseller, tailspin.loginId),
    await session('the vendor', vendor, acme.loginId),
    await session('a suspended reseller', { ...reseller, accountId: lucerne.accountId }, lucerne.loginId, 'suspended'),
    await session(
      'a login with a made password',
      partner,
      await login(partner, 'full', true),
      'must change its password',
    ),
    await session('a session that has expired', customerOf(ada), null, 'gone'),
    await key('an API key that writes', partner, 'write', true),
    await key('an API key that reads', partner, 'read', true),
    await key('an API key of a role', partner, 'write', false),
    await key("another account's API key", sibling, 'write', true),
    await key("a customer's API key", customerOf(fabrikam), 'write', true),
    await key("the vendor's API key", vendor, 'write', true),
    await key(
      "a suspended reseller's API key",
      { ...reseller, accountId: lucerne.accountId },
      'write',
      true,
      'suspended',
    ),
    await key('an API key that has expired', partner, 'write', true, 'gone'),
  ]
}

const nobody: Omit<Identity, 'who'> = {
  ...{ account: null, accountKind: 'customer', role: null, isMaster: false, access: 'write' },
  ...{ comes: 'with nothing', barred: 'gone', headers: {} },
}

/** Puts sessions, logins and keys where they belong without the ways of getting them: those have tests of their own. */
export function makersOf(portal: Portal, prefix = 'guard') {
  const { db, deps } = portal
  let made = 0
  const insert = (table: string, row: Record<string, string | number | null>) =>
    db.client.execute({
      sql: `insert into ${table} (${Object.keys(row)}) values (${Object.keys(row).map(() => '?')})`,
      args: Object.values(row),
    })
  const now = () => deps.now().getTime()
  const hour = 3_600_000

  async function login({ accountId }: Kind, role: Role, mustChange = false): Promise<string> {
    const id = `log_${prefix}-${++made}`
    const email = `${id}@guards.example`
    await insert('logins', {
      ...{ id, account_id: accountId, name: `Guard ${made}`, email, email_key: email, role, is_master: 0 },
      ...{ must_change_password: mustChange ? 1 : 0, created_at: now() },
    })
    return id
  }

  async function session(
    who: string,
    { accountId, accountKind }: Kind,
    loginId: string | null,
    barred: Identity['barred'] = null,
  ) {
    const id = `ses_${prefix}-${++made}`
    const ends = now() + (barred === 'gone' ? -hour : 12 * hour)
    await insert('sessions', {
      ...{ id, account_id: accountId, login_id: loginId, remember: 0, device: 'Guard', address: '127.0.0.1' },
      ...{ created_at: now(), last_seen_at: now(), proved_at: now(), idle_until: ends, expires_at: ends },
    })
    const cookie = await deps.secrets.sign('session', { id, subject: accountId }, deps.now(), 12 * 3600)
    const [row] = await db.rows('select role, is_master from logins where id = ?', loginId ?? '')
    return {
      ...{
        ...nobody,
        who,
        account: accountId,
        accountKind,
        barred,
        headers: { cookie: `__Host-portico=${cookie}` },
        comes: 'with a cookie' as const,
      },
      ...{ role: (row?.role ?? null) as Role | null, isMaster: row?.is_master === 1 },
    }
  }

  async function key(
    who: string,
    { accountId, accountKind }: Kind,
    access: 'read' | 'write',
    isMaster: boolean,
    barred: Identity['barred'] = null,
  ) {
    const text = `ptk_guard_${++made}`
    const role: Role = isMaster ? 'full' : 'servers'
    await insert('api_keys', {
      ...{ id: `apk_guard-${made}`, account_id: accountId, name: who, hash: await fingerprintOf(text), hint: text },
      ...{ access, role, is_master: isMaster ? 1 : 0, last_used_at: now(), created_at: now() },
      expires_at: barred === 'gone' ? now() - hour : null,
    })
    return {
      ...{ ...nobody, who, account: accountId, accountKind, role, isMaster, access, barred },
      ...{ comes: 'with a key' as const, headers: { authorization: `Bearer ${text}` } },
    }
  }
  return { session, login, key }
}
