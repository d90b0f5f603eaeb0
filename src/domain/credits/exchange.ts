/** Credits of an offer that an act takes from the account that owns a license, and gives back to whoever paid. */
export type Exchange = { readonly offerCode: string; readonly spent: number; readonly returned: number }

/** What an account holds, or what was paid for a license, by the offer's code. */
export type Held = Readonly<Record<string, number>>

/** Exchanges of the same offer as one. */
export function together(exchanges: readonly Exchange[]): Exchange[] {
  const codes = [...new Set(exchanges.map((one) => one.offerCode))]
  const sum = (code: string, of: 'spent' | 'returned') =>
    exchanges.filter((one) => one.offerCode === code).reduce((total, one) => total + one[of], 0)
  return codes.map((offerCode) => ({ offerCode, spent: sum(offerCode, 'spent'), returned: sum(offerCode, 'returned') }))
}

/** An exchange with what the account holds before and after it. */
export type ExchangeLine = Exchange & { readonly before: number; readonly after: number }

export const linesOf = (exchanges: readonly Exchange[], held: Held): ExchangeLine[] =>
  exchanges.map((one) => {
    const before = held[one.offerCode] ?? 0
    return { ...one, before, after: before - one.spent + one.returned }
  })

type Row = { readonly accountId: string; readonly offerCode: string }

/** What one account holds, out of the balances of several. */
export const heldBy = (balances: readonly (Row & { readonly credits: number })[], accountId: string): Held =>
  Object.fromEntries(balances.filter((one) => one.accountId === accountId).map((one) => [one.offerCode, one.credits]))

/** What was paid for one license, out of what was paid for several. */
export const paidFor = (
  paid: readonly (Row & { readonly licenseId: string; readonly quantity: number })[],
  licenseId: string,
): Held => {
  const rows = paid.filter((one) => one.licenseId === licenseId)
  return Object.fromEntries(rows.map((one) => [one.offerCode, one.quantity]))
}
