import type { CatalogOffer } from '../catalog/catalog-offer.ts'
import type { Day } from '../day.ts'
import type { Refusal } from '../refusal.ts'
import { Refused } from '../refusal.ts'
import { type Supportable, supportCost } from './cost.ts'
import { nextPeriod } from './extension.ts'

/** How many supports one act extends. */
export const mostRenewals = 100

/** What extending the support of one license would do, or why it would not. */
export type Renewal<L> = { readonly license: L } & (
  | { readonly startsOn: Day; readonly endsOn: Day; readonly offerCode: string; readonly credits: number }
  | { readonly refusal: Refusal }
)
export type GoodRenewal<L> = Extract<Renewal<L>, { readonly credits: number }>

type Terms = { readonly years: number; readonly offers: readonly CatalogOffer[]; readonly today: Day }

/** Reckons the days and credits of a license's support for some years more; refusals stand in the answer. */
export function renewalOf<L extends Supportable>(license: L, { years, offers, today }: Terms): Renewal<L> {
  try {
    const { offerCode, spent } = supportCost(license, years, offers)
    return { license, ...nextPeriod(license.supportEndsOn, years, today), offerCode, credits: spent }
  } catch (error) {
    if (error instanceof Refused) return { license, refusal: error.refusal }
    throw error
  }
}

export const isGood = <L>(renewal: Renewal<L>): renewal is GoodRenewal<L> => 'credits' in renewal

/** The credits of several renewals: by the account that pays and the offer. */
export function totalsOf<L extends { readonly accountId: string }>(renewals: readonly GoodRenewal<L>[]) {
  const totals = new Map<string, { accountId: L['accountId']; offerCode: string; credits: number }>()
  for (const { license, offerCode, credits } of renewals) {
    const key = `${license.accountId} ${offerCode}`
    const total = totals.get(key)?.credits ?? 0
    totals.set(key, { accountId: license.accountId, offerCode, credits: total + credits })
  }
  return [...totals.values()]
}
