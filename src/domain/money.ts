/** An amount in integer minor units of an ISO 4217 currency: `{ minor: 15224, currency: 'EUR' }` is EUR 152.24. */
export type Money = { readonly minor: number; readonly currency: string }

const exponents = new Map<string, number>()

/** How many decimals a currency has: EUR 2, JPY 0. Unknown codes count as 2. */
export function exponentOf(currency: string): number {
  const known = exponents.get(currency)
  if (known !== undefined) return known
  const digits = isCurrency(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2
  exponents.set(currency, digits)
  return digits
}

/** Whether a text has the shape of a currency code. */
export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text)

/** Minor units of a decimal amount as a provider sends it, rounded half up: `152.24` EUR → `15224`. */
export function minorOf(amount: number, currency: string): number {
  const scaled = Math.abs(amount) * 10 ** exponentOf(currency)
  return Math.sign(amount) * Math.floor(scaled + 0.5 + 1e-7)
}

/** An amount in digits alone, for forms and spreadsheets: `-152.24`. */
export function amountInDigits({ minor, currency }: Money): string {
  const digits = exponentOf(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  return (minor < 0 ? '-' : '') + (digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text)
}

/** The seeds' way to write money: `EUR 152.24`. */
export const formatMoney = ({ minor, currency }: Money): string =>
  `${currency} ${minor < 0 ? '−' : ''}${amountInDigits({ minor: Math.abs(minor), currency })}`
