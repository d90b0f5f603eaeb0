import { dayMs, hourMs, quarterMs, windowOf } from './session.ts'

export type AttemptWindow = { readonly subject: string; readonly window: number; readonly endsAt: Date }

/** A device that signed in before has a counter of its own, so that a stranger's guesses never lock it out (A4). */
export const deviceSubject = (deviceId: string): string => `device:${deviceId}`

/** The windows one attempt is counted in: its subject's quarter of an hour and day, its address, and all together. */
export function attemptWindows(subject: string, address: string, at: Date): AttemptWindow[] {
  const counted = (name: string, lengthMs: number): AttemptWindow => {
    const window = windowOf(at, lengthMs)
    return { subject: name, window, endsAt: new Date((window + 1) * lengthMs) }
  }
  return [
    counted(`${subject}:quarter`, quarterMs),
    counted(`${subject}:day`, dayMs),
    counted(`ip:${networkOf(address)}`, quarterMs),
    counted('all', hourMs),
  ]
}

/** What counts as one address: an IPv4 address whole, of an IPv6 address its /64. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
