import { looksLikeEmail } from '../accounts/identifier.ts'
import { commentError, commentFrom } from '../licenses/comment.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { mostChannels, type SubscriptionTerm, subscriptionTerms } from './subscription.ts'

/** A product that is subscribed to, with the edition that a subscription is of. */
export type Software = {
  readonly code: string
  readonly name: string
  readonly editionCode: string
  readonly editionName: string
  /** What its channels are sold as. */
  readonly offerCode: string
}

/** What somebody types to generate a subscription, each field as a form sends it. */
export type SubscriptionDraft = {
  readonly product: string
  readonly channels: string
  readonly email: string
  readonly term: string
  readonly comment: string
  readonly activationKey: string
}

export const emptyDraft: SubscriptionDraft = {
  product: '',
  channels: '1',
  email: '',
  term: 'year',
  comment: '',
  activationKey: '',
}

export type Wanted = {
  readonly software: Software
  readonly channels: number
  readonly email: string
  readonly term: SubscriptionTerm
  readonly comment: string
}

const fieldError = (pointer: string, detail: string): FieldError => ({ pointer, code: 'invalid', detail })

/** How many channels were typed, or what is wrong with it. */
export function channelsFrom(typed: string): number | FieldError {
  const text = typed.trim()
  const channels = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (channels >= 1 && channels <= mostChannels) return channels
  return fieldError('channels', `Write how many channels, a whole number from 1 to ${mostChannels}`)
}

/**
 * Reads a draft against the software there is. Refuses `invalid-request` field by field; a product that is not among the
 * software, `product-not-given`.
 */
export function wantedFrom(draft: SubscriptionDraft, given: readonly Software[], keyIsOwn: boolean): Wanted {
  const channels = channelsFrom(draft.channels)
  const email = draft.email.trim()
  const comment = commentFrom(draft.comment)
  const term = subscriptionTerms.find((one) => one === draft.term)
  const errors = [
    draft.product === '' ? fieldError('product', 'Choose the software') : null,
    typeof channels === 'number' ? null : channels,
    looksLikeEmail(email) ? null : fieldError('email', 'Write the end customer’s e-mail, such as ada@example.com'),
    term ? null : fieldError('term', 'Choose a month or a year'),
    keyIsOwn ? null : fieldError('activationKey', keyDetail(draft.activationKey)),
    commentError(comment),
  ].filter((error) => error !== null)
  if (errors.length > 0 || typeof channels !== 'number' || !term) return refuse({ code: 'invalid-request', errors })
  const software = given.find(({ code }) => code === draft.product)
  return software ? { software, channels, email, term, comment } : refuse({ code: 'product-not-given' })
}

const keyDetail = (typed: string): string =>
  typed.trim() === ''
    ? 'Choose the activation key that the customer uses'
    : 'None of your activation keys for this software has this code: choose one of the list, or create it first'
