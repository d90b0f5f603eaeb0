import { Hono } from 'hono'
import type { PricedOffer } from '#src/db/priced-offers.ts'
import { findBuyer, listRenewable, listSupportOffers, mostRenewed } from '#src/db/quotable.ts'
import type { Reach } from '#src/db/reach.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { type Day, dayOf, isDay } from '#src/domain/day.ts'
import type { LicenseItem } from '#src/domain/quotes/item.ts'
import { wrong } from '#src/domain/quotes/priced.ts'
import type { Quotable } from '#src/domain/quotes/quotable.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody, formValues } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { statuses } from '#src/http/statuses.ts'
import { type Buyer, makeQuote, reckon } from '#src/use-cases/quotes/make-quote.ts'
import { PaidSupportPage, SupportCost } from '#views/pages/quotes/support.tsx'
import type { PaidCost } from '#views/pages/quotes/upgrade.tsx'
import { paths } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { frameOf, wantsPreview } from './frame.ts'

/** Support that customers buy and renew in money: what is marked becomes one quote. */
export const paidSupportPages = new Hono<HttpEnv>().post(paths.supportQuotes, may('quote.create'), quote)

/** What the page reads: the licenses that are named by themselves or their support, or all of the account. */
export const readsToRenew = (reach: Reach, named: readonly string[] | null) =>
  [findBuyer(reach), listRenewable(reach, named), listSupportOffers(reach, named)] as const

type Read = readonly [readonly Buyer[], readonly Quotable[], readonly PricedOffer[]]
type Typed = {
  readonly licenses: readonly string[] | null
  readonly supportYears: string
  readonly supportUntil: string
}
type Again = { readonly errors: readonly FieldError[]; readonly status: 200 | 409 }

/** The form with its total; asked for by htmx, the total alone. `preview` is where the same page shows another choice. */
export function showPaidSupport(
  c: HttpContext,
  { actor, read, isSome, preview }: { actor: Actor; read: Read; isSome: boolean; preview: string },
  typed = typedIn(c),
  again: Again = { errors: [], status: 200 },
) {
  const [[buyer], rows, offers] = read
  if (!buyer || (isSome && rows.length === 0)) return refuse({ code: 'not-found' })
  const licenses = typed.licenses ?? rows.map(({ id }) => id)
  const cost = costOf(c, { ...typed, licenses }, [buyer, rows, offers])
  if (wantsPreview(c) && c.req.method === 'GET') return c.html(<SupportCost cost={cost} />)
  const page = (
    <PaidSupportPage
      frame={frameOf(c, actor)}
      rows={rows}
      isCut={rows.length === mostRenewed}
      isSome={isSome}
      draft={{ ...typed, licenses, errors: again.errors, request: c.var.deps.newId('request') }}
      cost={cost}
      preview={preview}
      today={dayOf(c.var.deps.now())}
    />
  )
  return c.html(page, again.status)
}

/** What the URL chooses; nothing marked is everything, unless the form was sent with nothing marked. */
function typedIn(c: HttpContext): Typed {
  const marked = c.req.queries('license') ?? []
  const { supportYears, supportUntil = '' } = c.req.query()
  return {
    licenses: marked.length > 0 || supportYears ? marked : null,
    supportYears: supportYears ?? '1',
    supportUntil,
  }
}

/** The items of a quote. Refuses `invalid-request`. */
function itemsOf({ licenses, supportYears, supportUntil }: Typed & { licenses: readonly string[] }): LicenseItem[] {
  if (licenses.length === 0) wrong('license', 'Mark at least one license')
  if (supportUntil !== '' && !isDay(supportUntil)) wrong('supportUntil', 'Choose a day that exists')
  if (supportUntil === '' && !/^[123]$/.test(supportYears)) wrong('supportYears', 'Choose 1, 2 or 3 years')
  const until = supportUntil === '' ? { supportYears: Number(supportYears) } : { supportUntil: supportUntil as Day }
  return licenses.map((license) => ({ license, ...until }))
}

function costOf(
  c: HttpContext,
  typed: Typed & { licenses: readonly string[] },
  [buyer, rows, offers]: readonly [Buyer, readonly Quotable[], readonly PricedOffer[]],
): PaidCost {
  try {
    return reckon(c.var.deps, itemsOf(typed), [buyer, rows, offers])
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal, 'license') : null
    if (!errors) throw error
    return { why: errors.map((one) => named(one, typed.licenses, rows).detail).join('. ') }
  }
}

/** An error of an item stands at the field of the form, and says of which license it is where there are several. */
function named(
  { pointer, detail, ...error }: FieldError,
  licenses: readonly string[],
  rows: readonly Quotable[],
): FieldError {
  const [, place, field = pointer] = /^items\/(\d+)\/(.*)$/.exec(pointer) ?? []
  const row = place === undefined || rows.length < 2 ? undefined : rows.find(({ id }) => id === licenses[Number(place)])
  return { ...error, pointer: field, detail: row ? `${row.serial}: ${detail}` : detail }
}

async function quote(c: HttpContext) {
  const form = await formBody(c)
  const licenses = await formValues(c, 'license')
  const typed = { licenses, supportYears: form.supportYears ?? '', supportUntil: form.supportUntil ?? '' }
  try {
    const items = itemsOf(typed)
    const { response } = await makeQuote(c.var.deps, c.var.asking, { items }, await onceOfForm(c, form))
    return c.redirect(paths.quote(response.id), 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal, 'license') : null
    if (!errors) throw error
    const { actor, rows } = await ask(c, (reach) => readsToRenew(reach, null))
    const status = statuses[(error as Refused).refusal.code] as 409
    const page = { actor, read: rows, isSome: false, preview: paths.supportRenewal }
    return showPaidSupport(c, page, typed, { errors: errors.map((one) => named(one, licenses, rows[1])), status })
  }
}
