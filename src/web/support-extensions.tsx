import { Hono } from 'hono'
import { listNamedLicenses, listOffersOf, listOwnersBalances, type NamedLicense } from '#src/db/license-terms.ts'
import { type CatalogOffer, offerWords } from '#src/domain/catalog/catalog-offer.ts'
import { heldBy, linesOf } from '#src/domain/credits/exchange.ts'
import { type Day, dayOf, isDay } from '#src/domain/day.ts'
import { chosenFrom } from '#src/domain/licenses/bulk.ts'
import { type FieldError, type Refusal, Refused, refuse } from '#src/domain/refusal.ts'
import { yearsFrom } from '#src/domain/support/extension.ts'
import { isGood, type Renewal, renewalOf, totalsOf } from '#src/domain/support/renewal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody, formValues } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice, type Notice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { addSupport } from '#src/use-cases/support/add-support.ts'
import { extendSupport } from '#src/use-cases/support/extend-support.ts'
import { Reckoning, RenewalPage } from '#views/pages/support/renewal.tsx'
import { paths } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { frameOf, wantsPreview } from './frame.ts'
import { readsToRenew, showPaidSupport } from './paid-support.tsx'

/** Support extended, one or many, and added where there is none: sellers pay with credits, customers in money. */
export const supportExtensionPages = new Hono<HttpEnv>()
  .get(paths.supportRenewal, may('cost.read'), (c) => preview(c, renewing(c.req.queries('ids') ?? [])))
  .post(paths.supportRenewals, may('support.extend'), async (c) => extend(c, renewing(await formValues(c, 'ids'))))
  .get('/support/:id/extensions/new', may('cost.read'), (c) => preview(c, extending(idIn(c))))
  .post('/support/:id/extensions', may('support.extend'), (c) => extend(c, extending(idIn(c))))
  .get('/licenses/:id/supports/new', may('cost.read'), (c) => preview(c, adding(idIn(c))))
  .post('/licenses/:id/supports', may('support.extend'), add)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** What is done: with which supports or license, under which title, from which form. */
type Doing = {
  readonly ids: readonly string[]
  readonly title: string
  readonly action: string
  readonly preview: string
  /** Whether a license that was found is one that is meant. */
  readonly means: (license: NamedLicense) => boolean
}

const isAmong = (ids: readonly string[]) => (license: NamedLicense) =>
  license.supportId !== null && ids.includes(license.supportId)

const renewing = (ids: readonly string[]): Doing => {
  const [title, action, preview] = ['Extend marked support', paths.supportRenewals, paths.supportRenewal]
  const chosen = ids.flatMap((id) => id.split(','))
  return { ids: chosen, title, action, preview, means: isAmong(chosen) }
}
const extending = (id: string): Doing => {
  const [action, preview] = [paths.supportExtensions(id), paths.supportExtension(id)]
  return { ids: [id], title: 'Extend support', action, preview, means: isAmong([id]) }
}
const adding = (id: string): Doing => {
  const [action, preview] = [paths.licenseSupports(id), paths.licenseSupport(id)]
  return { ids: [id], title: 'Add support', action, preview, means: (license) => license.id === id }
}

type Again = { readonly years: string; readonly errors: readonly FieldError[]; readonly status: 409 }

