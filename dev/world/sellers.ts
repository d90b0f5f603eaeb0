import { offerCode, type Size } from '#src/domain/catalog/offer.ts'
import { addDays, dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { addLogins, giveProducts, openAccount } from './accounts.ts'
import { register } from './computers.ts'
import { post } from './credits.ts'
import { at, daysAgo, hoursAgo, yearEnding } from './days.ts'
import { type Doer, loginDoer } from './events.ts'
import { idOf } from './ids.ts'
import { makeKey } from './keys.ts'
import { issue } from './licenses.ts'
import type { World } from './rows.ts'

export type Seller = {
  readonly accountId: Id<'account'>
  readonly loginId: Id<'login'>
  readonly name: string
  readonly person: string
  readonly login: string
  readonly email: string
}

type Opening = {
  readonly kind: 'partner' | 'reseller'
  readonly parent: Id<'account'>
  readonly place: readonly [country: string, city: string]
  readonly daysAgo: number
  readonly by: Doer
  readonly hoursSinceSignIn: number | null
  readonly products: readonly string[]
  readonly suspendedAt?: Date
}

/** Opens a seller's account with its master login and the products it was given. */
export function openSeller(world: World, seller: Seller, opening: Opening): void {
  const begun = at(daysAgo(world.now, opening.daysAgo))
  openAccount(world, { ...seller, ...opening, at: begun })
  const { hoursSinceSignIn } = opening
  addLogins(world, seller.accountId, begun, [{ ...seller, name: seller.person, hoursSinceSignIn }])
  giveProducts(world, seller.accountId, begun, Object.fromEntries(opening.products.map((code) => [code, null])))
}

/** A license for an end customer: product, edition, size, and when its support ends in days from today, or not at all. */
export type Assigned = {
  readonly what: readonly [product: 'remote-access' | 'advanced-security', edition: string, size: Size]
  readonly supportEnds?: number
  /** A trial ends so many days from today. */
  readonly trialEnds?: number
  /** Without support or trial: when it was assigned. */
  readonly daysAgo?: number
  readonly comment?: string
  /** The end customer's computer, where it was activated. */
  readonly on?: string
}

export type EndCustomer = {
  readonly slug: string
  readonly name: string
  readonly email: string
  readonly code?: string
  readonly licenses: readonly Assigned[]
}

/** Makes a key for each end customer and assigns licenses to it, paid with credits; trials are free (Decision 4). */
export function assignAll(world: World, seller: Seller, address: string, customers: readonly EndCustomer[]): void {
  const by = loginDoer(seller, address)
  const { accountId } = seller
  for (const { slug, name, email, licenses, ...more } of customers) {
    const oldest = Math.max(...licenses.map((license) => ageOf(world, license)), 1)
    const id = idOf('activationKey', `${seller.login}-${slug}`)
    const keyId = makeKey(world, { id, accountId, name, ...more, at: at(daysAgo(world.now, oldest), '08:30:00'), by })
    for (const [i, license] of licenses.entries()) {
      assign(world, by, { accountId, keyId, email, id: idOf('license', `${seller.login}-${slug}-${i + 1}`) }, license)
    }
  }
}

type Target = Pick<Parameters<typeof issue>[1], 'id' | 'accountId' | 'keyId' | 'email'>

function assign(world: World, by: Doer, target: Target, license: Assigned): void {
  const [product, edition, size] = license.what
  const assignedAt = at(daysAgo(world.now, ageOf(world, license)), '10:00:00')
  const inDays = (days: number) => addDays(dayOf(world.now), days)
  const { supportEnds, trialEnds, comment, on } = license
  const support =
    supportEnds === undefined
      ? []
      : [{ startsOn: yearEnding(inDays(supportEnds)), endsOn: inDays(supportEnds), source: 'credit' as const }]
  const trialEndsOn = trialEnds === undefined ? undefined : inDays(trialEnds)
  issue(world, { ...target, product, edition, size, at: assignedAt, by, trialEndsOn, comment, support })
  const spend = { accountId: target.accountId, licenseId: target.id, amount: -1, reason: 'spent', by: by.id } as const
  if (!trialEndsOn) post(world, { ...spend, offerCode: offerCode(product, edition, size), at: assignedAt })
  if (support.length > 0) {
    post(world, { ...spend, offerCode: offerCode(product, edition, size, 'support'), at: assignedAt })
  }
  if (on) activate(world, target, product, on, new Date(assignedAt.getTime() + 3_600_000))
}

function activate(world: World, { accountId, keyId, id }: Target, product: string, name: string, at: Date): void {
  const products = [{ product, version: product === 'remote-access' ? '17.30' : '7.2', keyId, licenseId: id }]
  const number = world.computers.length % 200
  register(world, {
    name,
    accountId,
    ip: `203.0.113.${number + 20}`,
    at,
    seenAt: hoursAgo(world.now, 1 + number),
    products,
  })
}

/** How many days ago a license was assigned: when its support began, or a fortnight before its trial ends. */
function ageOf(world: World, { supportEnds, trialEnds, daysAgo = 1 }: Assigned): number {
  const today = dayOf(world.now)
  if (supportEnds !== undefined) {
    return Math.round((Date.parse(today) - Date.parse(yearEnding(addDays(today, supportEnds)))) / 86_400_000)
  }
  return trialEnds === undefined ? daysAgo : Math.max(1, 15 - trialEnds)
}
