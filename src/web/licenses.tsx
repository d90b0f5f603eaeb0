import { Hono } from 'hono'
import { findDefaultKey } from '#src/db/default-key.ts'
import { listEventsOfLicense } from '#src/db/events.ts'
import { type SearchPage, searchLicenses } from '#src/db/license-search.ts'
import { countMissingSupport, findLicense, type LicenseRow, listLicenses, sortValue } from '#src/db/licenses.ts'
import { countLowCredits } from '#src/db/low-credits.ts'
import { listOwnedProducts } from '#src/db/products.ts'
import type { Reach } from '#src/db/reach.ts'
import { listSellersBelow } from '#src/db/sellers-below.ts'
import { listNewestKeys } from '#src/db/software.ts'
import { listSupportPeriods } from '#src/db/supports.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import { isNarrowed, type LicenseFilter } from '#src/domain/licenses/filter.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { licenseFilterOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { statuses } from '#src/http/statuses.ts'
import { editLicense } from '#src/use-cases/licenses/edit-license.ts'
import { CommentCell, type CommentDraft, CommentForm, CommentPage } from '#views/pages/licenses/comment.tsx'
import { LicensePage } from '#views/pages/licenses/details.tsx'
import { EditPage } from '#views/pages/licenses/edit.tsx'
import { HomePage } from '#views/pages/licenses/home.tsx'
import { LicenseList, type LicenseListProps } from '#views/pages/licenses/list.tsx'
import { paths, withQuery } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { frameOf, wantsPart } from './frame.ts'
import { mayBuy } from './may-buy.ts'

/** Home, the list of licenses, a license and its comment. */
export const licensePages = new Hono<HttpEnv>()
  .get(paths.home, may('license.read'), (c) => showList(c, paths.home))
  .get(paths.licenses, may('license.read'), (c) => showList(c, paths.licenses))
  .get('/licenses/:id', may('license.read'), showLicense)
  .get('/licenses/:id/comment', may('license.comment'), showComment)
  .post('/licenses/:id/comment', may('license.comment'), saveComment)

const today = (c: HttpContext): Day => dayOf(c.var.deps.now())

async function showList(c: HttpContext, path: string) {
  const query = c.req.query()
  const filter = licenseFilterOf(query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { way: 'number', value: 'string', n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [
    findRows(reach, filter, today(c), { limit: limit + 1, ...beside }),
    countMissingSupport(reach, today(c)),
    listOwnedProducts(reach),
    findDefaultKey(reach),
    countLowCredits(reach),
    listSellersBelow(reach, filter.account),
    listNewestKeys(reach, 2),
  ])
  const [found, [missing], products, [key], [low], accounts, ownKeys] = rows
  const { rows: shown, pages } = pageOf(found, limit, side, Number(query.page) || 1, (row) => positionOf(filter, row))
  const list = {
    path,
    tab: query.tab === 'support' ? ('support' as const) : ('license' as const),
    filter,
    rows: shown,
    pages,
    products: products.length > 1 ? products : [],
    missing: missing?.count ?? 0,
    today: today(c),
    may: { comment: allows(actor, 'license.comment'), orders: allows(actor, 'order.read'), buy: mayBuy(actor) },
    seller: sellerView(actor, accounts),
  }
  if (wantsPart(c)) return c.html(<LicenseList {...list} />)
  if (path === paths.home && hasServersAlone(actor, list)) return c.redirect(paths.products, 303)
  const lowCredits = allows(actor, 'credit.read') ? (low?.count ?? 0) : 0
  return c.html(
    <HomePage
      frame={frameOf(c, actor)}
      activationKey={key?.code ?? null}
      lowCredits={lowCredits}
      generate={mayGenerate(actor) ? generateWith(ownKeys) : null}
      list={list}
    />,
  )
}

/** Whoever has servers and no licenses is at home on the dashboard of products. */
const hasServersAlone = (actor: Actor, { filter, rows, pages }: Pick<LicenseListProps, 'filter' | 'rows' | 'pages'>) =>
  actor.serverProducts.length > 0 && rows.length === 0 && pages.page === 1 && !isNarrowed(filter)

/** The vendor sells and grants credits; whoever spends them generates licenses. */
const mayGenerate = (actor: Actor): boolean => actor.accountKind !== 'vendor' && allows(actor, 'license.assign')

/** Where the next license begins: a new key, the only one, or a choice of them. */
function generateWith([key, another]: readonly { id: string }[]) {
  if (!key) return { href: paths.newActivationKey, hasKeys: false }
  return { href: another ? paths.activationKeys : paths.activationKey(key.id), hasKeys: true }
}

/** What a seller does with licenses; customers have none of it. */
export const sellerMay = (actor: Actor) => ({
  edit: allows(actor, 'license.delete') && allows(actor, 'license.comment'),
  upgrade: allows(actor, 'license.upgrade'),
  delete: allows(actor, 'license.delete'),
})

function sellerView(actor: Actor, accounts: readonly { id: string; name: string }[]) {
  if (actor.accountKind === 'customer') return null
  return { may: sellerMay(actor), accounts, showsOwner: accounts.length > 0 || actor.accountKind === 'vendor' }
}

const positionOf = (filter: LicenseFilter, row: LicenseRow & { way?: number; value?: string }) => ({
  way: row.way ?? 0,
  value: row.value ?? sortValue(filter.sort, row),
  n: row.n,
})

const findRows = (reach: Reach, filter: LicenseFilter, day: Day, page: SearchPage) =>
  filter.q ? searchLicenses(reach, filter, day, page) : listLicenses(reach, filter, day, page)

type License = ReturnType<ReturnType<typeof findLicense>['rows']>[number]

async function showLicense(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const { actor, rows } = await ask(c, (reach) => [
    findLicense(reach, id),
    listSupportPeriods(reach, id),
    listEventsOfLicense(reach, id),
  ])
  const [[license], periods, timeline] = rows
  if (!license) return refuse({ code: 'not-found' })
  return c.html(
    <LicensePage
      frame={frameOf(c, actor)}
      license={license}
      periods={periods}
      timeline={timeline}
      today={today(c)}
      may={{
        comment: allows(actor, 'license.comment'),
        orders: allows(actor, 'order.read'),
        files: allows(actor, 'license.read'),
        release: allows(actor, 'computer.release'),
        activate: allows(actor, 'computer.activate'),
        computers: allows(actor, 'computer.read'),
        buy: mayBuy(actor) && license.accountId === actor.account.id,
      }}
      permanent={wayToPermanent(actor, license)}
      seller={
        actor.accountKind === 'customer' ? null : { ...sellerMay(actor), extend: allows(actor, 'support.extend') }
      }
    />,
  )
}

/** The form that makes a trial of the account itself permanent. */
function wayToPermanent(actor: Actor, license: License): string | null {
  const { kind, accountId, activationKeyId, productCode: product, id: trial } = license
  if (kind !== 'trial' || activationKeyId === null || accountId !== actor.account.id) return null
  return allows(actor, 'license.assign') ? withQuery(paths.newLicense(activationKeyId), { product, trial }) : null
}

async function showComment(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [findLicense(reach, c.req.param('id') ?? '')])
  const [[license]] = rows
  if (!license) return refuse({ code: 'not-found' })
  const draft = { comment: license.comment, version: license.version, request: c.var.deps.newId('request'), errors: [] }
  if (actor.accountKind !== 'customer') {
    return c.html(<EditPage frame={frameOf(c, actor)} license={license} draft={{ ...draft, email: license.email }} />)
  }
  if (wantsPart(c)) {
    return c.html(
      c.req.query('as') === 'read' ? (
        <CommentCell license={license} may />
      ) : (
        <CommentForm license={license} draft={draft} inPlace />
      ),
    )
  }
  return c.html(<CommentPage frame={frameOf(c, actor)} license={license} draft={draft} />)
}

