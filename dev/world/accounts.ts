import type { AccountKind } from '#src/domain/accounts/account.ts'
import { emailKey, loginKey } from '#src/domain/accounts/identifier.ts'
import type { Role } from '#src/domain/accounts/permissions.ts'
import { emailChangeMs } from '#src/domain/email-changes/email-change.ts'
import type { Id } from '#src/domain/ids.ts'
import { invitationMs } from '#src/domain/logins/login.ts'
import { hoursAgo } from './days.ts'
import { type Doer, tell } from './events.ts'
import { digestOf, idOf } from './ids.ts'
import type { World } from './rows.ts'

type NewAccount = {
  readonly accountId: Id<'account'>
  readonly name: string
  readonly email: string
  readonly kind: AccountKind
  readonly parent: Id<'account'> | null
  readonly place: readonly [country: string, city: string]
  readonly at: Date
  readonly by: Doer
  readonly suspendedAt?: Date
}

/** Opens an account below another. */
export function openAccount(
  world: World,
  { accountId, name, email, kind, parent, place, at, by, ...more }: NewAccount,
) {
  const [country, city] = place
  const own = { id: accountId, parentId: parent, kind, name, email, emailKey: emailKey(email), country, city }
  world.accounts.push({ ...own, suspendedAt: more.suspendedAt ?? null, createdAt: at })
  tell(world, {
    by,
    at,
    accountId,
    action: 'account.created',
    subject: ['account', accountId, name],
    after: { kind, name, email },
  })
}

type NewLogin = {
  readonly loginId: Id<'login'>
  readonly login?: string
  readonly name: string
  readonly email: string
  readonly role?: Role
  readonly isMaster?: boolean
  readonly hoursSinceSignIn: number | null
}

/** Adds logins to an account; their password is set when the world is written. */
export function addLogins(world: World, accountId: Id<'account'>, at: Date, logins: readonly NewLogin[]): void {
  for (const { loginId, login, name, email, role = 'full', isMaster = true, hoursSinceSignIn } of logins) {
    world.logins.push({
      id: loginId,
      accountId,
      login: login ?? null,
      loginKey: login ? loginKey(login) : null,
      name,
      firstName: name.split(' ')[0] ?? '',
      lastName: name.split(' ').slice(1).join(' '),
      email,
      emailKey: emailKey(email),
      confirmedAt: at,
      role,
      isMaster,
      lastSignInAt: hoursSinceSignIn === null ? null : hoursAgo(world.now, hoursSinceSignIn),
      createdAt: at,
    })
  }
}

/** Adds the demo's API key of an account: read and write, as its master login. */
export function addApiKey(world: World, one: { accountId: Id<'account'>; apiKey: string }, at: Date): void {
  world.apiKeys.push({
    ...keyRow(one.accountId, one.apiKey.replace('ptk_demo_', ''), one.apiKey),
    ...{ name: 'Demo scripts', access: 'write', role: 'full', isMaster: true, createdAt: at },
    ...{ allowedRanges: null, lastUsedAt: null, expiresAt: null },
  })
}

type Invited = {
  readonly slug: string
  readonly email: string
  readonly role: Role
  readonly by: Doer
  readonly sentAt: Date
}

/** Invites somebody who has not come yet; the letter is long gone, so mail it again to follow its link. */
export function invite(world: World, accountId: Id<'account'>, { slug, email, role, by, sentAt }: Invited): void {
  const id = idOf('invitation', slug)
  world.invitations.push({
    ...{ id, accountId, email, emailKey: emailKey(email), role, invitedByName: by.name, tokenHash: digestOf(id) },
    ...{ createdAt: sentAt, sentAt, expiresAt: new Date(sentAt.getTime() + invitationMs) },
  })
  tell(world, {
    by,
    at: sentAt,
    accountId,
    action: 'login.invited',
    subject: ['login', id, email],
    after: { email, role },
  })
}

type Moving = { readonly slug: string; readonly loginId: Id<'login'>; readonly newEmail: string; readonly by: Doer }

/** Has a login ask for another e-mail an hour ago, which its new address has confirmed; the letters are long gone. */
export function changeEmail(world: World, accountId: Id<'account'>, { slug, loginId, newEmail, by }: Moving): void {
  const id = idOf('emailChange', slug)
  const at = hoursAgo(world.now, 1)
  const oldEmail = world.logins.find((login) => login.id === loginId)?.email ?? ''
  world.emailChanges.push({
    ...{ id, loginId, oldEmail, oldHash: digestOf(`${id} old`), newHash: digestOf(`${id} new`) },
    ...{ newEmail, newEmailKey: emailKey(newEmail), newConfirmedAt: at },
    ...{ createdAt: at, expiresAt: new Date(at.getTime() + emailChangeMs) },
  })
  tell(world, {
    ...{ by, at, accountId, action: 'login.email-change-asked', subject: ['login', loginId, by.name] },
    ...{ before: { email: oldEmail }, after: { email: newEmail } },
  })
}

type OtherKey = {
  readonly slug: string
  readonly name: string
  readonly role: Role
  readonly ranges?: readonly string[]
  readonly usedAt?: Date
  readonly expiresAt?: Date
  readonly createdAt: Date
}

/** Adds a key that only reads, to look at: nobody knows its text. */
export function addReadingKey(
  world: World,
  accountId: Id<'account'>,
  { slug, ranges, usedAt, expiresAt, ...key }: OtherKey,
) {
  world.apiKeys.push({
    ...keyRow(accountId, slug, `ptk_${digestOf(slug).slice(0, 32)}`),
    ...{ ...key, access: 'read', isMaster: false, allowedRanges: ranges ?? null },
    ...{ lastUsedAt: usedAt ?? null, expiresAt: expiresAt ?? null },
  })
}

const keyRow = (accountId: Id<'account'>, slug: string, text: string) => ({
  ...{ id: idOf('apiKey', slug), accountId, hash: digestOf(text), hint: text.slice(0, 12) },
})

/** Gives an account products; for servers with the number of licenses it owns. */
export function giveProducts(
  world: World,
  accountId: Id<'account'>,
  at: Date,
  products: Record<string, number | null>,
) {
  for (const [productCode, serverLicenses] of Object.entries(products)) {
    world.accountProducts.push({ accountId, productCode, serverLicenses, createdAt: at })
  }
}
