import type { BalanceReason } from '#src/domain/billing/entry.ts'
import { periodAfter, periodOf } from '#src/domain/billing/period.ts'
import { reckonMonth } from '#src/domain/billing/plan.ts'
import { addDays, addMonths, type Day, dayOf } from '#src/domain/day.ts'
import { at } from './days.ts'
import { idOf } from './ids.ts'
import { offerRows, priceRows } from './offers.ts'
import { fabrikam } from './people.ts'
import type { World } from './rows.ts'

const { accountId } = fabrikam
const currency = 'EUR'
const products = ['live-patching', 'extended-support', 'extended-support-sla']

/** How many months Fabrikam has paid from its balance. */
const months = 13

/** Fabrikam's balance: a charge for each product and month, and bank transfers that keep it above zero. */
export function tellBilling(world: World): void {
  const current = periodOf(dayOf(world.now))
  const first = addMonths(current, 1 - months)
  const begun = at(addDays(first, -20), '11:00:00')
  world.billingAccounts.push({ accountId, currency, createdAt: begun })
  for (const productCode of products) {
    world.billingPlans.push({ accountId, productCode, nextPeriod: periodAfter(current), createdAt: begun })
  }
  const kept = { accountId, provider: 'sandbox', createdAt: begun }
  const year = world.now.getUTCFullYear()
  world.paymentMethods.push(
    {
      ...{ ...kept, id: idOf('paymentMethod', 'fabrikam-visa'), token: 'sbx_good_fabrikam', isDefault: true },
      ...{ brand: 'Visa', lastFour: '4242', expires: `${year + 2}-11` },
    },
    {
      ...{
        ...kept,
        id: idOf('paymentMethod', 'fabrikam-mastercard'),
        token: 'sbx_declined_fabrikam',
        isDefault: false,
      },
      ...{ brand: 'Mastercard', lastFour: '0002', expires: `${year + 1}-04` },
    },
  )
  let balance = 0
  const post = (reason: BalanceReason, amountMinor: number, day: Day, more: Posted) => {
    balance += amountMinor
    world.balanceEntries.push({
      ...{ id: idOf('balanceEntry', world.balanceEntries.length + 1), accountId, currency, reason, amountMinor },
      ...{ balanceAfterMinor: balance, createdAt: at(day, more.chargeId ? '00:07:00' : '14:12:00'), ...more },
    })
  }
  for (let period = first; period <= current; period = periodAfter(period)) {
    if (balance < 60_000) post('top-up', 150_000, addDays(period, -6), { note: 'Bank transfer' })
    for (const productCode of products)
      charge(world, productCode, period, (amount, chargeId) => post('charge', -amount, period, { chargeId }))
  }
}

type Posted = { readonly chargeId?: ReturnType<typeof idOf<'charge'>>; readonly note?: string }
type Post = (amountMinor: number, chargeId: ReturnType<typeof idOf<'charge'>>) => void

function charge(world: World, productCode: string, period: Day, post: Post): void {
  const { code: offerCode = '' } = offerRows.find((row) => row.productCode === productCode) ?? {}
  const tiers = priceRows
    .filter((row) => row.offerCode === offerCode && row.currency === currency)
    .map(({ minQuantity = 1, unitMinor }) => ({ minQuantity, unitMinor }))
  const from = at(period, '00:00:00')
  const servers = world.activations.filter(
    (one) =>
      one.accountId === accountId &&
      one.productCode === productCode &&
      one.activatedAt < from &&
      (!one.releasedAt || one.releasedAt >= from),
  ).length
  const reckoned = reckonMonth(servers, tiers)
  if (!reckoned) return
  const id = idOf('charge', `fabrikam-${productCode}-${period.slice(0, 7)}`)
  world.charges.push({
    ...{ id, accountId, productCode, period, offerCode, currency, ...reckoned },
    createdAt: at(period, '00:07:00'),
  })
  if (reckoned.amountMinor > 0) post(reckoned.amountMinor, id)
}
