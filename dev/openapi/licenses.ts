import * as z from 'zod'
import { licenseEditBody, licenseQuery, licenseUpgradeBody } from '#src/api/licenses.ts'
import { units } from '#src/domain/catalog/offer.ts'
import { licenseKinds } from '#src/domain/licenses/license.ts'
import { supportStatuses } from '#src/domain/support/support.ts'
import { day, instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_northwind'"
const one = 'http://localhost:8787/api/v1/licenses/lic_00-northwind-jansen-1'

export const license: Shape = {
  name: 'License',
  schema: z.strictObject({
    id: z.string(),
    serial: z.string(),
    product: z.string().meta({ description: 'The code of the product.' }),
    edition: z.string().meta({ description: 'The code of the edition.' }),
    size: z
      .union([z.int().positive(), z.literal('unlimited')])
      .meta({ description: 'How many of its unit it is for.' }),
    unit: z.enum(units),
    kind: z.enum(licenseKinds),
    endsOn: day.nullable().meta({ description: 'The last day of a trial or subscription; `null` never ends.' }),
    orderReference: z.string().nullable(),
    activationKey: z.string().nullable(),
    supportEndsOn: day.nullable().meta({ description: 'The last day of support.' }),
    supportStatus: z.enum(supportStatuses),
    comment: z.string(),
    email: z.string().meta({ description: 'The end customer’s; empty where there is none.' }),
    computer: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    createdAt: instant,
  }),
  example: {
    id: 'lic_00-northwind-jansen-1',
    serial: 'S-7K2M9-QX4TD',
    product: 'remote-access',
    edition: 'pro',
    size: 10,
    unit: 'user',
    kind: 'permanent',
    endsOn: null,
    orderReference: null,
    activationKey: 'BAKK-ER1J-JANS-2B00',
    supportEndsOn: '2026-08-27',
    supportStatus: 'valid',
    comment: 'Hoofdvestiging',
    email: 'info@bakkerij-jansen.example',
    computer: { id: 'com_00-kassa-1', name: 'KASSA-1' },
    createdAt: '2025-08-28T10:00:00.000Z',
  },
}

const edit: Shape = { name: 'LicenseEdit', schema: licenseEditBody }
const inPath = { id: 'The id of the license, `lic_…`.' }

export const licenseOperations: readonly Operation[] = [
  {
    id: 'listLicenses',
    tag: 'Licenses',
    method: 'get',
    path: '/api/v1/licenses',
    summary: 'List licenses',
    description: 'Licenses of the account of the key and of all accounts below it.',
    query: queryOf(licenseQuery, {
      q: 'Finds by serial number, order, activation key, e-mail, computer, product or comment. Best finds first.',
      product: 'Only of this product, by its code.',
      support: 'Only where support is missing, was never there, or ends within so many days. Sorted by its end.',
      only: 'Only trials, only trials that end within 14 days, or only what runs on no computer.',
      sort: 'By the day bought or by the end of support; a minus turns it round. A search has an order of its own.',
      account: 'Only of this account below and of all accounts below it, by its id.',
      ...pageWords,
    }),
    answers: [
      { status: 200, description: 'A page of licenses.', shape: listOf(license), csv: true, headers: ['Link'] },
    ],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl 'http://localhost:8787/api/v1/licenses?support=ending-30&limit=5' \\\n  ${key}`,
  },
  {
    id: 'findLicense',
    tag: 'Licenses',
    method: 'get',
    path: '/api/v1/licenses/{id}',
    summary: 'Read a license',
    description:
      'With an `ETag`. Whoever polls sends it back as `If-None-Match` and is told 304 while nothing changed.',
    inPath,
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The license.', shape: license, headers: ['ETag'] },
      { status: 304, description: 'Nothing changed.', headers: ['ETag'] },
    ],
    problems: ['not-found'],
    curl: `curl ${one} \\\n  ${key}`,
  },
  {
    id: 'editLicense',
    tag: 'Licenses',
    method: 'patch',
    path: '/api/v1/licenses/{id}',
    summary: 'Edit a license',
    description:
      'Changes the comment, the end customer’s e-mail, or both; what is left out stays. Of several edits of one version the first wins.',
    inPath,
    headers: ['If-Match'],
    body: edit,
    answers: [{ status: 200, description: 'The license as it is now.', shape: license, headers: ['ETag'] }],
    problems: ['not-found', 'precondition-required', 'version-mismatch', 'invalid-request'],
    curl: `curl -X PATCH ${one} \\\n  ${key} \\\n  -H 'Content-Type: application/json' -H 'If-Match: *' \\\n  -d '{"comment":"Front desk"}'`,
  },
  {
    id: 'deleteLicense',
    tag: 'Licenses',
    method: 'delete',
    path: '/api/v1/licenses/{id}',
    summary: 'Delete a license',
    description:
      'Only sellers, and only a license that was never activated and was not bought in the shop. Its credits return to the account that paid.',
    inPath,
    headers: ['If-Match?'],
    answers: [{ status: 204, description: 'It is gone.' }],
    problems: ['not-found', 'license-in-use', 'license-bought', 'version-mismatch'],
    curl: `curl -X DELETE http://localhost:8787/api/v1/licenses/lic_00-northwind-atelier-1 \\\n  ${key}`,
  },
  {
    id: 'upgradeLicense',
    tag: 'Licenses',
    method: 'post',
    path: '/api/v1/licenses/{id}/upgrades',
    summary: 'Upgrade a license',
    description:
      'Gives it more users or a higher edition; what is left out stays. The account that owns it pays a credit of the new offer and gets one of the old back, and so for each started year of support that is left.',
    inPath,
    headers: ['Idempotency-Key'],
    body: { name: 'LicenseUpgrade', schema: licenseUpgradeBody },
    answers: [{ status: 201, description: 'The license as it is now.', shape: license, headers: ['ETag'] }],
    problems: [
      ...(['not-found', 'license-bought', 'not-an-upgrade', 'offer-withdrawn', 'product-not-given'] as const),
      ...(['insufficient-credits', 'version-mismatch', 'invalid-request', 'idempotency-key-reused'] as const),
    ],
    curl: `curl -X POST ${one}/upgrades \\\n  ${key} \\\n  -H 'Content-Type: application/json' \\\n  -d '{"size":25}'`,
  },
]
