import * as z from 'zod'
import { apiKeyQuery } from '#src/api/api-keys.ts'
import { apiKeyStates } from '#src/domain/api-keys/api-key.ts'
import { actsAs } from '#src/domain/api-keys/wanted.ts'
import { instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_northwind'"

const apiKey: Shape = {
  name: 'ApiKey',
  schema: z.strictObject({
    id: z.string(),
    name: z.string(),
    hint: z.string().meta({ description: 'How the key begins. The key itself is kept nowhere.' }),
    access: z.enum(['read', 'write']),
    actsAs: z.enum(actsAs).meta({ description: 'One of the six roles, or the master login.' }),
    allowedRanges: z
      .array(z.string())
      .nullable()
      .meta({ description: 'Addresses and CIDR ranges it may be used from; `null` is from everywhere.' }),
    state: z.enum(apiKeyStates),
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable().meta({ description: 'To the hour.' }),
    revokedAt: instant.nullable(),
    createdAt: instant,
  }),
  example: {
    ...{ id: 'apk_00-northwind', name: 'Demo scripts', hint: 'ptk_demo_nor', access: 'write', actsAs: 'master' },
    ...{ allowedRanges: null, state: 'active', expiresAt: null, lastUsedAt: '2026-08-20T14:00:00.000Z' },
    ...{ revokedAt: null, createdAt: '2024-01-15T09:00:00.000Z' },
  },
}

export const apiKeyOperations: readonly Operation[] = [
  {
    id: 'listApiKeys',
    tag: 'API keys',
    method: 'get',
    path: '/api/v1/api-keys',
    summary: 'List API keys',
    description:
      'The API keys of the account, newest first, with those that work no more. Only a key that acts as the master login sees them. Keys are made and rotated in the portal, by whoever signs in as the master login.',
    query: queryOf(apiKeyQuery, pageWords),
    answers: [{ status: 200, description: 'A page of keys.', shape: listOf(apiKey), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl http://localhost:8787/api/v1/api-keys \\\n  ${key}`,
  },
  {
    id: 'revokeApiKey',
    tag: 'API keys',
    method: 'delete',
    path: '/api/v1/api-keys/{id}',
    summary: 'Revoke an API key',
    description:
      'Ends it at once: from its next call on it is refused. A key that works no more stays as it is, so it does no harm to ask twice.',
    inPath: { id: 'The id of the key.' },
    answers: [{ status: 204, description: 'The key is revoked.' }],
    problems: ['not-found'],
    curl: `curl -X DELETE http://localhost:8787/api/v1/api-keys/apk_00-northwind-old-inventory \\\n  ${key}`,
  },
]
