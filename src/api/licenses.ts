import { Hono } from 'hono'
import * as z from 'zod'
import { findLicense, type LicenseRow } from '#src/db/licenses.ts'
import { longestEmail } from '#src/domain/accounts/identifier.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import { longestComment } from '#src/domain/licenses/comment.ts'
import { largestSize } from '#src/domain/licenses/upgrade.ts'
import { refuse } from '#src/domain/refusal.ts'
import { supportStatus } from '#src/domain/support/support.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { licenseFilterSchema, licensesBy } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { licenseList } from '#src/http/lists/licenses.ts'
import { deleteLicense } from '#src/use-cases/licenses/delete-license.ts'
import { editLicense } from '#src/use-cases/licenses/edit-license.ts'
import { upgradeLicense } from '#src/use-cases/licenses/upgrade-license.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { licenseColumns, licenseShape } from './shapes/license.ts'

/** The query of the list of licenses. */
export const licenseQuery = z.strictObject({ ...licenseFilterSchema.shape, ...pageFields })

const sizeError = 'Write a whole number from 1 to 1,000,000, or unlimited'
const textError = 'This is a text, in quotes'

/** The body of an edit; the limits of its texts are the domain's. */
export const licenseEditBody = z.strictObject({
  comment: z.string(textError).meta({ maxLength: longestComment }).optional(),
  email: z.string(textError).meta({ maxLength: longestEmail }).optional(),
})

/** The body of an upgrade; what is left out stays. */
export const licenseUpgradeBody = z.strictObject({
  size: z
    .union([z.int(sizeError).min(1, sizeError).max(largestSize, sizeError), z.literal('unlimited', sizeError)])
    .optional(),
  edition: z.string(textError).max(64, 'Not the code of an edition').optional(),
})

/** Calls about licenses. */
export const licenseCalls = new Hono<HttpEnv>()
  .get('/api/v1/licenses', may('license.read'), list)
  .get('/api/v1/licenses/:id', may('license.read'), show)
  .patch('/api/v1/licenses/:id', may('license.comment'), edit)
  .delete('/api/v1/licenses/:id', may('license.delete'), remove)
  .post('/api/v1/licenses/:id/upgrades', may('license.upgrade'), upgrade)

const today = (c: HttpContext): Day => dayOf(c.var.deps.now())
const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** Licenses of the account and below, filtered and paged; a CSV of all of them where that is asked for. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, licenseQuery)
  return answerList(c, licenseList(licensesBy(filter), today(c)), {
    name: 'licenses',
    page: { limit, cursor: cursor ?? null },
    format,
    shape: (row) => licenseShape(row, today(c)),
    columns: licenseColumns(today(c)),
  })
}

/** One license with its `ETag`; 304 with nothing to whoever holds that already. */
async function show(c: HttpContext) {
  const [[license]] = (await ask(c, (reach) => [findLicense(reach, idIn(c))])).rows
  if (!license) return refuse({ code: 'not-found' })
  return isHeld(c, etagFor(c, license)) ? c.body(null, 304) : answerLicense(c, license)
}

/** Changes comment and e-mail of the version named in `If-Match`; answers the license with its new `ETag`. */
async function edit(c: HttpContext) {
  const body = await bodyOf(c, licenseEditBody)
  const { deps, asking } = c.var
  return answerLicense(c, await editLicense(deps, asking, { id: idIn(c), version: versionToMatch(c), ...body }))
}

/** Deletes a license that was never activated and returns its credits; 204. `If-Match` is honored where it is sent. */
async function remove(c: HttpContext) {
  await deleteLicense(c.var.deps, c.var.asking, { id: idIn(c), version: versionToMatch(c) })
  return c.body(null, 204)
}

/** Upgrades a license with credits of the account that owns it; 201 with the license as it then is. */
async function upgrade(c: HttpContext) {
  const { size, edition } = await bodyOf(c, licenseUpgradeBody)
  const wanted = { id: idIn(c), edition, size: size === undefined ? undefined : String(size) }
  const license = await upgradeLicense(c.var.deps, c.var.asking, wanted, await onceOf(c))
  etagFor(c, license)
  return c.json(licenseShape(license, today(c)), 201)
}

/** A license whose support ends has another answer without another version: its status is part of the tag. */
function etagFor(c: HttpContext, { version, supportEndsOn }: LicenseRow): string {
  const etag = etagOf(version, supportStatus(supportEndsOn, today(c)))
  c.header('ETag', etag)
  return etag
}

function answerLicense(c: HttpContext, license: LicenseRow) {
  etagFor(c, license)
  return c.json(licenseShape(license, today(c)))
}
