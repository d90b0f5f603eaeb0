import * as z from 'zod'
import { supportQuery, supportRenewalBody, supportYearsBody } from '#src/api/support.ts'
import { units } from '#src/domain/catalog/offer.ts'
import { supportStatuses } from '#src/domain/support/support.ts'
import { day, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_northwind'"
const json = "-H 'Content-Type: application/json'"
const api = 'http://localhost:8787/api/v1'
const idempotent = ['Idempotency-Key'] as const
const refusals = [
  ...(['not-found', 'license-bought', 'offer-withdrawn', 'product-not-given', 'insufficient-credits'] as const),
  ...(['version-mismatch', 'invalid-request', 'idempotency-key-reused'] as const),
] as const

const support: Shape = {
  name: 'Support',
  schema: z.strictObject({
    id: z.string().nullable().meta({ description: 'Of the support; `null` where the license has none.' }),
    status: z.enum(supportStatuses),
    startsOn: day.nullable(),
    endsOn: day.nullable().meta({ description: 'The last day, which still counts.' }),
    license: z.strictObject({ id: z.string(), serial: z.string() }),
    product: z.string(),
    edition: z.string(),
    size: z.union([z.int().positive(), z.literal('unlimited')]),
    unit: z.enum(units),
    email: z.string().meta({ description: 'The end customer’s.' }),
    account: z
      .strictObject({ id: z.string(), name: z.string() })
      .meta({ description: 'Who owns the license, and pays its support.' }),
  }),
  example: {
    id: 'sup_00-northwind-jansen-1',
    status: 'valid',
    startsOn: '2025-08-28',
    endsOn: '2026-08-27',
    license: { id: 'lic_00-northwind-jansen-1', serial: 'S-7K2M9-QX4TD' },
    product: 'remote-access',
    edition: 'pro',
    size: 10,
    unit: 'user',
    email: 'info@bakkerij-jansen.example',
    account: { id: 'acc_00-northwind', name: 'Northwind' },
  },
}

const days = { startsOn: day, endsOn: day }
const example = { startsOn: '2026-08-28', endsOn: '2027-08-27' }
const ofSupport = { id: z.string(), ...days }
const exampleOf = { id: 'sup_00-northwind-jansen-1', ...example }

const extension: Shape = { name: 'SupportExtension', schema: z.strictObject(days), example }
const added: Shape = { name: 'AddedSupport', schema: z.strictObject(ofSupport), example: exampleOf }
const renewal: Shape = {
  name: 'SupportRenewal',
  schema: z.strictObject({ support: z.array(z.strictObject(ofSupport)) }),
  example: { support: [exampleOf] },
}
const years: Shape = { name: 'SupportYears', schema: supportYearsBody }

export const supportOperations: readonly Operation[] = [
  {
    id: 'listSupport',
    tag: 'Support',
    method: 'get',
    path: '/api/v1/support',
    summary: 'List support',
    description:
      'The licenses of the account of the key and of all accounts below it with their support, ending first first; those without any stand at the beginning.',
    query: queryOf(supportQuery, {
      q: 'Finds by serial number, order, activation key, e-mail, computer, product or comment. Best finds first.',
      product: 'Only of this product, by its code.',
      account: 'Only of this account below and of all accounts below it, by its id.',
      owner: 'Only of the account itself, or only of its resellers.',
      support: 'Only where there is none, or where it is missing or ends within so many days.',
      from: 'Only where support ends on this day or later, as `2026-08-21`.',
      to: 'Only where it ends on this day or earlier: a day that is past finds what has expired.',
      sort: 'By the end of support; a minus turns it round. A search has an order of its own.',
      ...pageWords,
    }),
    answers: [{ status: 200, description: 'A page of support.', shape: listOf(support), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl '${api}/support?to=2026-12-31&limit=5' \\\n  ${key}`,
  },
  {
    id: 'extendSupport',
    tag: 'Support',
    method: 'post',
    path: '/api/v1/support/{id}/extensions',
    summary: 'Extend support',
    description:
      'Adds years: valid support goes on the day after its end, expired support starts again today. The account that owns the license pays a credit of its support offer for each year.',
    inPath: { id: 'The id of the support, `sup_…`.' },
    headers: idempotent,
    body: years,
    answers: [{ status: 201, description: 'The days that were added.', shape: extension }],
    problems: refusals,
    curl: `curl -X POST ${api}/support/sup_00-northwind-jansen-1/extensions \\\n  ${key} ${json} \\\n  -d '{"years":1}'`,
  },
  {
    id: 'renewSupport',
    tag: 'Support',
    method: 'post',
    path: '/api/v1/support-renewals',
    summary: 'Extend many',
    description: 'Extends up to a hundred supports by the same years in one act, all or nothing.',
    headers: idempotent,
    body: { name: 'SupportRenewalRequest', schema: supportRenewalBody },
    answers: [{ status: 201, description: 'The days that were added to each.', shape: renewal }],
    problems: refusals,
    curl: `curl -X POST ${api}/support-renewals \\\n  ${key} ${json} \\\n  -d '{"support":["sup_00-northwind-zuid-1","sup_00-northwind-zuid-2"],"years":1}'`,
  },
  {
    id: 'addSupport',
    tag: 'Support',
    method: 'post',
    path: '/api/v1/licenses/{id}/support',
    summary: 'Add support',
    description: 'Gives a license that has none support from today, paid like an extension.',
    inPath: { id: 'The id of the license, `lic_…`.' },
    headers: idempotent,
    body: years,
    answers: [{ status: 201, description: 'The support.', shape: added }],
    problems: [...refusals, 'support-there'],
    curl: `curl -X POST ${api}/licenses/lic_00-tailspin-douro-3/support \\\n  ${key} ${json} \\\n  -d '{"years":1}'`,
  },
]
