import type { Day } from '#src/domain/day.ts'
import type { FieldError, Refusal } from '#src/domain/refusal.ts'
import { type Formats, writeDay, writeTime, zoneName } from '#src/domain/settings/formats.ts'

/** What a refused activation says to whoever carries the request of a computer. */
export function activationErrors(refusal: Refusal, formats: Formats): FieldError[] | null {
  if (refusal.code === 'invalid-request') return refusal.errors.map((error) => ({ ...error, pointer: 'request' }))
  const detail = wordsOf(refusal, formats)
  const pointer = refusal.code === 'server-limit-reached' ? 'replace' : 'request'
  return detail === null ? null : [{ pointer, code: refusal.code, detail }]
}

const timeIn = (at: string, formats: Formats): string => `${writeTime(new Date(at), formats)} ${zoneName(formats)}`

function wordsOf(refusal: Refusal, formats: Formats): string | null {
  switch (refusal.code) {
    case 'activation-key-unknown':
      return 'None of your activation keys has the code that stands in this request: enter the right one in the software, and ask it for a request again'
    case 'activation-key-removed':
      return 'The activation key in this request was removed: enter another one in the software'
    case 'activation-key-rotated':
      return 'The activation key in this request was replaced: enter its new code in the software'
    case 'activation-key-expired':
      return `The activation key activates nothing new since ${writeDay(refusal.expiredOn as Day, formats)}: use another one`
    case 'product-not-on-key':
      return 'The activation key holds no license for the product that asks: enter another key in the software'
    case 'license-expired':
      return `The license of this key ended on ${writeDay(refusal.endedOn as Day, formats)}: renew it first`
    case 'trial-used':
      return 'This computer had its trial: buy a license to go on'
    case 'address-not-allowed':
      return 'This activation key works from some addresses only, and this is none of them'
    case 'server-limit-reached':
      return `${refusal.used} of ${refusal.limit} are in use, and no place is free: choose a computer that is released for this one`
    case 'release-budget':
      return `No computer can be released for this one${refusal.nextAt ? ` before ${timeIn(refusal.nextAt, formats)}` : ''}: ${refusal.used} of ${refusal.allowed} releases of a year are used`
    case 'release-cooldown':
      return `A computer was released from this license a moment ago: the next can be on ${timeIn(refusal.nextAt, formats)}`
    default:
      return null
  }
}
