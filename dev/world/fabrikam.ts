import type { Role } from '#src/domain/accounts/permissions.ts'
import { folded } from '#src/domain/text.ts'
import { addApiKey, addLogins, changeEmail, giveProducts, invite, openAccount } from './accounts.ts'
import { staff } from './acme.ts'
import { type Installed, register } from './computers.ts'
import { at, daysAgo, hoursAgo } from './days.ts'
import { type Doer, loginDoer, tell } from './events.ts'
import { idOf } from './ids.ts'
import { makeKey, rotateKey } from './keys.ts'
import { acme, fabrikam } from './people.ts'
import type { World } from './rows.ts'

const { accountId, keys } = fabrikam
const fay: Doer = loginDoer({ ...fabrikam.logins.full, person: fabrikam.logins.full.name }, '198.51.100.120')

/** A customer with 60 servers, keys for three products, and one login for each role. */
export function tellFabrikam(world: World): void {
  const begun = at(daysAgo(world.now, 800))
  openAccount(world, {
    ...fabrikam,
    kind: 'customer',
    parent: acme.accountId,
    place: ['DE', 'Jena'],
    at: begun,
    by: staff,
  })
  addLogins(world, accountId, begun, loginsOf())
  addApiKey(world, fabrikam, begun)
  const lea = { slug: 'fabrikam-lea', email: 'lea@fabrikam.example', role: 'servers', by: fay } as const
  invite(world, accountId, { ...lea, sentAt: hoursAgo(world.now, 30) })
  const otto = { slug: 'fabrikam-otto', email: 'otto@fabrikam.example', role: 'read-billing', by: fay } as const
  invite(world, accountId, { ...otto, sentAt: hoursAgo(world.now, 24 * 11) })
  const { servers } = fabrikam.logins
  const sergio = loginDoer({ loginId: servers.loginId, person: servers.name }, '198.51.100.24')
  const move = { slug: 'fabrikam-servers', loginId: servers.loginId, newEmail: 'racks@fabrikam.example', by: sergio }
  changeEmail(world, accountId, move)
  giveProducts(world, accountId, begun, { 'live-patching': 50, 'extended-support': 30, 'extended-support-sla': 12 })
  makeKeys(world, begun)
  makeGroups(world)
  for (const [i, name] of serverNames.entries()) registerServer(world, name, i)
  retireServers(world)
}

const loginsOf = () =>
  Object.entries(fabrikam.logins).map(([role, login], i) => ({
    ...login,
    role: role as Role,
    isMaster: role === 'full',
    hoursSinceSignIn: i === 5 ? null : 4 + 31 * i,
  }))

function makeKeys(world: World, begun: Date): void {
  const later = at(daysAgo(world.now, 400), '14:20:00')
  const own = { accountId, by: fay, at: begun, isDefault: true }
  makeKey(world, { ...own, ...keys.livePatching, product: 'live-patching', name: 'Live Patching' })
  makeKey(world, { ...own, ...keys.extendedSupport, product: 'extended-support', name: 'Extended Support' })
  makeKey(world, { ...own, ...keys.extendedSupportSla, product: 'extended-support-sla', name: 'Extended Support SLA' })
  const extra = { accountId, by: fay, at: later }
  const staging = { product: 'live-patching', name: 'Staging', note: 'Staging, at most ten', limit: 10 }
  makeKey(world, { ...extra, ...keys.staging, ...staging })
  const unused = { id: idOf('activationKey', 'fabrikam-hall-2'), product: 'extended-support', name: 'Hall 2' }
  makeKey(world, { ...extra, ...unused, note: 'For the new hall', limit: 5 })
  makeSpecialKeys(world, extra)
}

/** One that was rotated yesterday, one for an office alone, one for a fair that ends soon, one that ended. */
function makeSpecialKeys(world: World, extra: { accountId: typeof accountId; by: Doer; at: Date }): void {
  const live = { ...extra, product: 'live-patching' }
  const office = { id: idOf('activationKey', 'fabrikam-office'), name: 'Office Jena', note: 'Only from our own lines' }
  makeKey(world, { ...live, ...office, allowedRanges: ['192.0.2.0/24', '2001:db8:12::/48'] })
  const fair = { id: idOf('activationKey', 'fabrikam-fair'), name: 'Trade fair', note: 'Demo machines', limit: 4 }
  makeKey(world, { ...live, ...fair, expiresOn: daysAgo(world.now, -12) })
  const pilot = { id: idOf('activationKey', 'fabrikam-pilot'), name: 'Pilot', note: 'Was for the pilot' }
  makeKey(world, { ...extra, ...pilot, product: 'extended-support-sla', expiresOn: daysAgo(world.now, 30) })
  const images = { id: idOf('activationKey', 'fabrikam-images'), name: 'Golden images' }
  makeKey(world, { ...extra, ...images, product: 'extended-support', note: 'In the images of the build farm' })
  rotateKey(world, {
    ...{ keyId: images.id, name: images.name, accountId, by: fay, code: 'G01D-1MAG-E5AB-2C3D' },
    at: at(daysAgo(world.now, 1), '08:15:00'),
    validUntil: at(daysAgo(world.now, -6), '08:15:00'),
  })
}

