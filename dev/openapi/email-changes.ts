import * as z from 'zod'
import { emailChangeQuery } from '#src/api/email-changes.ts'
import { instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_fabrikam'"

const emailChange: Shape = {
  name: 'EmailChange',
  schema: z.strictObject({
    id: z.string(),
    loginId: z.string(),
    loginName: z.string(),
    oldEmail: z.string(),
    newEmail: z.string(),
    oldConfirmedAt: instant.nullable().meta({ description: 'When the link at the old address was followed.' }),
    newConfirmedAt: instant.nullable().meta({ description: 'When the link at the new address was followed.' }),
    createdAt: instant,
    expiresAt: instant,
  }),
  example: {
    ...{ id: 'emc_00-fabrikam-servers', loginId: 'log_00-fabrikam-servers', loginName: 'Sergio Vera' },
    ...{ oldEmail: 'servers@fabrikam.example', newEmail: 'racks@fabrikam.example', oldConfirmedAt: null },
    ...{ newConfirmedAt: '2026-08-21T07:40:00.000Z', createdAt: '2026-08-21T07:30:00.000Z' },
    expiresAt: '2026-08-22T07:30:00.000Z',
  },
}

export const emailChangeOperations: readonly Operation[] = [
  {
    id: 'listEmailChanges',
    tag: 'Logins',
    method: 'get',
    path: '/api/v1/email-changes',
    summary: 'List changes of e-mails',
    description:
      'Logins of the account that move to another e-mail: asked for in the portal by whoever has the login, made once both addresses followed their links. Only a key that acts as the master login sees them.',
    query: queryOf(emailChangeQuery, pageWords),
    answers: [
      { status: 200, description: 'A page of changes.', shape: listOf(emailChange), csv: true, headers: ['Link'] },
    ],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl http://localhost:8787/api/v1/email-changes \\\n  ${key}`,
  },
  {
    id: 'stopEmailChange',
    tag: 'Logins',
    method: 'delete',
    path: '/api/v1/email-changes/{id}',
    summary: 'Stop a change of an e-mail',
    description: 'The login keeps its e-mail; both mailed links open nothing any more.',
    inPath: { id: 'The id of the change.' },
    answers: [{ status: 204, description: 'The change is stopped.' }],
    problems: ['not-found'],
    curl: `curl -X DELETE http://localhost:8787/api/v1/email-changes/emc_00-fabrikam-servers \\\n  ${key}`,
  },
]
