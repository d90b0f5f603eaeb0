import { Hono } from 'hono'
import { listGroupChoices } from '#src/db/computer-groups.ts'
import { findComputer } from '#src/db/computer-rows.ts'
import { listComputers, listInstalledProducts } from '#src/db/computers.ts'
import { listRemovals } from '#src/db/removals.ts'
import { listSellersBelow } from '#src/db/sellers-below.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { machineWith } from '#src/domain/computers/computer.ts'
import { isUndoable, undoMs } from '#src/domain/computers/removal.ts'
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
import { editComputer } from '#src/use-cases/computers/edit-computer.ts'
import { ComputerPage, type NameDraft } from '#views/pages/computers/details.tsx'
import { ComputerList, ComputersPage } from '#views/pages/computers/list.tsx'
import type { ComputerListProps } from '#views/pages/computers/props.ts'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'

/** Computers, which pages of server products call servers: the list, one of them, its name. */
export const computerPages = new Hono<HttpEnv>()
  .get(paths.computers, may('computer.read'), showList)
  .get('/computers/:id', may('computer.read'), (c) => answerComputer(c, null, 200))
  .post('/computers/:id', may('computer.rename'), saveName)

async function showList(c: HttpContext) {
  const query = c.req.query()
  const filter = computerFilterOf(query, c.req.queries('product') ?? [])
  const limit = pageSize(c)
  const now = c.var.deps.now()
  const { side, beside } = besideIn(query.cursor, computerPlace)
  const { actor, rows } = await ask(c, (reach) => [
    listComputers(reach, filter, now, { limit: limit + 1, ...beside }),
    listInstalledProducts(reach),
    listGroupChoices(reach),
    listSellersBelow(reach, filter.account),
    listRemovals(reach, new Date(now.getTime() - undoMs), 3),
  ])
  const [found, products, groups, sellers, removals] = rows
  const { rows: shown, pages } = pageOf(found, limit, side, Number(query.page) || 1, computerPosition)
  const sells = actor.accountKind !== 'customer'
  const named = filter.products.length > 0 ? products.filter(({ code }) => filter.products.includes(code)) : products
  const edit = allows(actor, 'computer.edit')
  const list: ComputerListProps = {
    ...{ filter, rows: shown, pages, groups, now, may: { edit } },
    products: products.length > 1 || filter.products.length > 0 ? products : [],
    accounts: sells ? sellers : [],
    showsOwner: sells && (sellers.length > 0 || actor.accountKind === 'vendor'),
    machine: machineWith(named.map(({ unit }) => unit)),
  }
  if (wantsPart(c)) return c.html(<ComputerList {...list} />)
  const undoable = edit ? removals.filter((one) => isUndoable(one, now)) : []
  return c.html(<ComputersPage frame={frameOf(c, actor)} list={list} removals={undoable} />)
}

async function answerComputer(c: HttpContext, typed: Partial<NameDraft> | null, status: 200 | 409 | 412 | 422) {
  const { actor, rows } = await ask(c, (reach) => [findComputer(reach, c.req.param('id') ?? '')])
  const [[computer]] = rows
  if (!computer) return refuse({ code: 'not-found' })
  const { name, version } = computer
  const draft = { name, version, request: c.var.deps.newId('request'), errors: [], ...typed }
  const page = (
    <ComputerPage
      frame={frameOf(c, actor)}
      computer={computer}
      machine={machineWith(computer.products.map(({ unit }) => unit))}
      now={c.var.deps.now()}
      draft={draft}
      may={{
        edit: allows(actor, 'computer.edit'),
        rename: allows(actor, 'computer.rename'),
        file: allows(actor, 'license.read'),
      }}
    />
  )
  return c.html(page, status)
}

async function saveName(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const form = await formBody(c)
  const { name = '', version } = form
  try {
    await editComputer(c.var.deps, c.var.asking, { id, version: Number(version), name }, await onceOfForm(c, form))
    leaveNotice(c, 'computer-saved')
    return c.redirect(paths.computer(id), 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error) : null
    if (!errors) throw error
    return answerComputer(c, { name, errors }, statuses[(error as Refused).refusal.code] as 412 | 422)
  }
}

function errorsOf({ refusal }: Refused): readonly FieldError[] | null {
  if (refusal.code === 'invalid-request') return refusal.errors
  if (refusal.code !== 'version-mismatch') return null
  const detail = 'Somebody changed this meanwhile. What you typed is below: save it to replace theirs'
  return [{ pointer: 'name', code: 'changed', detail }]
}
