import { Hono } from 'hono'
import { findActivationKey } from '#src/db/activation-keys.ts'
import { listGivenProducts } from '#src/db/assignable.ts'
import { listComputers } from '#src/db/computers.ts'
import { listLicensesOfKey } from '#src/db/key-licenses.ts'
import { listFormerCodes } from '#src/db/key-products.ts'
import { type Actor, hasServerProducts } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { dayOf } from '#src/domain/day.ts'
import { isId } from '#src/domain/ids.ts'
import { isAssignable } from '#src/domain/licenses/assignment.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import { computerFilterOf } from '#src/http/computer-filter.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { computerPlace, computerPosition } from '#src/http/lists/computers.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { statuses } from '#src/http/statuses.ts'
import { editActivationKey } from '#src/use-cases/activation-keys/edit-activation-key.ts'
import { KeyPage } from '#views/pages/activation-keys/details.tsx'
import type { EditDraft } from '#views/pages/activation-keys/edit.tsx'
import { type KeyServersProps, ServerList } from '#views/pages/activation-keys/servers.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'
import { atFields, keyFieldsIn, textsIn, textsOf } from './key-fields.ts'

/** One activation key: what it holds and what runs with it, and its fields. */
export const oneActivationKeyPages = new Hono<HttpEnv>()
  .get('/activation-keys/:id', may('activation-key.read'), showKey)
  .post('/activation-keys/:id', may('activation-key.create'), saveKey)

async function showKey(c: HttpContext) {
  const { actor, ...read } = await readKey(c)
  const { activationKey, servers } = read.contents
  if (wantsServers(c)) return c.html(<ServerList {...servers} />)
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

/** Whether htmx asks for the servers alone; a row of the list of keys leads to the whole page. */
const wantsServers = (c: HttpContext): boolean => wantsPart(c) && c.req.header('hx-target') === 'div#servers'

async function readKey(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const now = c.var.deps.now()
  const limit = pageSize(c)
  const query = c.req.query()
  const filter = serverFilterOf(query, id)
  const { side, beside } = besideIn(query.cursor, computerPlace)
  const { actor, rows } = await ask(c, (reach) => [
    findActivationKey(reach, id),
    listLicensesOfKey(reach, id),
    listComputers(reach, filter, now, { limit: limit + 1, ...beside }),
    listGivenProducts(reach),
    listFormerCodes(reach, id),
  ])
  const [[key], licenses, found, given, formerCodes] = rows
  if (!key) return refuse({ code: 'not-found' })
  const products = given.filter((one) => isAssignable(one) && (key.productCode ?? one.code) === one.code)
  const { rows: shown, pages } = pageOf(found, limit, side, Number(query.page) || 1, computerPosition)
  const servers: KeyServersProps = {
    ...{ activationKey: key, filter, rows: shown, pages, now, may: { edit: allows(actor, 'computer.edit') } },
    machine: hasServerProducts(actor) ? 'server' : 'computer',
  }
  return {
    actor,
    contents: { activationKey: key, licenses, servers, products, formerCodes, now, today: dayOf(now) },
    may: rights(actor, key.isOwn),
  }
}

/** Which of the servers of a key the page shows: what its URL says. */
const serverFilterOf = ({ q = '', from = '', to = '' }: Record<string, string>, key: string) =>
  computerFilterOf({ q, from, to, key: isId('activationKey', key) ? key : 'none' }, [])

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
