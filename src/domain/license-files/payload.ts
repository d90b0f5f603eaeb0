import { addDays, type Day } from '../day.ts'

/** What a license file says of a license: what software gets in answers, and what kind of file it is. */
type FileData = { readonly type: 'license' | 'support'; readonly endsOn: Day | null } & Readonly<
  Record<string, unknown>
>

/** What a file is made of. All of it is told to whoever reads the file. */
export type FileContent = {
  readonly data: FileData
  readonly included: {
    readonly product: { readonly code: string; readonly name: string } & Readonly<Record<string, unknown>>
    /** The one computer that it is for; `null` for a file that is for any. */
    readonly computer: { readonly id: string; readonly name: string; readonly fingerprint: string } | null
    readonly support: Readonly<Record<string, unknown>> | null
    /** Products that the activation key holds, by code and edition. */
    readonly entitlements: readonly { readonly product: string; readonly edition: string }[]
  }
  /** Days that the file is good for without the portal; `null` for ever. */
  readonly days: number | null
  /** Days after that in which software still runs and says so (R306). */
  readonly graceDays: number
  /** Days that a license goes on after its own end (R306). */
  readonly licenseGraceDays: number
  /** Where the next file is to be had. */
  readonly renewAt: string
}

const day = 86_400_000

/**
 * The JSON that is signed. `meta.expiry` and `meta.graceUntil` say until when the file is good and until when software
 * may run on with a warning, `data.runsUntil` the license's own last day with grace, and `meta.notice` in words what
 * happens then and what to do: nothing ends without having been said (R306, R312).
 */
export function payloadOf(content: FileContent, kid: string, now: Date) {
  const { data, included, days, graceDays, licenseGraceDays, renewAt } = content
  const after = (some: number) => new Date(now.getTime() + some * day).toISOString()
  const expiry = days === null ? null : after(days)
  const graceUntil = days === null ? null : after(days + graceDays)
  const runsUntil = data.endsOn && addDays(data.endsOn, licenseGraceDays)
  return {
    meta: {
      issued: now.toISOString(),
      expiry,
      ttl: days === null ? null : (days * day) / 1000,
      graceUntil,
      notice: noticeOf({ expiry, graceUntil, endsOn: data.endsOn, runsUntil, renewAt }),
      kid,
    },
    data: { ...data, runsUntil },
    included,
  }
}

type Ends = {
  readonly expiry: string | null
  readonly graceUntil: string | null
  readonly endsOn: Day | null
  readonly runsUntil: Day | null
  readonly renewAt: string
}

/** What happens at the ends, in sentences. */
function noticeOf({ expiry, graceUntil, endsOn, runsUntil, renewAt }: Ends): string {
  const file = expiry
    ? `This file is good until ${minuteOf(expiry)}. Software runs on with a warning until ${minuteOf(graceUntil ?? expiry)}; connect it, or get the next file at ${renewAt}.`
    : 'This file does not expire.'
  if (endsOn === null) return file
  return `${file} The license ends on ${endsOn}; software runs on with a warning until ${runsUntil ?? endsOn}.`
}

const minuteOf = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`
