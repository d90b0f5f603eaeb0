import * as z from 'zod'
import { groupingBody, moveBody, removalBody, staleRemovalBody } from '#src/api/computer-acts.ts'
import { instant } from './common.ts'
import { fabrikamKey, jsonType, web } from './computers.ts'
import type { Operation, Shape } from './operation.ts'

const at = (path: string) => `http://localhost:8787/api/v1/${path}`
const undoable = 'rem_00-fabrikam-retired'

const removal: Shape = {
  name: 'ComputerRemoval',
  schema: z.strictObject({
    id: z.string().nullable().meta({ description: '`null` where all were removed before.' }),
    computers: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    undoUntil: instant.nullable(),
    undoneAt: instant.nullable(),
  }),
  example: {
    id: undoable,
    computers: [{ id: web('04'), name: 'web-04.fabrikam.example' }],
    undoUntil: '2026-08-22T06:30:00.000Z',
    undoneAt: null,
  },
}
const restoration: Shape = {
  name: 'ComputerRestoration',
  schema: z.strictObject({ removal: z.string(), computers: z.int() }),
  example: { removal: undoable, computers: 2 },
}
const grouping: Shape = {
  name: 'ComputerGrouping',
  schema: z.strictObject({
    group: z.string().nullable(),
    computers: z.int().meta({ description: 'How many were not in it before.' }),
  }),
  example: { group: 'Web', computers: 2 },
}
const move: Shape = {
  name: 'ComputerMove',
  schema: z.strictObject({
    activationKey: z.string().meta({ description: 'The name of the key.' }),
    computers: z.int(),
  }),
  example: { activationKey: 'Staging', computers: 2 },
}
const staleRemoval: Shape = {
  name: 'StaleRemoval',
  schema: z.strictObject({ afterDays: z.int().nullable().meta({ description: '`null` never removes.' }) }),
  example: { afterDays: 90 },
}

const newRemoval: Shape = { name: 'NewComputerRemoval', schema: removalBody }
const newGrouping: Shape = { name: 'NewComputerGrouping', schema: groupingBody }
const newMove: Shape = { name: 'NewComputerMove', schema: moveBody }
const newStaleRemoval: Shape = { name: 'StaleRemovalEdit', schema: staleRemovalBody }
const inPath = { id: 'The id of the removal, `rem_…`.' }
const tag = 'Computers'
const repeats = ['idempotency-key-invalid', 'idempotency-key-reused'] as const
const send = (path: string, body: unknown, method = 'POST') =>
  `curl ${at(path)} -X ${method} \\\n  ${fabrikamKey} \\\n  ${jsonType} \\\n  -d '${JSON.stringify(body)}'`

export const computerActOperations: readonly Operation[] = [
  {
    id: 'removeComputers',
    tag,
    method: 'post',
    path: '/api/v1/computer-removals',
    summary: 'Remove computers',
    description: 'Up to 100 in one act. Those removed before are left as they are. For a day it can be undone.',
    headers: ['Idempotency-Key'],
    body: newRemoval,
    answers: [
      { status: 201, description: 'What was removed.', shape: removal },
      { status: 200, description: 'All were removed before.', shape: removal },
    ],
    problems: ['not-found', 'invalid-request', ...repeats],
    curl: send('computer-removals', { computers: [web('04'), web('05')] }),
  },
  {
    id: 'findComputerRemoval',
    tag,
    method: 'get',
    path: '/api/v1/computer-removals/{id}',
    summary: 'Read a removal',
    description: 'With the computers that it took.',
    inPath,
    answers: [{ status: 200, description: 'The removal.', shape: removal }],
    problems: ['not-found'],
    curl: `curl ${at(`computer-removals/${undoable}`)} \\\n  ${fabrikamKey}`,
  },
  {
    id: 'restoreComputers',
    tag,
    method: 'post',
    path: '/api/v1/computer-removals/{id}/restorations',
    summary: 'Undo a removal',
    description:
      'All of it or nothing: the computers are back, and the tokens of their products work again. What the software activated anew meanwhile stays as it is.',
    inPath,
    headers: ['Idempotency-Key'],
    answers: [{ status: 201, description: 'It is undone.', shape: restoration }],
    problems: [
      ...(['not-found', 'undo-expired', 'computer-limit-reached', 'license-taken', 'activation-key-gone'] as const),
      ...repeats,
    ],
    curl: `curl ${at(`computer-removals/${undoable}/restorations`)} -X POST \\\n  ${fabrikamKey}`,
  },
  {
    id: 'groupComputers',
    tag,
    method: 'post',
    path: '/api/v1/computer-groupings',
    summary: 'Put computers into a group',
    description: 'By the id of a group, or by a name, under which it is made where it is new; `null` takes them out.',
    headers: ['Idempotency-Key'],
    body: newGrouping,
    answers: [{ status: 201, description: 'The group, and how many went into it.', shape: grouping }],
    problems: ['not-found', 'invalid-request', 'computer-of-another-account', 'version-mismatch', ...repeats],
    curl: send('computer-groupings', { computers: [web('06'), web('07')], group: 'Hall 2' }),
  },
  {
    id: 'moveComputers',
    tag,
    method: 'post',
    path: '/api/v1/computer-moves',
    summary: 'Move computers to another key',
    description:
      'The products that the key is for; what runs on a license of its own stays. All or nothing, within the limit of the key.',
    headers: ['Idempotency-Key'],
    body: newMove,
    answers: [{ status: 201, description: 'The key, and how many went to it.', shape: move }],
    problems: [
      ...(['not-found', 'invalid-request', 'computer-of-another-account', 'computer-limit-reached'] as const),
      ...(['version-mismatch', ...repeats] as const),
    ],
    curl: send('computer-moves', { computers: [web('08')], activationKey: 'STAG-7V2N-XB4C-6D9E' }),
  },
  {
    id: 'findStaleRemoval',
    tag,
    method: 'get',
    path: '/api/v1/stale-removal',
    summary: 'Read when stale computers are removed',
    description: 'After how many days without a check-in the clock removes computers of the account.',
    answers: [{ status: 200, description: 'The setting.', shape: staleRemoval }],
    problems: [],
    curl: `curl ${at('stale-removal')} \\\n  ${fabrikamKey}`,
  },
  {
    id: 'editStaleRemoval',
    tag,
    method: 'patch',
    path: '/api/v1/stale-removal',
    summary: 'Set when stale computers are removed',
    description: 'From 7 to 3650 days, or `null` for never. Each removal is an event and can be undone for a day.',
    headers: ['Idempotency-Key'],
    body: newStaleRemoval,
    answers: [{ status: 200, description: 'The setting as it is now.', shape: staleRemoval }],
    problems: ['invalid-request', 'version-mismatch', ...repeats],
    curl: send('stale-removal', { afterDays: 365 }, 'PATCH'),
  },
]
