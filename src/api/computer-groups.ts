import { Hono } from 'hono'
import * as z from 'zod'
import { findComputerGroup, findGroupNamed, type GroupRow } from '#src/db/computer-groups.ts'
import { longestGroupName } from '#src/domain/computers/edit.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { folded } from '#src/domain/text.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { computerGroupList } from '#src/http/lists/computers.ts'
import { createComputerGroup } from '#src/use-cases/computer-groups/create-computer-group.ts'
import { deleteComputerGroupOf } from '#src/use-cases/computer-groups/delete-computer-group.ts'
import { renameComputerGroup } from '#src/use-cases/computer-groups/rename-computer-group.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { computerGroupColumns, computerGroupShape } from './shapes/computer.ts'

export const computerGroupQuery = z.strictObject(pageFields)

/** The body of a group, new or renamed. */
export const computerGroupBody = z.strictObject({
  name: z.string('This is a text, in quotes').meta({ maxLength: longestGroupName }),
})

/** Calls about groups of computers. */
export const computerGroupCalls = new Hono<HttpEnv>()
  .get('/api/v1/computer-groups', may('computer.read'), list)
  .post('/api/v1/computer-groups', may('computer.edit'), create)
  .get('/api/v1/computer-groups/:id', may('computer.read'), show)
  .patch('/api/v1/computer-groups/:id', may('computer.edit'), rename)
  .delete('/api/v1/computer-groups/:id', may('computer.edit'), remove)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** The account's groups by name. */
function list(c: HttpContext) {
  const { limit, cursor, format } = listQuery(c, computerGroupQuery)
  return answerList(c, computerGroupList(), {
    ...{ name: 'computer-groups', page: { limit, cursor: cursor ?? null }, format },
    ...{ shape: computerGroupShape, columns: computerGroupColumns },
  })
}

/** Makes a group; 201 with it, or 200 with the one of that name that is there already. */
async function create(c: HttpContext) {
  const { name } = await bodyOf(c, computerGroupBody)
  try {
    const { response } = await createComputerGroup(c.var.deps, c.var.asking, name, await onceOf(c))
    return c.json(computerGroupShape({ ...response, computers: 0 }), 201)
  } catch (error) {
    if (!(error instanceof Refused && error.refusal.code === 'computer-group-taken')) throw error
    const [[group]] = (await ask(c, (reach) => [findGroupNamed(reach, folded(name).replaceAll(/\s+/g, ' ').trim())]))
      .rows
    if (!group) throw error
    return answerGroup(c, group)
  }
}

/** One group with its `ETag`. */
async function show(c: HttpContext) {
  const [[group]] = (await ask(c, (reach) => [findComputerGroup(reach, idIn(c))])).rows
  if (!group) return refuse({ code: 'not-found' })
  return isHeld(c, etagFor(c, group)) ? c.body(null, 304) : answerGroup(c, group)
}

/** Renames the version named in `If-Match`. */
async function rename(c: HttpContext) {
  const { name } = await bodyOf(c, computerGroupBody)
  const edit = { id: idIn(c), version: versionToMatch(c), name }
  return answerGroup(c, await renameComputerGroup(c.var.deps, c.var.asking, edit, null))
}

/** Deletes a group, its computers stay; 204. */
async function remove(c: HttpContext) {
  await deleteComputerGroupOf(c.var.deps, c.var.asking, { id: idIn(c), version: versionToMatch(c) }, null)
  return c.body(null, 204)
}

/** What a group holds changes without a new version of it. */
function etagFor(c: HttpContext, { version, computers }: GroupRow): string {
  const etag = etagOf(version, String(computers))
  c.header('ETag', etag)
  return etag
}

function answerGroup(c: HttpContext, group: GroupRow) {
  etagFor(c, group)
  return c.json(computerGroupShape(group))
}