async function preview(c: HttpContext, doing: Doing, again?: Again) {
  const { ids, means, ...form } = doing
  const { actor, rows } = await ask(c, (reach) => [
    listNamedLicenses(reach, ids),
    listOffersOf(reach, ids),
    listOwnersBalances(reach, ids),
    ...readsToRenew(reach, ids.length > 0 ? ids : null),
  ])
  const [named, offers, balances, ...paid] = rows
  if (actor.accountKind === 'customer') {
    return showPaidSupport(c, { actor, read: paid, isSome: ids.length > 0, preview: form.preview })
  }
  chosenFrom(ids, 'ids')
  const licenses = named.filter(means)
  if (licenses.length === 0) return refuse({ code: 'not-found' })
  const years = yearsIn(again?.years ?? c.req.query('years'))
  const today = dayOf(c.var.deps.now())
  const renewals = licenses.map((license) =>
    form.action === paths.licenseSupports(license.id) && license.supportId !== null
      ? { license, refusal: { code: 'support-there' } as const }
      : renewalOf(license, { years, offers, today }),
  )
  const props = {
    ...form,
    rows: renewals.map(rowOf),
    lines: linesFor(renewals, offers, balances),
    years,
    errors: again?.errors ?? [],
    request: c.var.deps.newId('request'),
  }
  if (wantsPreview(c) && c.req.method === 'GET') return c.html(<Reckoning {...props} />)
  return c.html(<RenewalPage frame={frameOf(c, actor)} {...props} />, again?.status ?? 200)
}

/** Years of the URL; one where they are none that can be had. */
const yearsIn = (typed: string | undefined): number => (/^[123]$/.test(typed ?? '') ? Number(typed) : 1)

function rowOf(renewal: Renewal<NamedLicense>) {
  const { license } = renewal
  if (isGood(renewal)) return { license, days: { startsOn: renewal.startsOn, endsOn: renewal.endsOn }, why: '' }
  return { license, days: null, why: sentenceOf(renewal.refusal) }
}

const sentenceOf = (refusal: Refusal): string => errorsOf(refusal)?.[0]?.detail ?? 'It stays as it is'

type Balances = readonly { accountId: string; offerCode: string; credits: number }[]

function linesFor(renewals: readonly Renewal<NamedLicense>[], offers: readonly CatalogOffer[], balances: Balances) {
  const names = new Map(renewals.map(({ license }) => [license.accountId, license.accountName]))
  return totalsOf(renewals.filter(isGood)).flatMap(({ accountId, offerCode, credits }) =>
    linesOf([{ offerCode, spent: credits, returned: 0 }], heldBy(balances, accountId)).map((line) => ({
      ...line,
      label: offerWords(offers, offerCode),
      accountName: names.get(accountId) ?? '',
    })),
  )
}

async function extend(c: HttpContext, doing: Doing) {
  const form = await formBody(c)
  const seen = seenIn(await formValues(c, 'seen'))
  const { ids } = doing
  return carryOut(c, { doing, form, notice: 'support-extended', to: paths.support }, async () => {
    const once = await onceOfForm(c, form)
    await extendSupport(c.var.deps, c.var.asking, { ids, years: yearsFrom(form.years ?? ''), seen }, once)
  })
}

/** The ends that the form showed: `sup_…:2026-08-27`. */
function seenIn(pairs: readonly string[]): Record<string, Day> {
  const read = pairs.map((pair) => pair.split(':'))
  return Object.fromEntries(read.filter((pair): pair is [string, Day] => pair.length === 2 && isDay(pair[1] ?? '')))
}

async function add(c: HttpContext) {
  const form = await formBody(c)
  const id = idIn(c)
  return carryOut(c, { doing: adding(id), form, notice: 'support-added', to: paths.license(id) }, async () => {
    const once = await onceOfForm(c, form)
    await addSupport(c.var.deps, c.var.asking, { id, years: yearsFrom(form.years ?? '') }, once)
  })
}

type Act = {
  readonly doing: Doing
  readonly form: Record<string, string>
  readonly notice: Notice
  readonly to: string
}

/** Does it and goes on; what is refused comes back as the same page with what it costs now. */
async function carryOut(c: HttpContext, { doing, form, notice, to }: Act, act: () => Promise<unknown>) {
  try {
    await act()
    leaveNotice(c, notice)
    return c.redirect(to, 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal, 'years') : null
    if (!errors) throw error
    const status = statuses[(error as Refused).refusal.code] as 409
    return preview(c, doing, { years: form.years ?? '', errors, status })
  }
}
