import * as z from 'zod'
import { warningsBody } from '#src/api/warnings.ts'
import { offeredLeads } from '#src/domain/warnings/leads.ts'
import { day } from './common.ts'
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
    weeklyDigest: z.boolean().meta({ description: 'Whether a letter tells a seller each week what there is to do.' }),
  }),
  example: { email: 'partner@northwind.example', leads: [30, 7, 0, -14], weeklyDigest: true },
}
const version: Shape = {
  name: 'WarningsVersion',
  schema: z.strictObject({ version: z.int() }),
  example: { version: 2 },
}

const sectionOf = (row: z.ZodType) =>
  z.strictObject({
    count: z.int().meta({ description: 'Up to 100.' }),
    isCut: z.boolean().meta({ description: 'Whether there is more.' }),
    data: z.array(row),
  })
const names = { productName: z.string(), editionName: z.string(), email: z.string(), ownerName: z.string() }
const license = { license: z.string(), serial: z.string(), ...names }
const digest: Shape = {
  name: 'Digest',
  schema: z.strictObject({
    asOf: day,
    expiredSupport: sectionOf(z.strictObject({ ...license, endedOn: day })),
    neverActivated: sectionOf(z.strictObject({ ...license, boughtOn: day })),
    overUsed: sectionOf(
      z.strictObject({
        activationKey: z.string().nullable().meta({ description: '`null` is all servers of the account.' }),
        ...{ name: z.string(), productName: z.string().nullable(), ownerName: z.string() },
        ...{ allowed: z.int(), used: z.int() },
      }),
    ),
    renewals: sectionOf(
      z.strictObject({
        ...{ ...names, endsOn: day, quantity: z.int(), never: z.int(), idle: z.int(), lastUsedOn: day.nullable() },
        proposed: z.int().meta({ description: 'The licenses in use: what is worth renewing.' }),
      }),
    ),
  }),
  example: {
    asOf: '2026-08-21',
    expiredSupport: { count: 0, isCut: false, data: [] },
    neverActivated: { count: 0, isCut: false, data: [] },
    overUsed: { count: 0, isCut: false, data: [] },
    renewals: { count: 0, isCut: false, data: [] },
  },
}

export const warningOperations: readonly Operation[] = [
  {
    ...{
      id: 'findDigest',
      tag: 'Warnings',
      method: 'get',
      path: '/api/v1/digests',
      summary: 'Read what there is to do',
    },
    description:
      'For the account and all below it, as it stands now: support that expired within 90 days, licenses never activated, keys and servers over their limit, renewals within 60 days of licenses that are not all in use.',
    answers: [{ status: 200, description: 'What there is to do.', shape: digest }],
    problems: [],
    curl: `curl http://localhost:8787/api/v1/digests \\\n  ${key}`,
  },
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
