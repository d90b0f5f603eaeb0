import { Hono } from 'hono'
import { findActivationKey, listComputersOfKey } from '#src/db/activation-keys.ts'
import { listGivenProducts } from '#src/db/assignable.ts'
import { listLicensesOfKey } from '#src/db/key-licenses.ts'
import { keyPosition } from '#src/db/key-lists.ts'
import { findKeyProduct, type KeyProduct, listFormerCodes } from '#src/db/key-products.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { dayOf } from '#src/domain/day.ts'
import { isAssignable } from '#src/domain/licenses/assignment.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { activationKeyFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { keyPlace, keysUnder } from '#src/http/lists/activation-keys.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { statuses } from '#src/http/statuses.ts'
import { editActivationKey } from '#src/use-cases/activation-keys/edit-activation-key.ts'
import { KeyPage } from '#views/pages/activation-keys/details.tsx'
import type { EditDraft } from '#views/pages/activation-keys/edit.tsx'
import { KeyList, KeysPage } from '#views/pages/activation-keys/list.tsx'
import type { KeyListProps, ListedProduct } from '#views/pages/activation-keys/props.ts'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'
import { atFields, keyFieldsIn, textsIn, textsOf } from './key-fields.ts'

/** Activation keys: the list, one key with what it holds, its name and note. */
export const activationKeyPages = new Hono<HttpEnv>()
  .get(paths.activationKeys, may('activation-key.read'), showList)
  .get('/activation-keys/:id', may('activation-key.read'), showKey)
  .post('/activation-keys/:id', may('activation-key.create'), saveKey)

async function showList(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(activationKeyFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, keyPlace)
  const { actor, rows } = await ask(c, (reach) => [
    keysUnder(filter)(reach, filter, { limit: limit + 1, ...beside }),
    findKeyProduct(reach, filter.product ?? ''),
  ])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, keyPosition)
  const list: KeyListProps = {
    ...{ filter, rows: shown, pages, today: dayOf(c.var.deps.now()), request: c.var.deps.newId('request') },
    types: actor.serverProducts,
    product: productOf(actor, rows[1]),
    ofServers: hasServers(actor),
    may: { create: allows(actor, 'activation-key.create'), remove: allows(actor, 'activation-key.remove') },
  }
  if (wantsPart(c)) return c.html(<KeyList {...list} />)
  return c.html(<KeysPage frame={frameOf(c, actor)} list={list} />)
}

const hasServers = (actor: Actor): boolean => actor.accountKind === 'customer' && actor.serverProducts.length > 0

/** The product that a list of one's own keys is of; sellers narrow theirs to a product without more ado. */
function productOf(actor: Actor, [product]: readonly KeyProduct[]): ListedProduct | null {
  if (!product || !hasServers(actor) || !actor.serverProducts.some(({ code }) => code === product.code)) return null
  const { code, name, serverLicenses, activeServers, defaultKeyId, defaultCode } = product
  const defaultKey = defaultKeyId && defaultCode ? { id: defaultKeyId, code: defaultCode } : null
  return { code, name, serverLicenses, activeServers: activeServers ?? 0, defaultKey }
}

async function showKey(c: HttpContext) {
  const { actor, ...read } = await readKey(c)
  const { activationKey } = read.contents
  const request = c.var.deps.newId('request')
  const draft = {
    texts: textsOf(activationKey),
    makeDefault: false,
    version: activationKey.version,
    request,
    errors: [],
  }
  return c.html(<KeyPage frame={frameOf(c, actor)} {...read.contents} draft={draft} may={read.may} />)
}

async function readKey(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const { actor, rows } = await ask(c, (reach) => [
    findActivationKey(reach, id),
    listLicensesOfKey(reach, id),
    listComputersOfKey(reach, id),
    listGivenProducts(reach),
    listFormerCodes(reach, id),
  ])
  const [[key], licenses, computers, given, formerCodes] = rows
  if (!key) return refuse({ code: 'not-found' })
  const products = given.filter((one) => isAssignable(one) && (key.productCode ?? one.code) === one.code)
  const now = c.var.deps.now()
  return {
    actor,
    contents: { activationKey: key, licenses, computers, products, formerCodes, now, today: dayOf(now) },
    may: rights(actor, key.isOwn),
  }
}

const rights = (actor: Actor, own: boolean) => ({
  assign: own && allows(actor, 'license.assign'),
  edit: own && allows(actor, 'activation-key.create'),
  remove: own && allows(actor, 'activation-key.remove'),
})

async function saveKey(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const form = await formBody(c)
  const wanted = { ...keyFieldsIn(form), ...(form.default === 'yes' ? { default: true } : {}) }
  try {
    const edit = { id, version: Number(form.version), ...wanted }
    const { activeComputers, computerLimit } = await editActivationKey(
      c.var.deps,
      c.var.asking,
      edit,
      await onceOfForm(c, form),
    )
    const over = wanted.computerLimit !== undefined && computerLimit !== null && activeComputers > computerLimit
    leaveNotice(c, over ? 'activation-key-over-limit' : 'activation-key-saved')
    return c.redirect(paths.activationKey(id), 303)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const errors = errorsOf(error)
    if (!errors) throw error
    const { actor, ...read } = await readKey(c)
    const { version } = read.contents.activationKey
    const request = c.var.deps.newId('request')
    const typed = { texts: textsIn(form), makeDefault: form.default === 'yes' }
    const draft: EditDraft = { ...typed, version, request, errors: atFields(errors) }
    const page = <KeyPage frame={frameOf(c, actor)} {...read.contents} draft={draft} may={read.may} />
    return c.html(page, statuses[error.refusal.code])
  }
}

function errorsOf({ refusal }: Refused): readonly FieldError[] | null {
  if (refusal.code === 'invalid-request') return refusal.errors
  if (refusal.code !== 'version-mismatch') return null
  const detail = 'Somebody changed this key meanwhile. What you typed is below: save it to replace theirs'
  return [{ pointer: 'name', code: 'changed', detail }]
}
