import { type Day, dayOf } from '../day.ts'

/** A line that was refunded, wholly or in part. */
export type ReturnedItem = { readonly path: string; readonly quantity: number; readonly subtotalMinor: number }

/** A refund as a payment provider tells it, in the words of the domain. */
export type ShopReturn = {
  readonly provider: string
  readonly providerReturnId: string
  /** The refund's own number. */
  readonly reference: string
  /** The order it refunds: the provider's id of it, its number, or both. */
  readonly providerOrderId: string | null
  readonly orderReference: string | null
  readonly live: boolean
  readonly returnedAt: Date
  readonly currency: string
  readonly totalMinor: number
  readonly reason: string | null
  readonly items: readonly ReturnedItem[]
}

/** What an order was for, as far as refunds need to know. */
export type RefundableOrder = {
  readonly totalMinor: number
  readonly items: readonly { readonly id: string; readonly path: string; readonly subtotalMinor: number }[]
}

/** What came of the refunds of an order: which lines went back in full and when, and whether more money did. */
export type Refunded = {
  readonly days: ReadonlyMap<string, Day>
  /** Money went back that makes no line whole: nothing follows by itself, the vendor decides. */
  readonly partial: boolean
}

type Return = Pick<ShopReturn, 'totalMinor' | 'items' | 'returnedAt'>

/**
 * Reads all refunds of an order together, in whatever order they came: a line is refunded on the day on which the
 * refunds until then add up to the order's total, or what went back for it to its price.
 */
export function refundedOf(order: RefundableOrder, returns: readonly Return[]): Refunded {
  const byTime = returns.toSorted((a, b) => a.returnedAt.getTime() - b.returnedAt.getTime())
  const days = new Map<string, Day>()
  for (const [i, { returnedAt }] of byTime.entries()) {
    for (const id of wholeLines(order, byTime.slice(0, i + 1))) {
      if (!days.has(id)) days.set(id, dayOf(returnedAt))
    }
  }
  return { days, partial: isPartial(order, byTime, days) }
}

/** The lines that refunds make whole. */
function wholeLines({ totalMinor, items }: RefundableOrder, returns: readonly Return[]): string[] {
  const total = sumOf(returns)
  if (total > 0 && total >= totalMinor) return items.map(({ id }) => id)
  const back = new Map<string, number>()
  for (const { path, subtotalMinor } of returns.flatMap((one) => one.items)) {
    back.set(path, (back.get(path) ?? 0) + subtotalMinor)
  }
  const whole = items.filter(({ path, subtotalMinor }) => {
    const left = back.get(path) ?? 0
    if (subtotalMinor <= 0 || left < subtotalMinor) return false
    back.set(path, left - subtotalMinor)
    return true
  })
  // Some bodies list a line at its price whatever went back: less money than the lines cost makes none of them whole.
  return sum(whole.map(({ subtotalMinor }) => subtotalMinor)) <= total ? whole.map(({ id }) => id) : []
}

function isPartial({ items }: RefundableOrder, returns: readonly Return[], days: ReadonlyMap<string, Day>): boolean {
  if (days.size === items.length) return false
  if (days.size === 0) return returns.some(({ totalMinor }) => totalMinor > 0)
  const whole = sum(items.filter(({ id }) => days.has(id)).map(({ subtotalMinor }) => subtotalMinor))
  return sum(returns.flatMap((one) => one.items).map(({ subtotalMinor }) => subtotalMinor)) > whole
}

/** What went back by refunds in all, tax with it. */
export const sumOf = (returns: readonly Pick<ShopReturn, 'totalMinor'>[]): number =>
  sum(returns.map(({ totalMinor }) => totalMinor))

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0)
