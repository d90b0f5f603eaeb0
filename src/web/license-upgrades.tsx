import { Hono } from 'hono'
import {
  listNamedLicenses,
  listOffersOf,
  listOwnersBalances,
  listPaid,
  type NamedLicense,
} from '#src/db/license-terms.ts'
import { type CatalogOffer, offerWords } from '#src/domain/catalog/catalog-offer.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { type Held, heldBy, linesOf, paidFor } from '#src/domain/credits/exchange.ts'
import { dayOf } from '#src/domain/day.ts'
import { isHigher, upgradeOf, upgradeSizeFrom, whyNotUpgraded } from '#src/domain/licenses/upgrade.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { upgradeLicense } from '#src/use-cases/licenses/upgrade-license.ts'
import { Cost, NoUpgradePage, type UpgradeCost, UpgradePage } from '#views/pages/licenses/upgrade.tsx'
import { paths } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { choicesOf } from './choices.ts'
import { frameOf, wantsPreview } from './frame.ts'
import { readsToUpgrade, showPaidUpgrade } from './paid-upgrades.tsx'

/** Upgrades of a license: sellers pay with credits, customers in money. */
export const licenseUpgradePages = new Hono<HttpEnv>()
  .get('/licenses/:id/upgrades/new', may('cost.read'), (c) => showForm(c, c.req.query()))
  .post('/licenses/:id/upgrades', may('license.upgrade'), upgrade)

type Typed = { readonly edition?: string; readonly size?: string }

async function showForm(c: HttpContext, typed: Typed, errors: readonly FieldError[] = [], status: 200 | 409 = 200) {
  const { actor, terms, paid } = await termsOf(c)
  if (actor.accountKind === 'customer') return showPaidUpgrade(c, actor, paid, typed)
  if (!terms) return refuse({ code: 'not-found' })
  const { license, offers } = terms
  const why = whyNotUpgraded(license)
  if (why) return c.html(<NoUpgradePage frame={frameOf(c, actor)} license={license} why={noUpgrade(license)} />, 409)
  const higher = offers.filter((one) => one.kind === 'license' && one.sold && (one.perUnit || isHigher(license, one)))
  const [first] = [...higher.filter((one) => one.editionCode === license.editionCode), ...higher]
  if (!first) {
    const highest = 'Nothing above this edition and size is sold.'
    return c.html(<NoUpgradePage frame={frameOf(c, actor)} license={license} why={highest} />)
  }
  const size = first.perUnit ? (license.size ?? 0) + 1 : sizeOf(first.size)
  const draft = { edition: typed.edition || first.editionCode, size: typed.size || String(size) }
  const cost = costOf(c, terms, draft)
  if (wantsPreview(c) && c.req.method === 'GET') return c.html(<Cost cost={cost} owner={license.accountName} />)
  return c.html(
    <UpgradePage
      frame={frameOf(c, actor)}
      license={license}
      choices={choicesOf(higher)}
      draft={{ ...draft, errors, request: c.var.deps.newId('request') }}
      cost={cost}
    />,
    status,
  )
}

type Terms = {
  readonly license: NamedLicense
  readonly offers: readonly CatalogOffer[]
  readonly held: Held
  readonly paid: Held
}

async function termsOf(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const ids = [id]
  const { actor, rows } = await ask(c, (reach) => [
    listNamedLicenses(reach, ids),
    listOffersOf(reach, ids),
    listOwnersBalances(reach, ids),
    listPaid(reach, ids),
    ...readsToUpgrade(reach, id),
  ])
  const [[license], offers, balances, spent, ...paid] = rows
  if (license?.id !== id) return { actor, terms: null, paid }
  const held = heldBy(balances, license.accountId)
  const terms: Terms = { license, offers, held, paid: paidFor(spent, license.id) }
  return { actor, terms, paid }
}

const noUpgrade = ({ kind, orderReference, given }: NamedLicense): string => {
  if (orderReference !== null) return 'This license was bought in the shop, so it is not upgraded with credits.'
  if (kind === 'trial') return 'A trial is not upgraded: make it permanent first, in the size that is wanted.'
  if (kind === 'subscription') return 'A subscription is not upgraded: change its channels.'
  return given ? 'It cannot be upgraded.' : 'The account that owns it was not given this product any more.'
}

/** What the draft costs now, or the sentence why there is no such upgrade. */
function costOf(c: HttpContext, { license, offers, held, paid }: Terms, draft: Required<Typed>): UpgradeCost {
  try {
    const wanted = { edition: draft.edition, size: upgradeSizeFrom(draft.size, offers) }
    const { exchanges } = upgradeOf(license, wanted, { offers, paid, today: dayOf(c.var.deps.now()) })
    const lines = linesOf(exchanges, held)
    return { lines: lines.map((line) => ({ ...line, label: offerWords(offers, line.offerCode) })) }
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal, 'size') : null
    if (!errors) throw error
    return { why: errors.map(({ detail }) => detail).join('. ') }
  }
}

async function upgrade(c: HttpContext) {
  const form = await formBody(c)
  const id = c.req.param('id') ?? ''
  try {
    const { size = '', edition } = form
    await upgradeLicense(c.var.deps, c.var.asking, { id, size, edition }, await onceOfForm(c, form))
    leaveNotice(c, 'license-upgraded')
    return c.redirect(paths.license(id), 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal, 'size') : null
    if (!errors) throw error
    return showForm(c, form, errors, statuses[(error as Refused).refusal.code] as 409)
  }
}
