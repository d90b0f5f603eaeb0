import { Hono } from 'hono'
import * as z from 'zod'
import { dayOf } from '#src/domain/day.ts'
import { mostAtOnce } from '#src/domain/licenses/bulk.ts'
import { extensionYears, yearsError } from '#src/domain/support/extension.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { supportBy, supportFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { licenseList } from '#src/http/lists/licenses.ts'
import { addSupport } from '#src/use-cases/support/add-support.ts'
import { extendSupport } from '#src/use-cases/support/extend-support.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { supportColumns, supportShape } from './shapes/support.ts'

/** The query of the list of support. */
export const supportQuery = z.strictObject({ ...supportFilterSchema.shape, ...pageFields })

const mostYears = extensionYears.length
const years = z.int(yearsError.detail).min(1, yearsError.detail).max(mostYears, yearsError.detail)
const manyError = `Name 1 to ${mostAtOnce} supports`

/** The body of an extension, and of support that a license gets. */
export const supportYearsBody = z.strictObject({ years })

/** The body of a renewal of many. */
export const supportRenewalBody = z.strictObject({
  support: z.array(z.string('This is the id of a support'), manyError).min(1, manyError).max(mostAtOnce, manyError),
  years,
})

/** Calls about support. */
export const supportCalls = new Hono<HttpEnv>()
  .get('/api/v1/support', may('support.read'), list)
  .post('/api/v1/support/:id/extensions', may('support.extend'), extend)
  .post('/api/v1/support-renewals', may('support.extend'), renew)
  .post('/api/v1/licenses/:id/support', may('support.extend'), add)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** Support of the licenses of the account and below, ending first first; a CSV of all where that is asked for. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, supportQuery)
  const today = dayOf(c.var.deps.now())
  return answerList(c, licenseList(supportBy(filter), today), {
    ...{ name: 'support', page: { limit, cursor: cursor ?? null }, format },
    shape: (row) => supportShape(row, today),
    columns: supportColumns(today),
  })
}

/** Extends one support; 201 with the days that were added. */
async function extend(c: HttpContext) {
  const body = await bodyOf(c, supportYearsBody)
  const [extended] = await extendSupport(c.var.deps, c.var.asking, { ids: [idIn(c)], ...body }, await onceOf(c))
  return c.json({ startsOn: extended?.startsOn, endsOn: extended?.endsOn }, 201)
}

/** Extends many in one act, all or nothing; 201 with the days that were added to each. */
async function renew(c: HttpContext) {
  const { support: ids, ...body } = await bodyOf(c, supportRenewalBody)
  const support = await extendSupport(c.var.deps, c.var.asking, { ids, ...body }, await onceOf(c))
  return c.json({ support }, 201)
}

/** Gives a license without support some; 201 with its id and days. */
async function add(c: HttpContext) {
  const body = await bodyOf(c, supportYearsBody)
  return c.json(await addSupport(c.var.deps, c.var.asking, { id: idIn(c), ...body }, await onceOf(c)), 201)
}
