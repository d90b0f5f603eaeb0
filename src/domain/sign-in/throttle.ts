import { dayMs, hourMs, limits, linkMs, quarterMs, tenMinutesMs, windowOf } from './session.ts'

/** A counter of tries: of whom, in which window, and how many it lets through. */
export type AttemptWindow = {
  readonly subject: string
  readonly window: number
  readonly endsAt: Date
  readonly most: number
}

/** The window of a length that an instant falls in. */
export const windowAt = (subject: string, lengthMs: number, most: number, at: Date): AttemptWindow => {
  const window = windowOf(at, lengthMs)
  return { subject, window, endsAt: new Date((window + 1) * lengthMs), most }
}

/**
 * The windows that must all have room before a proof is looked at, in this order: the address, the identifier's quarter
 * of an hour, its day. A device that signed in before has counters of its own and none of an address, so that no
 * stranger's guesses ever lock it out (`threats.md`, A4).
 */
export function attemptWindows(identifierKey: string, deviceId: string | null, address: string, at: Date) {
  const subject = deviceId === null ? `id:${identifierKey}` : `device:${deviceId}`
  const { perQuarter, perDay } = limits.identity
  const own = [windowAt(`${subject}:quarter`, quarterMs, perQuarter, at), windowAt(`${subject}:day`, dayMs, perDay, at)]
  const network = windowAt(`ip:${networkOf(address)}`, quarterMs, limits.address.perQuarter, at)
  return deviceId === null ? [network, ...own] : own
}

/** All tries together, right or wrong: it never fills up, it only alarms. */
export const overallWindow = (at: Date): AttemptWindow => windowAt('all', hourMs, Number.MAX_SAFE_INTEGER, at)

/** As long as a link lives: whoever asks for somebody else's fills no window without a live link in their mailbox (A4). */
const linksAt = (subject: string, at: Date) => windowAt(subject, linkMs, limits.linksAtOnce, at)

/** Links mailed to one identifier. */
export const linkWindow = (identifierKey: string, at: Date): AttemptWindow => linksAt(`link:${identifierKey}`, at)

/** Links mailed to set the password of one login. */
export const passwordLinkWindow = (identifierKey: string, at: Date): AttemptWindow =>
  linksAt(`password-link:${identifierKey}`, at)

/** Letters to one address that registers. */
export const registrationWindow = (emailKey: string, at: Date): AttemptWindow =>
  windowAt(`registration:${emailKey}`, hourMs, limits.linksPerHour, at)

/** Letters that invite one address to one account. */
export const invitationWindow = (accountId: string, emailKey: string, at: Date): AttemptWindow =>
  windowAt(`invitation:${accountId}:${emailKey}`, hourMs, limits.linksPerHour, at)

/** Changes of its e-mail that one login asks for, and letters about such changes to one address. */
export const emailChangeWindows = (loginId: string, emailKey: string, at: Date): AttemptWindow[] => [
  windowAt(`email-change:${loginId}`, hourMs, limits.linksPerHour, at),
  windowAt(`email-change:${emailKey}`, hourMs, limits.linksPerHour, at),
]

/**
 * Codes tried for one login, at sign-in and where two-factor is switched on. At sign-in `by` says what was shown before,
 * or which device that is known shows it: whoever has one of them holds nobody up who comes with another (A4).
 */
export const codeWindows = (loginId: string, at: Date, by = ''): AttemptWindow[] => [
  windowAt(`code:${loginId}${by}`, tenMinutesMs, limits.codesPerTenMinutes, at),
]

/** Links mailed to release what runs with one activation key, by its fingerprint. */
export const releaseLinkWindow = (key: string, at: Date): AttemptWindow => linksAt(`release-link:${key}`, at)

/** Tries at the current password of a login by whoever is signed in as it, the quarter of an hour and the day. */
export const passwordWindows = (loginId: string, at: Date): AttemptWindow[] => [
  windowAt(`password:${loginId}:quarter`, quarterMs, limits.identity.perQuarter, at),
  windowAt(`password:${loginId}:day`, dayMs, limits.identity.perDay, at),
]

/** What counts as one address: an IPv4 address whole, of an IPv6 address its /64. */
export function networkOf(address: string): string {
  const text = address.toLowerCase().replace(/^::ffff:(?=[\d.]+$)/, '')
  if (!text.includes(':')) return text
  const [head = '', tail] = text.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
