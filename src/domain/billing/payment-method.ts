import type { Id } from '../ids.ts'

/** A way to pay that the provider keeps, as a person knows it. */
export type PaymentMethod = {
  readonly id: Id<'paymentMethod'>
  readonly brand: string
  readonly lastFour: string
  /** The last month in which it can be charged, as `2028-03`. */
  readonly expires: string
  readonly isDefault: boolean
  readonly version: number
}

/** `Visa ending 4242`. */
export const methodInWords = ({ brand, lastFour }: Pick<PaymentMethod, 'brand' | 'lastFour'>): string =>
  `${brand} ending ${lastFour}`

/** Whether its last month is over. */
export const isOver = ({ expires }: Pick<PaymentMethod, 'expires'>, today: string): boolean =>
  expires < today.slice(0, 7)
