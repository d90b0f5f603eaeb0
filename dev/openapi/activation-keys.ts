import * as z from 'zod'
import { keyRemovalsBody, rotationBody } from '#src/api/activation-key-acts.ts'
import {
  activationKeyEditBody,
  activationKeyQuery,
  activationKeyRemovalQuery,
  newActivationKeyBody,
} from '#src/api/activation-keys.ts'
import { assignmentBody } from '#src/api/assign-license.ts'
import { instant, listOf } from './common.ts'
import { license } from './licenses.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_northwind'"
const fabrikam = "-H 'Authorization: Bearer ptk_demo_fabrikam'"
const json = "-H 'Content-Type: application/json'"
const all = 'http://localhost:8787/api/v1/activation-keys'
const one = `${all}/key_00-northwind-jansen`

const activationKey: Shape = {
  name: 'ActivationKey',
  schema: z.strictObject({
    id: z.string(),
    code: z.string().meta({ description: 'What the end customer types: `XXXX-XXXX-XXXX-XXXX`.' }),
    name: z.string(),
    note: z.string(),
    product: z.string().nullable().meta({ description: 'The code of the one product it is for; `null` for any.' }),
    default: z.boolean().meta({ description: 'Whether new orders join it; then it cannot be removed.' }),
    licenses: z.int().meta({ description: 'How many licenses it holds, counted up to 100.' }),
    computers: z.int().meta({ description: 'How many computers run with it.' }),
    computerLimit: z.int().nullable().meta({ description: '`null` is no limit of its own.' }),
    expiresOn: z.string().nullable().meta({ description: 'The last day on which it activates; `null` never ends.' }),
    allowedRanges: z
      .array(z.string())
      .meta({ description: 'Addresses and CIDR ranges from which it activates; none is from everywhere.' }),
    createdAt: instant,
  }),
  example: {
    id: 'key_00-northwind-jansen',
    code: 'BAKK-ER1J-JANS-2B00',
    name: 'Bakkerij Jansen',
    note: '',
    product: null,
    default: false,
    licenses: 2,
    computers: 1,
    computerLimit: null,
    expiresOn: null,
    allowedRanges: [],
    createdAt: '2025-08-28T08:30:00.000Z',
  },
}

const created: Shape = { name: 'NewActivationKey', schema: newActivationKeyBody }
const edited: Shape = { name: 'ActivationKeyEdit', schema: activationKeyEditBody }
const assignment: Shape = { name: 'Assignment', schema: assignmentBody }
const rotationAsked: Shape = { name: 'ActivationKeyRotation', schema: rotationBody }
const rotation: Shape = {
  name: 'RotatedActivationKey',
  schema: z.strictObject({ id: z.string(), code: z.string(), formerCode: z.string(), validUntil: instant }),
  example: {
    id: 'key_00-fabrikam-office',
    code: 'P4QZ-9TMV-3HXD-7BKN',
    formerCode: 'S9XE-695Q-8TBQ-S3RM',
    validUntil: '2026-09-04T09:00:00.000Z',
  },
}
const removalsAsked: Shape = { name: 'ActivationKeyRemovals', schema: keyRemovalsBody }
const removals: Shape = {
  name: 'RemovedActivationKeys',
  schema: z.strictObject({
    activationKeys: z.array(z.string()),
    computers: z.int().meta({ description: 'How many computers were released with them.' }),
  }),
  example: { activationKeys: ['key_00-fabrikam-hall-2'], computers: 0 },
}
const inPath = { id: 'The id of the activation key, `key_…`.' }

