import { exponentOf, formatMoney } from '../money.ts'

/** The least and the most that one top-up pays in, in whole units of the currency. */
const least = 10
const most = 100_000

/** What a top-up must be; the same words in the form and in the API. */
export const topUpRule = (currency: string): string => {
  const unit = 10 ** exponentOf(currency)
  const money = (whole: number) => formatMoney({ minor: whole * unit, currency })
  return `Write an amount from ${money(least)} to ${money(most)}`
}

/** Whether an amount in minor units is one that can be paid in. */
export function isTopUp(minor: number, currency: string): boolean {
  const unit = 10 ** exponentOf(currency)
  return Number.isSafeInteger(minor) && minor >= least * unit && minor <= mostTopUpIn(currency)
}

/** The most that one top-up pays in, in minor units. */
export const mostTopUpIn = (currency: string): number => most * 10 ** exponentOf(currency)

/** Reads a typed amount, `150`, `150.5` or `150,50`, in minor units; `null` where it is none. */
export function amountFrom(typed: string, currency: string): number | null {
  const digits = exponentOf(currency)
  const [, whole = '', , fraction = ''] =
    /^(\d{1,9})(?:([.,])(\d+))?$/.exec(typed.trim().replaceAll(/[\s\u00a0]/g, '')) ?? []
  if (whole === '' || fraction.length > digits) return null
  return Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || '0')
}

/** How much of a top-up is taken back, once so much of all that was paid for it, tax with it, went back. */
export const topUpBack = (topUpMinor: number, paidMinor: number, backMinor: number): number =>
  backMinor >= paidMinor ? topUpMinor : Math.round((topUpMinor * backMinor) / paidMinor)
