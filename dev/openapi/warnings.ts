import * as z from 'zod'
import { warningsBody } from '#src/api/warnings.ts'
import { offeredLeads } from '#src/domain/warnings/leads.ts'
import type { Operation, Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_northwind'"
const json = "-H 'Content-Type: application/json'"

const warnings: Shape = {
  name: 'Warnings',
  schema: z.strictObject({
    email: z.string().meta({ description: 'Where the letters go: the e-mail of the account.' }),
    leads: z.array(z.int()).meta({
      description: `Days before an end, below 0 after it, among ${offeredLeads.join(', ')}; none is no warnings.`,
    }),
  }),
  example: { email: 'partner@northwind.example', leads: [30, 7, 0, -14] },
}
const version: Shape = {
  name: 'WarningsVersion',
  schema: z.strictObject({ version: z.int() }),
  example: { version: 2 },
}

export const warningOperations: readonly Operation[] = [
  {
    ...{ id: 'findWarnings', tag: 'Warnings', method: 'get', path: '/api/v1/warnings' },
    summary: 'Read when the account is warned',
    description:
      'Of support, trials and canceled subscriptions that end: at most one letter a day, each end once for each lead time.',
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The lead times.', shape: warnings, headers: ['ETag'] },
      { status: 304, description: 'It is as you hold it.' },
    ],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/warnings \\\n  ${key}`,
  },
  {
    ...{ id: 'chooseWarnings', tag: 'Warnings', method: 'patch', path: '/api/v1/warnings' },
    summary: 'Choose when the account is warned',
    description: 'What is left out stays.',
    headers: ['If-Match'],
    body: { name: 'WarningsChange', schema: warningsBody, example: { leads: [60, 14, 0] } },
    answers: [{ status: 200, description: 'The new version of the account.', shape: version, headers: ['ETag'] }],
    problems: ['invalid-request', 'precondition-required', 'version-mismatch'],
    curl: `curl -X PATCH http://localhost:8787/api/v1/warnings \\\n  ${key} \\\n  ${json} -H 'If-Match: *' -d '{"leads":[60,14,0]}'`,
  },
]
