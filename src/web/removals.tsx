import { Hono } from 'hono'
import { listComputersOfRemoval } from '#src/db/computer-rows.ts'
import { listInstalledProducts } from '#src/db/computers.ts'
import { findRemoval, listRemovals } from '#src/db/removals.ts'
import { findRemoveStale } from '#src/db/stale-computers.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { machineWith } from '#src/domain/computers/computer.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { restoreComputers } from '#src/use-cases/computers/restore-computers.ts'
import { setRemoveStale } from '#src/use-cases/computers/set-remove-stale.ts'
import { computerErrorsOf } from '#views/computer-refusal-words.ts'
import { RemovalPage, RemovalsPage } from '#views/pages/computers/removal.tsx'
import { StaleRemovalPage } from '#views/pages/computers/stale-removal.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'
import { machineOf } from './machine-of.ts'

/** What was removed, its undoing for a day, and the clock that removes what is stale. */
export const removalPages = new Hono<HttpEnv>()
  .get(paths.removals, may('computer.edit'), showRemovals)
  .get('/computers/removals/:id', may('computer.edit'), (c) => showRemoval(c, [], 200))
  .post('/computers/removals/:id/restoration', may('computer.edit'), restore)
  .get(paths.staleRemoval, may('computer.edit'), (c) => showStaleRemoval(c, null, [], 200))
  .post(paths.staleRemoval, may('computer.edit'), saveStaleRemoval)

const month = 30 * 86_400_000

async function showRemovals(c: HttpContext) {
  const now = c.var.deps.now()
  const since = new Date(now.getTime() - month)
  const { actor, rows } = await ask(c, (reach) => [listRemovals(reach, since, 100)])
  return c.html(<RemovalsPage frame={frameOf(c, actor)} machine={machineOf(actor)} removals={rows[0]} now={now} />)
}

async function showRemoval(c: HttpContext, errors: readonly FieldError[], status: 200 | 409) {
  const id = c.req.param('id') ?? ''
  const { actor, rows } = await ask(c, (reach) => [findRemoval(reach, id), listComputersOfRemoval(reach, id)])
  const [[removal], computers] = rows
  if (!removal) return refuse({ code: 'not-found' })
  const page = (
    <RemovalPage
      frame={frameOf(c, actor)}
      machine={machineOf(actor)}
      removal={removal}
      computers={computers}
      now={c.var.deps.now()}
      request={c.var.deps.newId('request')}
      may={allows(actor, 'computer.edit')}
      errors={errors}
    />
  )
  return c.html(page, status)
}

async function restore(c: HttpContext) {
  const form = await formBody(c)
  const id = c.req.param('id') ?? ''
  try {
    await restoreComputers(c.var.deps, c.var.asking, id, await onceOfForm(c, form))
    leaveNotice(c, 'computers-restored')
    return c.redirect(paths.removal(id), 303)
  } catch (error) {
    const errors = error instanceof Refused ? computerErrorsOf(error.refusal) : null
    if (!errors) throw error
    return showRemoval(c, errors, 409)
  }
}

async function showStaleRemoval(
  c: HttpContext,
  typed: string | null,
  errors: readonly FieldError[],
  status: 200 | 412 | 422,
) {
  const { actor, rows } = await ask(c, (reach) => [findRemoveStale(reach), listInstalledProducts(reach)])
  const [[account], products] = rows
  const days = account?.days ?? null
  const draft = { afterDays: typed ?? String(days ?? ''), request: c.var.deps.newId('request'), errors }
  const machine = machineWith(products.map(({ unit }) => unit))
  const page = <StaleRemovalPage frame={frameOf(c, actor)} {...{ machine, days, products, draft }} />
  return c.html(page, status)
}

async function saveStaleRemoval(c: HttpContext) {
  const form = await formBody(c)
  const { afterDays = '' } = form
  try {
    await setRemoveStale(c.var.deps, c.var.asking, afterDays, await onceOfForm(c, form))
    leaveNotice(c, 'stale-removal-saved')
    return c.redirect(paths.staleRemoval, 303)
  } catch (error) {
    const errors = error instanceof Refused ? computerErrorsOf(error.refusal) : null
    if (!errors) throw error
    return showStaleRemoval(c, afterDays, errors, statuses[(error as Refused).refusal.code] as 412 | 422)
  }
}
