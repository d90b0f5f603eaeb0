import { Hono } from 'hono'
import { listNamedLicenses, listOffersOf, listPaid } from '#src/db/license-terms.ts'
import { offerWords } from '#src/domain/catalog/catalog-offer.ts'
import { whyNotDeleted } from '#src/domain/licenses/deletion.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { deleteLicense } from '#src/use-cases/licenses/delete-license.ts'
import { DeletionPage } from '#views/pages/licenses/deletion.tsx'
import { paths } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { frameOf } from './frame.ts'

/** Deletion of a license that nobody activated. */
export const licenseDeletionPages = new Hono<HttpEnv>()
  .get('/licenses/:id/deletion', may('license.delete'), (c) => askFirst(c, 200))
  .post('/licenses/:id/deletion', may('license.delete'), remove)

async function askFirst(c: HttpContext, status: 200 | 409) {
  const id = c.req.param('id') ?? ''
  const ids = [id]
  const { actor, rows } = await ask(c, (reach) => [
    listNamedLicenses(reach, ids),
    listOffersOf(reach, ids),
    listPaid(reach, ids),
  ])
  const [[license], offers, paid] = rows
  if (license?.id !== id) return refuse({ code: 'not-found' })
  const why = whyNotDeleted(license)
  return c.html(
    <DeletionPage
      frame={frameOf(c, actor)}
      license={license}
      returned={paid.map(({ offerCode, quantity }) => ({ label: offerWords(offers, offerCode), quantity }))}
      errors={(why && errorsOf(why)) ?? []}
      request={c.var.deps.newId('request')}
    />,
    status,
  )
}

async function remove(c: HttpContext) {
  const form = await formBody(c)
  const id = c.req.param('id') ?? ''
  try {
    await deleteLicense(c.var.deps, c.var.asking, { id, version: null }, await onceOfForm(c, form))
    leaveNotice(c, 'license-deleted')
    return c.redirect(paths.licenses, 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal) : null
    if (!errors) throw error
    return askFirst(c, statuses[(error as Refused).refusal.code] as 409)
  }
}
