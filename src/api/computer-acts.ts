import { Hono } from 'hono'
import * as z from 'zod'
import { listComputersOfRemoval } from '#src/db/computer-rows.ts'
import { findRemoval } from '#src/db/removals.ts'
import { findRemoveStale } from '#src/db/stale-computers.ts'
import { fewestStaleDays, mostComputers, mostStaleDays } from '#src/domain/computers/edit.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { groupComputers } from '#src/use-cases/computers/group-computers.ts'
import { moveComputers } from '#src/use-cases/computers/move-computers.ts'
import { type Removed, removeComputers } from '#src/use-cases/computers/remove-computers.ts'
import { restoreComputers } from '#src/use-cases/computers/restore-computers.ts'
import { setRemoveStale } from '#src/use-cases/computers/set-remove-stale.ts'

const textError = 'This is a text, in quotes'
const someError = `Name 1 to ${mostComputers} computers by their ids`
const computers = z
  .array(z.string(textError).max(64, 'Not the id of a computer'))
  .min(1, someError)
  .max(mostComputers, someError)

/** The body of a removal. */
export const removalBody = z.strictObject({ computers })

/** The body of a grouping: the id or name of a group, made where it is new; `null` for none. */
export const groupingBody = z.strictObject({ computers, group: z.string(textError).nullable() })

/** The body of a move: the id or code of the key that takes them. */
export const moveBody = z.strictObject({ computers, activationKey: z.string(textError).max(64, 'Not a key') })

/** The body of the setting by which the clock removes stale computers; the bounds are the domain's. */
export const staleRemovalBody = z.strictObject({
  afterDays: z
    .int('Write a whole number of days, or null')
    .meta({ minimum: fewestStaleDays, maximum: mostStaleDays })
    .nullable(),
})

/** What is done with many computers at once, and by the clock. */
export const computerActCalls = new Hono<HttpEnv>()
  .post('/api/v1/computer-removals', may('computer.edit'), remove)
  .get('/api/v1/computer-removals/:id', may('computer.edit'), showRemoval)
  .post('/api/v1/computer-removals/:id/restorations', may('computer.edit'), restore)
  .post('/api/v1/computer-groupings', may('computer.edit'), group)
  .post('/api/v1/computer-moves', may('computer.edit'), move)
  .get('/api/v1/stale-removal', may('computer.edit'), showStaleRemoval)
  .patch('/api/v1/stale-removal', may('computer.edit'), setStaleRemoval)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

const removalShape = ({ id, computers, undoUntil }: Removed, undoneAt: Date | null = null) => ({
  id,
  computers: computers.map(({ id, name }) => ({ id, name })),
  undoUntil: undoUntil === null ? null : new Date(undoUntil).toISOString(),
  undoneAt: undoneAt?.toISOString() ?? null,
})

/** Removes computers; 201 with what was removed, 200 where all were removed before. */
async function remove(c: HttpContext) {
  const { computers } = await bodyOf(c, removalBody)
  const { status, response } = await removeComputers(c.var.deps, c.var.asking, computers, await onceOf(c))
  return c.json(removalShape(response), status as 200 | 201)
}

/** One removal with what it took. */
async function showRemoval(c: HttpContext) {
  const { rows } = await ask(c, (reach) => [findRemoval(reach, idIn(c)), listComputersOfRemoval(reach, idIn(c))])
  const [[removal], computers] = rows
  if (!removal) return refuse({ code: 'not-found' })
  const { id, undoUntil, undoneAt } = removal
  return c.json(removalShape({ id, computers, undoUntil: undoUntil.getTime() }, undoneAt))
}

/** Undoes a removal; 201, also where it was undone before. */
async function restore(c: HttpContext) {
  return c.json(await restoreComputers(c.var.deps, c.var.asking, idIn(c), await onceOf(c)), 201)
}

/** Puts computers into a group; 201 with its name and how many were not in it. */
async function group(c: HttpContext) {
  const { computers, group: wanted } = await bodyOf(c, groupingBody)
  const grouping = {
    ids: computers,
    group: '',
    newGroup: '',
    pointer: 'group',
    ...(wanted === null ? {} : groupIn(wanted)),
  }
  return c.json(await groupComputers(c.var.deps, c.var.asking, grouping, await onceOf(c)), 201)
}

const groupIn = (wanted: string) => (wanted.startsWith('grp_') ? { group: wanted } : { newGroup: wanted || ' ' })

/** Moves computers to another key; 201 with its name and how many went. */
async function move(c: HttpContext) {
  const { computers, activationKey } = await bodyOf(c, moveBody)
  const moved = await moveComputers(c.var.deps, c.var.asking, { ids: computers, activationKey }, await onceOf(c))
  return c.json({ activationKey: moved.key, computers: moved.computers }, 201)
}

/** After how many days without a check-in the clock removes the account's computers. */
async function showStaleRemoval(c: HttpContext) {
  const [[account]] = (await ask(c, (reach) => [findRemoveStale(reach)])).rows
  return c.json({ afterDays: account?.days ?? null })
}

async function setStaleRemoval(c: HttpContext) {
  const { afterDays } = await bodyOf(c, staleRemovalBody)
  const typed = afterDays === null ? '' : String(afterDays)
  return c.json({ afterDays: await setRemoveStale(c.var.deps, c.var.asking, typed, await onceOf(c)) })
}
