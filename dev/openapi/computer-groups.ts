import * as z from 'zod'
import { computerGroupBody, computerGroupQuery } from '#src/api/computer-groups.ts'
import { instant, listOf } from './common.ts'
import { fabrikamKey, jsonType } from './computers.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const all = 'http://localhost:8787/api/v1/computer-groups'
const group: Shape = {
  name: 'ComputerGroup',
  schema: z.strictObject({
    id: z.string(),
    name: z.string(),
    computers: z.int().meta({ description: 'How many computers are in it, counted up to 100.' }),
    createdAt: instant,
  }),
  example: { id: 'grp_00-fabrikam-web', name: 'Web', computers: 16, createdAt: '2025-07-27T14:30:00.000Z' },
}
const body: Shape = { name: 'ComputerGroupBody', schema: computerGroupBody }
const inPath = { id: 'The id of the group, `grp_…`.' }
const tag = 'Computer groups'

export const computerGroupOperations: readonly Operation[] = [
  {
    id: 'listComputerGroups',
    tag,
    method: 'get',
    path: '/api/v1/computer-groups',
    summary: 'List groups',
    description: 'Groups of the account itself, by name.',
    query: queryOf(computerGroupQuery, pageWords),
    answers: [{ status: 200, description: 'A page of groups.', shape: listOf(group), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl ${all} \\\n  ${fabrikamKey}`,
  },
  {
    id: 'createComputerGroup',
    tag,
    method: 'post',
    path: '/api/v1/computer-groups',
    summary: 'Create a group',
    description: 'Names are unique in an account, whatever their case. One that is there already is answered as it is.',
    headers: ['Idempotency-Key'],
    body,
    answers: [
      { status: 201, description: 'The group, which is empty yet.', shape: group },
      { status: 200, description: 'The group of that name that was there.', shape: group, headers: ['ETag'] },
    ],
    problems: ['invalid-request', 'idempotency-key-invalid', 'idempotency-key-reused'],
    curl: `curl ${all} -X POST \\\n  ${fabrikamKey} \\\n  ${jsonType} \\\n  -d '{"name":"Backup"}'`,
  },
  {
    id: 'findComputerGroup',
    tag,
    method: 'get',
    path: '/api/v1/computer-groups/{id}',
    summary: 'Read a group',
    description: 'With an `ETag`.',
    inPath,
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The group.', shape: group, headers: ['ETag'] },
      { status: 304, description: 'Nothing changed.', headers: ['ETag'] },
    ],
    problems: ['not-found'],
    curl: `curl ${all}/grp_00-fabrikam-web \\\n  ${fabrikamKey}`,
  },
  {
    id: 'renameComputerGroup',
    tag,
    method: 'patch',
    path: '/api/v1/computer-groups/{id}',
    summary: 'Rename a group',
    description: 'Its computers stay in it.',
    inPath,
    headers: ['If-Match'],
    body,
    answers: [{ status: 200, description: 'The group as it is now.', shape: group, headers: ['ETag'] }],
    problems: ['not-found', 'precondition-required', 'version-mismatch', 'invalid-request', 'computer-group-taken'],
    curl: `curl -X PATCH ${all}/grp_00-fabrikam-db \\\n  ${fabrikamKey} \\\n  ${jsonType} -H 'If-Match: *' \\\n  -d '{"name":"Databases, hall 1"}'`,
  },
  {
    id: 'deleteComputerGroup',
    tag,
    method: 'delete',
    path: '/api/v1/computer-groups/{id}',
    summary: 'Delete a group',
    description: 'Its computers stay, without a group.',
    inPath,
    headers: ['If-Match?'],
    answers: [{ status: 204, description: 'It is gone.' }],
    problems: ['not-found', 'version-mismatch'],
    curl: `curl -X DELETE ${all}/grp_00-fabrikam-stage \\\n  ${fabrikamKey}`,
  },
]