async function saveComment(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const form = await formBody(c)
  const typed = form.comment ?? ''
  const version = Number(form.version)
  try {
    const license = await editLicense(c.var.deps, c.var.asking, {
      id,
      version,
      comment: typed,
      email: form.email,
      once: form.request ?? null,
    })
    if (wantsPart(c)) return c.html(<CommentCell license={license} may />)
    leaveNotice(c, form.email === undefined ? 'comment-saved' : 'license-saved')
    return c.redirect(paths.license(id), 303)
  } catch (error) {
    const draft = error instanceof Refused ? draftAfter(c, error, typed, version) : null
    if (form.email !== undefined) return editAgain(c, error, { ...form, comment: typed, email: form.email })
    if (!draft) throw error
    const { actor, rows } = await ask(c, (reach) => [findLicense(reach, id)])
    const [[license]] = rows
    if (!license) return refuse({ code: 'not-found' })
    const page = wantsPart(c) ? (
      <CommentForm license={license} draft={draft} inPlace />
    ) : (
      <CommentPage frame={frameOf(c, actor)} license={license} draft={draft} />
    )
    return c.html(page, statuses[(error as Refused).refusal.code])
  }
}

/** A seller's form again with what was typed, and what somebody else wrote meanwhile. */
async function editAgain(c: HttpContext, error: unknown, typed: { comment: string; email: string; version?: string }) {
  const refusal = error instanceof Refused ? error.refusal : null
  const errors = refusal && errorsOf(refusal)
  if (!refusal || !errors) throw error
  const { actor, rows } = await ask(c, (reach) => [findLicense(reach, c.req.param('id') ?? '')])
  const [[license]] = rows
  if (!license) return refuse({ code: 'not-found' })
  const stale = refusal.code === 'version-mismatch'
  const draft = {
    ...{ comment: typed.comment, email: typed.email, errors, request: c.var.deps.newId('request') },
    version: stale ? license.version : Number(typed.version),
    ...(stale ? { theirs: { comment: license.comment, email: license.email } } : {}),
  }
  return c.html(<EditPage frame={frameOf(c, actor)} license={license} draft={draft} />, statuses[refusal.code])
}

/** The same form again with what was typed, for refusals that the form can mend. */
function draftAfter(c: HttpContext, { refusal }: Refused, comment: string, version: number): CommentDraft | null {
  const request = c.var.deps.newId('request')
  if (refusal.code === 'invalid-request') return { comment, version, request, errors: refusal.errors }
  if (refusal.code !== 'comment-changed') return null
  const detail = 'Somebody changed this comment while you wrote. Your text is below: save it to replace theirs.'
  return {
    comment,
    version: refusal.version,
    request,
    theirs: refusal.theirs,
    errors: [{ pointer: 'comment', code: 'changed', detail }],
  }
}
