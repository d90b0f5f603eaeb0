import { exponentOf, formatMoney } from '../money.ts'
import { isTopUp, mostTopUpIn } from './top-up.ts'

/** How a balance is filled without anybody's doing (R237): up to an amount when low, what is owed, or not at all. */
export const autopaymentModes = ['add', 'repay', 'none'] as const
export type AutopaymentMode = (typeof autopaymentModes)[number]

/**
 * `started`: the provider was asked; `mailed`: the buyer was, by letter; `paid`: it stands in the balance; `failed`: it was
 * declined; `over`: nobody paid it in time.
 */
export const autopaymentStates = ['started', 'mailed', 'paid', 'failed', 'over'] as const

export const autopaymentModeNames: Record<AutopaymentMode, string> = {
  add: 'Auto add funds',
  repay: 'Auto repay',
  none: 'Do not add funds automatically',
}

/** Below this the balance is low, what is owed is paid with at least this, and funds are added up to at least this; whole units. */
const low = 100
const leastRepaid = 20
const leastRefill = 110
const mostRefill = 50_000

const unitOf = (currency: string): number => 10 ** exponentOf(currency)

export const lowMinorIn = (currency: string): number => low * unitOf(currency)
export const leastRepaidIn = (currency: string): number => leastRepaid * unitOf(currency)

/** What an amount to add up to must be; the same words in the form and in the API. */
export const refillRule = (currency: string): string => {
  const money = (whole: number) => formatMoney({ minor: whole * unitOf(currency), currency })
  return `Write an amount from ${money(leastRefill)} to ${money(mostRefill)}`
}

export const isRefill = (minor: number, currency: string): boolean =>
  isTopUp(minor, currency) && minor >= leastRefill * unitOf(currency) && minor <= mostRefill * unitOf(currency)

type Wanted = { readonly mode: AutopaymentMode; readonly lowMinor: number | null; readonly refillMinor: number | null }

/**
 * What is to be paid in now, or `null`: −15.00 is repaid with 20.00, −134.20 with 134.20; 99.99 is filled up. More than one
 * top-up may pay in is paid by several, one after the other.
 */
export function autopaymentDue(wanted: Wanted, balanceMinor: number, currency: string): number | null {
  const missing = missingIn(wanted, balanceMinor, currency)
  return missing === null ? null : Math.min(missing, mostTopUpIn(currency))
}

function missingIn({ mode, lowMinor, refillMinor }: Wanted, balanceMinor: number, currency: string): number | null {
  if (mode === 'add' && lowMinor !== null && refillMinor !== null) {
    return balanceMinor < lowMinor ? refillMinor - balanceMinor : null
  }
  return mode === 'repay' && balanceMinor < 0 ? Math.max(leastRepaidIn(currency), -balanceMinor) : null
}

const day = 86_400_000
const waits = [1, 3, 7]

/** When a charge that failed so many times in a row is tried again; `null`: not before somebody does something about it. */
export function nextTry(failures: number, now: Date): Date | null {
  const days = waits[failures - 1]
  return days === undefined ? null : new Date(now.getTime() + days * day)
}
