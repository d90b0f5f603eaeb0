import type { Unit } from '../catalog/offer.ts'
import type { Day } from '../day.ts'

/** What ends and does not renew by itself: support, a trial, a subscription that was canceled (R307). */
export const endKinds = ['support', 'trial', 'subscription'] as const
export type EndKind = (typeof endKinds)[number]

/** An end that somebody is warned of. */
export type End = {
  readonly kind: EndKind
  readonly endsOn: Day
  readonly serial: string
  readonly productName: string
  readonly editionName: string
  readonly size: number | null
  readonly unit: Unit
  readonly email: string
  readonly ownerName: string
  readonly orderReference: string | null
  readonly comment: string
}

/** The hour, in UTC, from which warnings and digests of a day leave: nobody gets them at night. */
export const sendingHour = 6

/** Days on which nothing ran are caught up with, this far back. */
export const caughtUpDays = 7
