import { Hono } from 'hono'
import { listNamedLicenses, listOffersOf, listPaid, type NamedLicense } from '#src/db/license-terms.ts'
import { offerWords } from '#src/domain/catalog/catalog-offer.ts'
import { type BulkAct, bulkActs, chosenFrom } from '#src/domain/licenses/bulk.ts'
import { whyNotDeleted } from '#src/domain/licenses/deletion.ts'
import { changeOf, wantedFrom } from '#src/domain/licenses/edit.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody, formValues } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { deleteLicenses } from '#src/use-cases/licenses/delete-licenses.ts'
import { editLicenses } from '#src/use-cases/licenses/edit-licenses.ts'
import { BulkPage, type BulkRow } from '#views/pages/licenses/bulk.tsx'
import { paths } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { frameOf } from './frame.ts'

/** Many licenses at once: first what will happen to each, then it does, all or nothing. */
export const bulkLicensePages = new Hono<HttpEnv>()
  .get(paths.bulkLicenses, may('license.delete'), (c) =>
    preview(c, c.req.query('act'), c.req.queries('id') ?? [], c.req.query()),
  )
  .post(paths.bulkLicenses, may('license.delete'), carryOut)

type Typed = { readonly email?: string; readonly comment?: string }

function actIn(act: string | undefined): BulkAct {
  const known = bulkActs.find((one) => one === act)
  const detail = `Choose one of ${bulkActs.join(', ')}`
  return known ?? refuse({ code: 'invalid-request', errors: [{ pointer: 'act', code: 'choice', detail }] })
}

/** An empty field changes nothing. */
const filled = ({ email, comment }: Typed) => ({
  ...(email?.trim() ? { email } : {}),
  ...(comment?.trim() ? { comment } : {}),
})

async function preview(
  c: HttpContext,
  wanted: string | undefined,
  ids: readonly string[],
  typed: Typed,
  errors: readonly FieldError[] = [],
  status: 200 | 409 = 200,
) {
  const { actor, rows } = await ask(c, (reach) => [
    listNamedLicenses(reach, ids),
    listOffersOf(reach, ids),
    listPaid(reach, ids),
  ])
  const act = actIn(wanted)
  const chosen = new Set(chosenFrom(ids))
  const [named, offers, paid] = rows
  const licenses = named.filter(({ id }) => chosen.has(id))
  if (licenses.length === 0) return refuse({ code: 'not-found' })
  const doable = new Set(licenses.filter((one) => whyNotDeleted(one) === null).map(({ id }) => id))
  return c.html(
    <BulkPage
      frame={frameOf(c, actor)}
      act={act}
      rows={licenses.map((one) => (act === 'delete' ? deletionRow(one) : editRow(one, typed)))}
      returned={paid
        .filter(({ licenseId }) => act === 'delete' && doable.has(licenseId))
        .map(({ offerCode, quantity }) => `${quantity} × ${offerWords(offers, offerCode)}`)}
      draft={{ email: typed.email ?? '', comment: typed.comment ?? '', errors }}
      request={c.var.deps.newId('request')}
    />,
    status,
  )
}

function deletionRow(license: NamedLicense): BulkRow {
  const why = whyNotDeleted(license)
  if (why === null) return { license, done: true, what: 'Will be deleted' }
  return {
    license,
    done: false,
    what: why.code === 'license-in-use' ? 'Stays: it was activated' : 'Stays: bought in the shop',
  }
}

function editRow(license: NamedLicense, typed: Typed): BulkRow {
  const wanted = filled(typed)
  if (Object.keys(wanted).length === 0) return { license, done: true, what: 'Will say what you write' }
  try {
    const change = changeOf(license, wantedFrom(wanted))
    if (!change) return { license, done: false, what: 'Says it already' }
    const was = Object.entries(change.before).map(([field, text]) => `${field} was ${text || 'empty'}`)
    return { license, done: true, what: `Will change: ${was.join(', ')}` }
  } catch (error) {
    if (error instanceof Refused) return { license, done: false, what: 'Stays until the fields are right' }
    throw error
  }
}

async function carryOut(c: HttpContext) {
  const form = await formBody(c)
  const ids = await formValues(c, 'id')
  const act = bulkActs.find((one) => one === form.act)
  const once = await onceOfForm(c, form)
  const { deps, asking } = c.var
  if (!act || ids.length === 0) return preview(c, form.act, ids, form)
  try {
    if (act === 'delete') await deleteLicenses(deps, asking, ids, once)
    else await editLicenses(deps, asking, { ids, ...filled(form) }, once)
    leaveNotice(c, act === 'delete' ? 'licenses-deleted' : 'licenses-edited')
    return c.redirect(paths.licenses, 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal) : null
    if (!errors) throw error
    return preview(c, act, ids, form, errors, statuses[(error as Refused).refusal.code] as 409)
  }
}
