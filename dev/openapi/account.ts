import * as z from 'zod'
import { accountBody } from '#src/api/account.ts'
import { accountFields } from '#src/domain/settings/fields.ts'
import type { Operation, Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_fabrikam'"
const json = "-H 'Content-Type: application/json'"

const account: Shape = {
  name: 'Account',
  schema: z.strictObject({
    id: z.string(),
    email: z.string(),
    ...Object.fromEntries(accountFields.map((field) => [field, z.string()])),
  }),
  example: {
    ...Object.fromEntries(accountFields.map((field) => [field, ''])),
    ...{ id: 'acc_01', name: 'Fabrikam', email: 'admin@fabrikam.example', billingEmail: 'billing@fabrikam.example' },
  },
}
const version: Shape = {
  name: 'AccountVersion',
  schema: z.strictObject({ version: z.int() }),
  example: { version: 2 },
}

export const accountOperations: readonly Operation[] = [
  {
    ...{ id: 'findAccount', tag: 'Account', method: 'get', path: '/api/v1/account', summary: 'Read the account' },
    description: 'Whose key this is: company, address, billing contact.',
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The account.', shape: account, headers: ['ETag'] },
      { status: 304, description: 'It is as you hold it.' },
    ],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/account \\\n  ${key}`,
  },
  {
    ...{ id: 'editAccount', tag: 'Account', method: 'patch', path: '/api/v1/account', summary: 'Change the account' },
    description: 'What is left out stays. Its e-mail is changed in the portal, for both addresses confirm it.',
    headers: ['If-Match'],
    body: { name: 'AccountChange', schema: accountBody, example: { phone: '+49 3641 5550' } },
    answers: [{ status: 200, description: 'Its new version.', shape: version, headers: ['ETag'] }],
    problems: ['invalid-request', 'precondition-required', 'version-mismatch'],
    curl: `curl -X PATCH http://localhost:8787/api/v1/account \\\n  ${key} \\\n  ${json} -H 'If-Match: *' -d '{"phone":"+49 3641 5550"}'`,
  },
]
