import { Hono } from 'hono'
import * as z from 'zod'
import { type ComputerDetails, findComputer } from '#src/db/computer-rows.ts'
import { computerStanding } from '#src/domain/computers/computer.ts'
import { longestComputerName } from '#src/domain/computers/edit.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { computerFilterSchema, computersBy } from '#src/http/computer-filter.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { may } from '#src/http/guards.ts'
import { bodyOf } from '#src/http/input.ts'
import { computerList } from '#src/http/lists/computers.ts'
import { editComputer } from '#src/use-cases/computers/edit-computer.ts'
import { removeComputers } from '#src/use-cases/computers/remove-computers.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { computerColumns, computerDetailsShape, computerShape } from './shapes/computer.ts'

/** The query of the list of computers. */
export const computerQuery = z.strictObject({ ...computerFilterSchema.shape, ...pageFields })

const textError = 'This is a text, in quotes'

/** The body of an edit; `group` is the id or the name of a group, `null` for none. */
export const computerEditBody = z.strictObject({
  name: z.string(textError).meta({ maxLength: longestComputerName }).optional(),
  group: z.string(textError).nullable().optional(),
})

/** Calls about computers. */
export const computerCalls = new Hono<HttpEnv>()
  .get('/api/v1/computers', may('computer.read'), list)
  .get('/api/v1/computers/:id', may('computer.read'), show)
  .patch('/api/v1/computers/:id', may('computer.edit'), edit)
  .delete('/api/v1/computers/:id', may('computer.edit'), remove)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** Computers of the account and below, filtered and paged; a CSV of all of them where that is asked for. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...query } = listQuery(c, computerQuery)
  const filter = computersBy(query)
  const now = c.var.deps.now()
  return answerList(c, computerList(filter, now), {
    ...{ name: 'computers', page: { limit, cursor: cursor ?? null }, format },
    ...{ shape: computerShape(filter.products), columns: computerColumns(filter.products, now) },
  })
}

/** One computer with its `ETag`; 304 with nothing to whoever holds that already. */
async function show(c: HttpContext) {
  const [[computer]] = (await ask(c, (reach) => [findComputer(reach, idIn(c))])).rows
  if (!computer || computer.removedAt !== null) return refuse({ code: 'not-found' })
  return isHeld(c, etagFor(c, computer)) ? c.body(null, 304) : answerComputer(c, computer)
}

/** Changes name and group of the version named in `If-Match`; answers the computer with its new `ETag`. */
async function edit(c: HttpContext) {
  const body = await bodyOf(c, computerEditBody)
  const wanted = { id: idIn(c), version: versionToMatch(c), ...body }
  return answerComputer(c, await editComputer(c.var.deps, c.var.asking, wanted, null))
}

/** Removes a computer; 204, also where it was removed before. `If-Match` is honored where it is sent. */
async function remove(c: HttpContext) {
  await removeComputers(c.var.deps, c.var.asking, [idIn(c)], null, versionToMatch(c))
  return c.body(null, 204)
}

/** Check-ins change what is answered without a new version of it, so that is part of the tag. */
function etagFor(c: HttpContext, { version, products }: ComputerDetails): string {
  const seen = products.map(({ code, version: installed, seenAt, key }) => `${code}.${installed}.${seenAt}.${key}`)
  const parts = [computerStanding(products, c.var.deps.now()), ...seen].map((part) => part.replaceAll(/[^\w.-]/g, '_'))
  const etag = etagOf(version, ...parts)
  c.header('ETag', etag)
  return etag
}

function answerComputer(c: HttpContext, computer: ComputerDetails) {
  etagFor(c, computer)
  return c.json(computerDetailsShape(computer, c.var.deps.now()))
}
