import { Hono } from 'hono'
import { listGroupChoices } from '#src/db/computer-groups.ts'
import { listKeysToMoveTo } from '#src/db/computer-keys.ts'
import { listNamedComputers } from '#src/db/computer-rows.ts'
import { machineWith } from '#src/domain/computers/computer.ts'
import { dayOf } from '#src/domain/day.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody, formValues } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { chosenComputers } from '#src/use-cases/computers/chosen-computers.ts'
import { groupComputers } from '#src/use-cases/computers/group-computers.ts'
import { moveComputers } from '#src/use-cases/computers/move-computers.ts'
import { removeComputers } from '#src/use-cases/computers/remove-computers.ts'
import type { Once } from '#src/use-cases/once.ts'
import { computerErrorsOf } from '#views/computer-refusal-words.ts'
import { BulkComputersPage, type BulkDraft, type ComputerAct, computerActs } from '#views/pages/computers/bulk.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** Many computers at once: a page that names them all, whose form does it. */
export const bulkComputerPages = new Hono<HttpEnv>()
  .get(paths.bulkComputers, may('computer.edit'), (c) =>
    preview(c, c.req.query('act'), c.req.queries('id') ?? [], c.req.query()),
  )
  .post(paths.bulkComputers, may('computer.edit'), carryOut)

type Typed = Partial<Omit<BulkDraft, 'errors'>>

function actIn(act: string | undefined): ComputerAct {
  const known = computerActs.find((one) => one === act)
  const detail = `Choose one of ${computerActs.join(', ')}`
  return known ?? refuse({ code: 'invalid-request', errors: [{ pointer: 'act', code: 'choice', detail }] })
}

async function preview(
  c: HttpContext,
  wanted: string | undefined,
  ids: readonly string[],
  { group = '', newGroup = '', activationKey = '' }: Typed,
  errors: readonly FieldError[] = [],
  status: 200 | 409 | 422 = 200,
) {
  const { actor, rows } = await ask(c, (reach) => [
    listNamedComputers(reach, ids),
    listGroupChoices(reach),
    listKeysToMoveTo(reach, dayOf(c.var.deps.now())),
  ])
  const act = actIn(wanted)
  const computers = chosenComputers(ids, rows[0])
  if (computers.length === 0) return refuse({ code: 'not-found' })
  return c.html(
    <BulkComputersPage
      frame={frameOf(c, actor)}
      act={act}
      computers={computers}
      machine={machineWith(computers.flatMap(({ products }) => products.map(({ unit }) => unit)))}
      groups={rows[1]}
      keys={rows[2]}
      draft={{ group, newGroup, activationKey, errors }}
      request={c.var.deps.newId('request')}
    />,
    status,
  )
}

async function carryOut(c: HttpContext) {
  const form = await formBody(c)
  const ids = await formValues(c, 'id')
  const act = computerActs.find((one) => one === form.act)
  if (!act || ids.length === 0) return preview(c, form.act, ids, form)
  try {
    return c.redirect(await done(c, act, ids, form, await onceOfForm(c, form)), 303)
  } catch (error) {
    const errors = error instanceof Refused ? computerErrorsOf(error.refusal) : null
    if (!errors) throw error
    return preview(c, act, ids, form, errors, statuses[(error as Refused).refusal.code] as 409 | 422)
  }
}

/** Does it; where to look afterwards. */
async function done(c: HttpContext, act: ComputerAct, ids: readonly string[], form: Typed, once: Once | null) {
  const { deps, asking } = c.var
  const { group = '', newGroup = '', activationKey = '' } = form
  if (act === 'remove') {
    const { response } = await removeComputers(deps, asking, ids, once)
    leaveNotice(c, response.id === null ? 'computers-removed-before' : 'computers-removed')
    return response.id === null ? paths.computers : paths.removal(response.id)
  }
  if (act === 'group') await groupComputers(deps, asking, { ids, group, newGroup: newGroup.trim() }, once)
  else await moveComputers(deps, asking, { ids, activationKey }, once)
  leaveNotice(c, act === 'group' ? 'computers-grouped' : 'computers-moved')
  return paths.computers
}