/** Names by what a server does; the count makes 60. */
const serverNames = Object.entries({ web: 16, app: 14, db: 10, stage: 8, mail: 4, backup: 4, legacy: 4 }).flatMap(
  ([role, count]) =>
    Array.from({ length: count }, (_, i) => `${role}-${String(i + 1).padStart(2, '0')}.fabrikam.example`),
)

const installed = (product: string, version: string, keyId: Installed['keyId']): Installed => ({
  product,
  version,
  keyId,
})
const live = installed('live-patching', '2.94', keys.livePatching.id)
const staged = installed('live-patching', '2.95', keys.staging.id)
const extended = installed('extended-support', '1.61', keys.extendedSupport.id)
const sla = installed('extended-support-sla', '1.61', keys.extendedSupportSla.id)

/** Which products run on what; databases have the extended support with a promised time, half of `app` the plain one. */
function productsOf(name: string, i: number): readonly Installed[] {
  if (name.startsWith('web')) return [live]
  if (name.startsWith('app')) return i % 2 === 0 ? [live, extended] : [live]
  if (name.startsWith('db')) return [sla]
  if (name.startsWith('stage')) return [staged]
  return name.startsWith('mail') ? [live, extended] : [extended]
}

const groups = { web: 'Web', app: 'Applications', db: 'Databases', stage: 'Staging' } as const
const groupOf = (name: string) => {
  const role = name.split('-')[0] as keyof typeof groups
  return role in groups ? { groupId: idOf('computerGroup', `fabrikam-${role}`) } : {}
}

function makeGroups(world: World): void {
  const createdAt = at(daysAgo(world.now, 390), '14:30:00')
  for (const [role, name] of Object.entries(groups)) {
    const id = idOf('computerGroup', `fabrikam-${role}`)
    world.computerGroups.push({ id, accountId, name, nameKey: folded(name), createdAt })
    const subject = ['computer-group', id, name] as const
    tell(world, { by: fay, at: createdAt, accountId, action: 'computer-group.created', subject, after: { name } })
  }
}

/** Two servers that were removed this morning, which can still be undone. */
function retireServers(world: World): void {
  const removed = { id: idOf('removal', 'fabrikam-retired'), at: hoursAgo(world.now, 3) }
  const undoUntil = hoursAgo(world.now, -21)
  world.removals.push({ id: removed.id, accountId, computers: 2, at: removed.at, undoUntil })
  for (const [i, role] of ['backup', 'legacy'].entries()) {
    const name = `${role}-05.fabrikam.example`
    const day = at(daysAgo(world.now, 790 + i), '06:40:00')
    const server = { name, accountId, ip: `192.0.2.${90 + i}`, at: day, seenAt: hoursAgo(world.now, 24 * 45) }
    register(world, { ...server, products: [extended], removed })
    const subject = ['computer', idOf('computer', `fabrikam-${name.replaceAll('.', '-')}`), name] as const
    tell(world, { by: fay, at: removed.at, accountId, action: 'computer.removed', subject, before: { name } })
  }
}

function registerServer(world: World, name: string, i: number): void {
  const ip = i % 12 === 11 ? `2001:db8:12::${(i + 16).toString(16)}` : `192.0.2.${100 + i}`
  const day = daysAgo(world.now, 780 - 12 * i)
  register(world, {
    name,
    accountId,
    ip,
    at: at(day, '06:40:00'),
    seenAt: lastSeen(world, i),
    products: productsOf(name, i),
    ...groupOf(name),
  })
}

/** Most checked in within four hours, some days ago, five not for over a month, three never. */
function lastSeen(world: World, i: number): Date | null {
  if (i % 20 === 13) return null
  if (i % 12 === 7) return hoursAgo(world.now, 24 * (33 + i))
  return hoursAgo(world.now, i % 9 === 4 ? 24 * (2 + (i % 7)) : 0.2 + (i % 4))
}