export const activationKeyOperations: readonly Operation[] = [
  {
    id: 'listActivationKeys',
    tag: 'Activation keys',
    method: 'get',
    path: '/api/v1/activation-keys',
    summary: 'List activation keys',
    description: 'Keys of the account, then of all accounts below it.',
    query: queryOf(activationKeyQuery, {
      q: 'Finds by name, key or note.',
      product: 'Only keys of this product alone, by its code.',
      servers: 'Only keys that limit how many servers they activate, or only those that do not.',
      sort: 'One’s own keys first, each part by when they were made, by name, code, servers in use or last day; a minus turns the order round.',
      ...pageWords,
    }),
    answers: [
      { status: 200, description: 'A page of keys.', shape: listOf(activationKey), csv: true, headers: ['Link'] },
    ],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl '${all}?q=jansen' \\\n  ${key}`,
  },
  {
    id: 'createActivationKey',
    tag: 'Activation keys',
    method: 'post',
    path: '/api/v1/activation-keys',
    summary: 'Create an activation key',
    description:
      'A code of your own has the form XXXX-XXXX-XXXX-XXXX, letters A to Z and digits; O counts as 0, I and L as 1. Without one it is made at random. With `product` it activates that product alone, and may go without a name; the first key of a product is its default.',
    headers: ['Idempotency-Key'],
    body: created,
    answers: [{ status: 201, description: 'The key, which holds nothing yet.', shape: activationKey }],
    problems: [
      ...(['activation-key-taken', 'product-not-given', 'invalid-request'] as const),
      ...(['idempotency-key-invalid', 'idempotency-key-reused'] as const),
    ],
    curl: `curl ${all} -X POST \\\n  ${key} \\\n  ${json} \\\n  -d '{"name":"City library"}'`,
  },
  {
    id: 'findActivationKey',
    tag: 'Activation keys',
    method: 'get',
    path: '/api/v1/activation-keys/{id}',
    summary: 'Read an activation key',
    description: 'With an `ETag`.',
    inPath,
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The key.', shape: activationKey, headers: ['ETag'] },
      { status: 304, description: 'Nothing changed.', headers: ['ETag'] },
    ],
    problems: ['not-found'],
    curl: `curl ${one} \\\n  ${key}`,
  },
  {
    id: 'editActivationKey',
    tag: 'Activation keys',
    method: 'patch',
    path: '/api/v1/activation-keys/{id}',
    summary: 'Change an activation key',
    description:
      'Of the account itself. A limit may be lower than what runs with it: those stay, and nobody new comes in. `"default": true` takes the place of the key that was the default.',
    inPath,
    headers: ['If-Match'],
    body: edited,
    answers: [{ status: 200, description: 'The key as it is now.', shape: activationKey, headers: ['ETag'] }],
    problems: ['not-found', 'precondition-required', 'version-mismatch', 'invalid-request'],
    curl: `curl -X PATCH ${one} \\\n  ${key} \\\n  ${json} -H 'If-Match: *' \\\n  -d '{"note":"Two shops"}'`,
  },
  {
    id: 'removeActivationKey',
    tag: 'Activation keys',
    method: 'delete',
    path: '/api/v1/activation-keys/{id}',
    summary: 'Remove an activation key',
    description:
      'Releases its computers and moves its licenses to another key of the account. The code stays taken. The default key stays.',
    inPath,
    query: queryOf(activationKeyRemovalQuery, { moveTo: 'The id or the code of the key that takes the licenses.' }),
    headers: ['If-Match?'],
    answers: [{ status: 204, description: 'It is gone.' }],
    problems: [
      ...(['not-found', 'invalid-query', 'activation-key-default', 'activation-key-holds-licenses'] as const),
      ...(['invalid-request', 'version-mismatch'] as const),
    ],
    curl: `curl -X DELETE ${all}/key_00-northwind-fresh \\\n  ${key}`,
  },
  {
    id: 'assignLicense',
    tag: 'Activation keys',
    method: 'post',
    path: '/api/v1/activation-keys/{id}/licenses',
    summary: 'Assign a license',
    description:
      'To a key of the account itself. A permanent license spends a credit of its offer, and one of the support for each year; a trial is free, needs the end customer’s e-mail and is had once of each product. Without `email` the account’s own is taken. With `trial`, the id of a trial on the key, that license becomes permanent instead.',
    inPath,
    headers: ['Idempotency-Key'],
    body: assignment,
    answers: [
      { status: 201, description: 'The license.', shape: license },
      { status: 200, description: 'The trial that became permanent.', shape: license },
    ],
    problems: [
      ...(['not-found', 'insufficient-credits', 'trial-used', 'trial-too-long', 'product-not-given'] as const),
      ...(['offer-withdrawn', 'support-there', 'version-mismatch', 'invalid-request'] as const),
      ...(['idempotency-key-invalid', 'idempotency-key-reused'] as const),
    ],
    curl: `curl ${one}/licenses -X POST \\\n  ${key} \\\n  ${json} \\\n  -d '{"product":"remote-access","edition":"pro","size":10,"term":{"kind":"permanent"},"supportYears":1,"email":"info@bakkerij-jansen.example"}'`,
  },
  {
    id: 'rotateActivationKey',
    tag: 'Activation keys',
    method: 'post',
    path: '/api/v1/activation-keys/{id}/rotations',
    summary: 'Rotate an activation key',
    description:
      'Gives it another code; the old one activates until its grace ends and is taken for ever. What was activated stays so. The account is told by letter.',
    inPath,
    headers: ['Idempotency-Key', 'If-Match?'],
    body: rotationAsked,
    answers: [{ status: 201, description: 'Both codes, and until when the old one works.', shape: rotation }],
    problems: [
      ...(['not-found', 'activation-key-taken', 'version-mismatch', 'invalid-request'] as const),
      ...(['idempotency-key-invalid', 'idempotency-key-reused'] as const),
    ],
    curl: `curl ${all}/key_00-fabrikam-office/rotations -X POST \\\n  ${fabrikam} \\\n  ${json} \\\n  -d '{"graceDays":14}'`,
  },
  {
    id: 'removeActivationKeys',
    tag: 'Activation keys',
    method: 'post',
    path: '/api/v1/activation-key-removals',
    summary: 'Remove many activation keys',
    description:
      'Up to a hundred of the account itself, all or none, with the computers on them. Neither a default key nor one that holds licenses.',
    headers: ['Idempotency-Key'],
    body: removalsAsked,
    answers: [{ status: 201, description: 'What went.', shape: removals }],
    problems: [
      ...(['not-found', 'activation-key-default', 'activation-key-holds-licenses', 'version-mismatch'] as const),
      ...(['invalid-request', 'idempotency-key-invalid', 'idempotency-key-reused'] as const),
    ],
    curl: `curl http://localhost:8787/api/v1/activation-key-removals -X POST \\\n  ${fabrikam} \\\n  ${json} \\\n  -d '{"activationKeys":["key_00-fabrikam-hall-2"]}'`,
  },
]
