import { Hono } from 'hono'
import { findActivationKey, type KeyRow } from '#src/db/activation-keys.ts'
import { listGivenProducts, listSoldOffers } from '#src/db/assignable.ts'
import { findLicense } from '#src/db/licenses.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { dayOf } from '#src/domain/day.ts'
import {
  type Assignable,
  type AssignmentDraft,
  type GivenProduct,
  isAssignable,
} from '#src/domain/licenses/assignment.ts'
import { costOf } from '#src/domain/licenses/cost.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { ownKey } from '#src/use-cases/activation-keys/own-key.ts'
import { assignLicense } from '#src/use-cases/licenses/assign-license.ts'
import { AssignPage, PickProductPage } from '#views/pages/licenses/assign.tsx'
import { CostCard } from '#views/pages/licenses/cost.tsx'
import { paths } from '#views/paths.ts'
import { assignmentErrors } from './assignment-errors.ts'
import { frameOf, wantsPreview } from './frame.ts'

/** Assigning a license to a key: the product, then the rest with what it costs. */
export const assignLicensePages = new Hono<HttpEnv>()
  .get('/activation-keys/:id/licenses/new', may('license.assign'), (c) => showForm(c, c.req.query(), [], 200))
  .post('/activation-keys/:id/licenses', may('license.assign'), assign)

type Fields = Record<string, string>

async function showForm(c: HttpContext, fields: Fields, errors: readonly FieldError[], status: 200 | 409 | 412 | 422) {
  const id = c.req.param('id') ?? ''
  const { product: code = '', trial: trialId = '' } = fields
  const { actor, rows } = await ask(c, (reach) => [
    findActivationKey(reach, id),
    listGivenProducts(reach),
    listSoldOffers(reach, code),
    findLicense(reach, trialId),
  ])
  const key = ownKey(rows[0])
  const products = rows[1].filter((one) => isAssignable(one) && (key.productCode ?? one.code) === one.code)
  const product = products.find((one) => one.code === code)
  if (!product) {
    return c.html(<PickProductPage {...{ frame: frameOf(c, actor), activationKey: key, products, errors }} />, status)
  }
  const trial = trialId === '' ? null : trialOn(key, product, rows[3][0])
  const draft = draftOf(fields, product, rows[2], trial)
  const today = dayOf(c.var.deps.now())
  const request = c.var.deps.newId('request')
  const cost = costOf(draft, rows[2])
  if (wantsPreview(c)) return c.html(<CostCard {...{ product, cost, draft, today }} />)
  const form = { activationKey: key, product, offers: rows[2], draft, trial, cost, today, request, errors }
  return c.html(<AssignPage frame={frameOf(c, actor)} {...form} />, status)
}

type License = ReturnType<ReturnType<typeof findLicense>['rows']>[number]

function trialOn(key: KeyRow, product: GivenProduct, license: License | undefined): License {
  const fits = license?.kind === 'trial' && license.activationKeyId === key.id && license.productCode === product.code
  return fits ? license : refuse({ code: 'not-found' })
}

/** What was typed; of what was not, the first that is sold, or what the trial is. */
function draftOf(
  fields: Fields,
  product: GivenProduct,
  offers: readonly Assignable[],
  trial: License | null,
): AssignmentDraft {
  const [first] = offers.filter(({ kind }) => kind === 'license')
  const size = trial ? trial.size : first?.perUnit ? 1 : (first?.size ?? null)
  return {
    kind: trial ? 'permanent' : (fields.kind ?? 'permanent'),
    edition: fields.edition ?? trial?.editionCode ?? first?.editionCode ?? '',
    size: fields.size ?? String(sizeOf(size)),
    days: fields.days ?? String(product.trialMaxDays),
    supportYears: fields.supportYears ?? '0',
    email: fields.email ?? '',
    comment: fields.comment ?? '',
  }
}

async function assign(c: HttpContext) {
  const keyId = c.req.param('id') ?? ''
  const form = await formBody(c)
  const { product = '', trial = '', edition = '', size = '', kind = '', days = '', supportYears = '' } = form
  const { email = '', comment = '' } = form
  const wanted = { keyId, product, trial, edition, size, kind, days, supportYears, email, comment }
  try {
    await assignLicense(c.var.deps, c.var.asking, wanted, await onceOfForm(c, form))
    leaveNotice(c, trial ? 'license-made-permanent' : 'license-assigned')
    return c.redirect(paths.activationKey(keyId), 303)
  } catch (error) {
    const errors = error instanceof Refused ? assignmentErrors(error.refusal) : null
    if (!errors) throw error
    return showForm(c, form, errors, statuses[(error as Refused).refusal.code] as 409 | 412 | 422)
  }
}
