import * as z from 'zod'
import { loginQuery } from '#src/api/logins.ts'
import { roles } from '#src/domain/accounts/permissions.ts'
import { instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const login: Shape = {
  name: 'Login',
  schema: z.strictObject({
    id: z.string(),
    name: z.string(),
    login: z.string().nullable().meta({ description: 'The login name; `null` where the e-mail is what signs in.' }),
    email: z.string(),
    role: z.enum(roles),
    isMaster: z.boolean(),
    twoFactor: z.boolean(),
    lastSignInAt: instant.nullable(),
    createdAt: instant,
  }),
  example: {
    ...{ id: 'log_00-fabrikam-billing', name: 'Bill Ing', login: null, email: 'billing@fabrikam.example' },
    ...{ role: 'billing', isMaster: false, twoFactor: false, lastSignInAt: '2026-08-19T22:30:00.000Z' },
    createdAt: '2024-06-12T09:30:00.000Z',
  },
}

export const loginOperations: readonly Operation[] = [
  {
    id: 'listLogins',
    tag: 'Logins',
    method: 'get',
    path: '/api/v1/logins',
    summary: 'List logins',
    description:
      'Who signs in to the account, in which role. Only a key that acts as the master login sees them; they are invited, changed and removed in the portal.',
    query: queryOf(loginQuery, pageWords),
    answers: [{ status: 200, description: 'A page of logins.', shape: listOf(login), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: "curl http://localhost:8787/api/v1/logins \\\n  -H 'Authorization: Bearer ptk_demo_fabrikam'",
  },
]
