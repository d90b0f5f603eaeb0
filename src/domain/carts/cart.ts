import type { OfferItem } from '../quotes/item.ts'
import { mostUnits } from '../quotes/offer-lines.ts'
import { type FieldError, refuse } from '../refusal.ts'

/** What an account has in its cart of an offer, with how many years of support each. */
export type CartItem = { readonly offer: string; readonly quantity: number; readonly supportYears: number }

/** What somebody typed of an offer; years that a form does not ask for stay as they are. */
export type TypedItem = {
  readonly offer: string
  readonly quantity: string
  readonly supportYears?: string | undefined
}

/** The most years of support that are bought with a license. */
export const mostSupportYears = 3

/** Reads typed items; those that are none are refused, each at its field: `invalid-request`, `items/0/quantity`. */
export function cartItemsFrom(typed: readonly TypedItem[], there: readonly CartItem[]): CartItem[] {
  const errors = typed.flatMap(errorsOf)
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
  return typed.map(({ offer, quantity, supportYears }) => ({
    offer,
    quantity: Number(quantity.trim()),
    supportYears: Number(supportYears ?? there.find((one) => one.offer === offer)?.supportYears ?? 0),
  }))
}

function errorsOf({ quantity, supportYears }: TypedItem, i: number): FieldError[] {
  const wrong = (name: string, detail: string) => ({ pointer: `items/${i}/${name}`, code: 'invalid', detail })
  const text = quantity.trim()
  const isCount = /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= mostUnits
  const areYears = supportYears === undefined || /^[0-3]$/.test(supportYears)
  return [
    ...(isCount ? [] : [wrong('quantity', `Write a whole number from 1 to ${mostUnits}`)]),
    ...(areYears ? [] : [wrong('supportYears', `Choose up to ${mostSupportYears} years`)]),
  ]
}

/** The same as a quote is asked for it. */
export const quotedAs = ({ offer, quantity, supportYears }: CartItem): OfferItem => ({
  ...{ offer, quantity },
  ...(supportYears > 0 ? { supportYears } : {}),
})

/** Which of the items differ from what is there. */
export const changedAmong = (items: readonly CartItem[], there: readonly CartItem[]): readonly CartItem[] =>
  items.filter(
    ({ offer, quantity, supportYears }) =>
      !there.some((one) => one.offer === offer && one.quantity === quantity && one.supportYears === supportYears),
  )
