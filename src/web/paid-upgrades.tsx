import { Hono } from 'hono'
import type { PricedOffer } from '#src/db/priced-offers.ts'
import type { Reach } from '#src/db/reach.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import { isAbove, upgradeItemFrom } from '#src/domain/quotes/above.ts'
import type { Quotable } from '#src/domain/quotes/quotable.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { mostChannels } from '#src/domain/subscriptions/subscription.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { statuses } from '#src/http/statuses.ts'
import { type Buyer, makeQuote, readsToReckon, reckon } from '#src/use-cases/quotes/make-quote.ts'
import { NoUpgradePage } from '#views/pages/licenses/upgrade.tsx'
import { type PaidCost, PaidCostCard, PaidUpgradePage } from '#views/pages/quotes/upgrade.tsx'
import { paths } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { choicesOf } from './choices.ts'
import { frameOf, wantsPreview } from './frame.ts'

/** Upgrades that are paid in money: what is chosen becomes a quote. */
export const paidUpgradePages = new Hono<HttpEnv>().post('/licenses/:id/quotes', may('quote.create'), quote)

type Typed = { readonly edition?: string; readonly size?: string; readonly terms?: string }

/** What the page of an upgrade in money reads. */
export const readsToUpgrade = (reach: Reach, id: string) => readsToReckon(reach, [{ license: id }])

type Read = readonly [readonly Buyer[], readonly Quotable[], readonly PricedOffer[]]

/** The form with the total of what is chosen; asked for by htmx, the total alone. */
export function showPaidUpgrade(c: HttpContext, actor: Actor, read: Read, typed: Typed, again: Again = none) {
  const [[buyer], [license], offers] = read
  if (!buyer || !license) return refuse({ code: 'not-found' })
  if (buyer.upgradeUrl !== '') return c.redirect(buyer.upgradeUrl, 303)
  const why = noUpgrade(license)
  const above = offers.filter((offer) => isAbove(license, offer))
  const [first] = [...above.filter((one) => one.editionCode === license.editionCode), ...above]
  if (why || !first) {
    const nothing = 'Nothing above this edition and size is sold.'
    return c.html(<NoUpgradePage frame={frameOf(c, actor)} license={license} why={why ?? nothing} />)
  }
  const next = nextOf(license, first, dayOf(c.var.deps.now()))
  const draft = {
    edition: typed.edition || first.editionCode,
    size: typed.size || next.size,
    terms: typed.terms || next.terms,
  }
  const cost = costOf(c, read, license, draft)
  if (wantsPreview(c) && c.req.method === 'GET') return c.html(<PaidCostCard cost={cost} />)
  const page = (
    <PaidUpgradePage
      frame={frameOf(c, actor)}
      license={license}
      choices={choicesOf(above)}
      draft={{ ...draft, errors: again.errors, request: c.var.deps.newId('request') }}
      term={license.subscription?.term ?? null}
      cost={cost}
    />
  )
  return c.html(page, again.status)
}

type Again = { readonly errors: readonly FieldError[]; readonly status: 200 | 409 }
const none: Again = { errors: [], status: 200 }

function noUpgrade({ kind, subscription }: Quotable): string | null {
  if (kind === 'trial') return 'A trial is not upgraded: buy a license of the product instead.'
  if (subscription?.ofShop) return 'The shop charges this subscription by itself, so its channels are changed there.'
  if (subscription && !subscription.canceled) return 'This subscription is billed by us: write to us to change it.'
  return null
}

/** What is offered first: one more, or what comes next; a subscription that has ended or grows no more is renewed. */
function nextOf({ size, subscription }: Quotable, { perUnit, size: above }: PricedOffer, today: Day) {
  const renews = subscription !== null && (subscription.endsOn < today || size === mostChannels)
  if (renews) return { size: String(size ?? 0), terms: '1' }
  return { size: String(perUnit ? (size ?? 0) + 1 : sizeOf(above)), terms: '0' }
}

/** What the draft costs now, or the sentence why there is no such upgrade. */
function costOf(c: HttpContext, [[buyer], licenses, offers]: Read, { id }: Quotable, draft: Required<Typed>): PaidCost {
  if (!buyer) return refuse({ code: 'not-found' })
  try {
    return reckon(c.var.deps, [upgradeItemFrom(id, draft)], [buyer, licenses, offers])
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal, 'size') : null
    if (!errors) throw error
    return { why: errors.map(({ detail }) => detail).join('. ') }
  }
}

async function quote(c: HttpContext) {
  const form: Typed & Record<string, string> = await formBody(c)
  const id = c.req.param('id') ?? ''
  try {
    const items = [upgradeItemFrom(id, form)]
    const { response } = await makeQuote(c.var.deps, c.var.asking, { items }, await onceOfForm(c, form))
    return c.redirect(paths.quote(response.id), 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal, 'size') : null
    if (!errors) throw error
    const { actor, rows } = await ask(c, (reach) => readsToUpgrade(reach, id))
    const status = statuses[(error as Refused).refusal.code] as 409
    return showPaidUpgrade(c, actor, rows, form, { errors: errors.map(ofForm), status })
  }
}

/** A form is one item, so its fields are named without the item's place. */
const ofForm = (error: FieldError): FieldError => ({ ...error, pointer: error.pointer.replace(/^items\/0\//, '') })
