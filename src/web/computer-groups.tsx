import { Hono } from 'hono'
import { findComputerGroup, listComputerGroups } from '#src/db/computer-groups.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { groupPlace } from '#src/http/lists/computers.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { statuses } from '#src/http/statuses.ts'
import { createComputerGroup } from '#src/use-cases/computer-groups/create-computer-group.ts'
import { deleteComputerGroupOf } from '#src/use-cases/computer-groups/delete-computer-group.ts'
import { renameComputerGroup } from '#src/use-cases/computer-groups/rename-computer-group.ts'
import { computerErrorsOf } from '#views/computer-refusal-words.ts'
import { GroupDeletionPage, GroupPage } from '#views/pages/computer-groups/details.tsx'
import { GroupsPage } from '#views/pages/computer-groups/list.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'
import { machineOf } from './machine-of.ts'

/** Groups of computers: the list with a form for a new one, one to rename, its deletion (R331). */
export const computerGroupPages = new Hono<HttpEnv>()
  .get(paths.computerGroups, may('computer.read'), (c) => showGroups(c, '', [], 200))
  .post(paths.computerGroups, may('computer.edit'), create)
  .get('/computer-groups/:id', may('computer.edit'), (c) => showGroup(c, null, [], 200))
  .post('/computer-groups/:id', may('computer.edit'), rename)
  .get('/computer-groups/:id/deletion', may('computer.edit'), showDeletion)
  .post('/computer-groups/:id/deletion', may('computer.edit'), remove)

type Status = 200 | 409 | 412 | 422

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

async function showGroups(c: HttpContext, name: string, errors: readonly FieldError[], status: Status) {
  const query = c.req.query()
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, groupPlace)
  const { actor, rows } = await ask(c, (reach) => [listComputerGroups(reach, { limit: limit + 1, ...beside })])
  const { rows: groups, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, (row) => ({
    value: row.nameKey,
  }))
  const draft = { name, request: c.var.deps.newId('request'), errors }
  const rights = { edit: allows(actor, 'computer.edit') }
  return c.html(
    <GroupsPage frame={frameOf(c, actor)} machine={machineOf(actor)} {...{ groups, pages, draft }} may={rights} />,
    status,
  )
}

async function showGroup(c: HttpContext, typed: string | null, errors: readonly FieldError[], status: Status) {
  const { actor, rows } = await ask(c, (reach) => [findComputerGroup(reach, idIn(c))])
  const [[group]] = rows
  if (!group) return refuse({ code: 'not-found' })
  const draft = { name: typed ?? group.name, request: c.var.deps.newId('request'), errors }
  return c.html(<GroupPage frame={frameOf(c, actor)} machine={machineOf(actor)} group={group} draft={draft} />, status)
}

async function showDeletion(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [findComputerGroup(reach, idIn(c))])
  const [[group]] = rows
  if (!group) return refuse({ code: 'not-found' })
  const request = c.var.deps.newId('request')
  return c.html(
    <GroupDeletionPage frame={frameOf(c, actor)} machine={machineOf(actor)} group={group} request={request} />,
  )
}

async function create(c: HttpContext) {
  const form = await formBody(c)
  const { name = '' } = form
  return mended(
    async () => {
      await createComputerGroup(c.var.deps, c.var.asking, name, await onceOfForm(c, form))
      leaveNotice(c, 'computer-group-created')
      return c.redirect(paths.computerGroups, 303)
    },
    (errors, status) => showGroups(c, name, errors, status),
  )
}

async function rename(c: HttpContext) {
  const form = await formBody(c)
  const { name = '', version } = form
  const edit = { id: idIn(c), version: Number(version), name }
  return mended(
    async () => {
      await renameComputerGroup(c.var.deps, c.var.asking, edit, await onceOfForm(c, form))
      leaveNotice(c, 'computer-group-renamed')
      return c.redirect(paths.computerGroups, 303)
    },
    (errors, status) => showGroup(c, name, errors, status),
  )
}

async function remove(c: HttpContext) {
  const form = await formBody(c)
  const deletion = { id: idIn(c), version: Number(form.version) }
  await deleteComputerGroupOf(c.var.deps, c.var.asking, deletion, await onceOfForm(c, form))
  leaveNotice(c, 'computer-group-deleted')
  return c.redirect(paths.computerGroups, 303)
}

/** The same page again, with what was typed, for refusals that its form can mend. */
async function mended(
  act: () => Promise<Response>,
  again: (errors: readonly FieldError[], status: Status) => Promise<Response> | Response,
) {
  try {
    return await act()
  } catch (error) {
    const errors = error instanceof Refused ? computerErrorsOf(error.refusal, 'name') : null
    if (!errors) throw error
    return again(errors, statuses[(error as Refused).refusal.code] as Status)
  }
}
