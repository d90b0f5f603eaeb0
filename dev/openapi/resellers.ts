import * as z from 'zod'
import { creditsBody, emptyBody, resellerBody, resellerEditBody, resellerQuery } from '#src/api/resellers.ts'
import { resellerStates } from '#src/domain/accounts/reseller.ts'
import { instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_northwind'"
const json = "-H 'Content-Type: application/json'"
const all = 'http://localhost:8787/api/v1/resellers'
const one = `${all}/acc_00-tailspin`

const reseller: Shape = {
  name: 'Reseller',
  schema: z.strictObject({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    email: z.string(),
    kind: z.enum(['partner', 'reseller']),
    parent: z.string().nullable().meta({ description: 'Who made it, where that is not the account of the key.' }),
    products: z.array(z.string()).meta({ description: 'Codes of the products it was given.' }),
    state: z.enum(resellerStates).meta({ description: '`suspended-above`: an account between is suspended.' }),
    credits: z.int().meta({ description: 'Credits of all offers together.' }),
    licenses: z.int().meta({ description: 'Its licenses and those below it, counted up to 101.' }),
    lastSignInAt: instant.nullable(),
    createdAt: instant,
  }),
  example: {
    id: 'acc_00-tailspin',
    login: 'tailspin',
    name: 'Tailspin',
    email: 'sales@tailspin.example',
    kind: 'reseller',
    parent: null,
    products: ['advanced-security', 'remote-access'],
    state: 'active',
    credits: 7,
    licenses: 8,
    lastSignInAt: '2026-08-19T05:30:00.000Z',
    createdAt: '2024-09-15T09:30:00.000Z',
  },
}

const balance: Shape = {
  name: 'CreditBalance',
  schema: z.strictObject({ balance: z.int().meta({ description: 'What the seller has of the offer now.' }) }),
  example: { balance: 5 },
}

const creation: Shape = { name: 'ResellerCreation', schema: resellerBody }
const edit: Shape = { name: 'ResellerEdit', schema: resellerEditBody }
const credits: Shape = { name: 'Credits', schema: creditsBody }
const nothing: Shape = { name: 'Nothing', schema: emptyBody }
const inPath = { id: 'The id of the seller’s account, `acc_…`.' }
const idempotent = ['Idempotency-Key'] as const

export const resellerOperations: readonly Operation[] = [
  {
    id: 'listResellers',
    tag: 'Resellers',
    method: 'get',
    path: '/api/v1/resellers',
    summary: 'List resellers',
    description: 'Sellers below the account of the key, to any depth. Below the vendor stand partners.',
    query: queryOf(resellerQuery, {
      q: 'Finds by name, login or e-mail.',
      only: 'Only those directly below, those suspended, or those with an offer low on credits.',
      sort: 'By login; a minus turns it round.',
      ...pageWords,
    }),
    answers: [
      { status: 200, description: 'A page of resellers.', shape: listOf(reseller), csv: true, headers: ['Link'] },
    ],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl '${all}?only=direct' \\\n  ${key}`,
  },
  {
    id: 'createReseller',
    tag: 'Resellers',
    method: 'post',
    path: '/api/v1/resellers',
    summary: 'Make a reseller',
    description:
      'Makes an account below that of the key and mails its login, the address and a link that sets the password. Products are among those the account of the key was given.',
    headers: idempotent,
    body: creation,
    answers: [{ status: 201, description: 'The reseller.', shape: reseller }],
    problems: ['invalid-request', 'login-taken', 'email-taken', 'product-not-given', 'idempotency-key-reused'],
    curl: `curl -X POST ${all} \\\n  ${key} \\\n  ${json} \\\n  -d '{"login":"adatum","email":"sales@adatum.example","products":["remote-access"]}'`,
  },
  {
    id: 'findReseller',
    tag: 'Resellers',
    method: 'get',
    path: '/api/v1/resellers/{id}',
    summary: 'Read a reseller',
    description: 'With an `ETag`. Whoever polls sends it back as `If-None-Match`.',
    inPath,
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The reseller.', shape: reseller, headers: ['ETag'] },
      { status: 304, description: 'Nothing changed.', headers: ['ETag'] },
    ],
    problems: ['not-found'],
    curl: `curl ${one} \\\n  ${key}`,
  },
  {
    id: 'editReseller',
    tag: 'Resellers',
    method: 'patch',
    path: '/api/v1/resellers/{id}',
    summary: 'Edit a reseller',
    description:
      'Changes name, e-mail, products; what is left out stays. The e-mail of its master login goes along, and both addresses are told once that login was in use. Products taken away are taken from all below it too; licenses stay.',
    inPath,
    headers: ['If-Match'],
    body: edit,
    answers: [{ status: 200, description: 'The reseller as it is now.', shape: reseller, headers: ['ETag'] }],
    problems: [
      ...(['not-found', 'precondition-required', 'version-mismatch', 'invalid-request'] as const),
      ...(['email-taken', 'product-not-given'] as const),
    ],
    curl: `curl -X PATCH ${one} \\\n  ${key} \\\n  ${json} -H 'If-Match: *' \\\n  -d '{"name":"Tailspin Toys"}'`,
  },
  {
    id: 'giveCredits',
    tag: 'Resellers',
    method: 'post',
    path: '/api/v1/resellers/{id}/credits',
    summary: 'Give credits',
    description: 'What the account of the key gives the reseller receives, in one write. The vendor grants.',
    inPath,
    headers: idempotent,
    body: credits,
    answers: [{ status: 201, description: 'They are given.', shape: balance }],
    problems: [
      ...(['not-found', 'invalid-request', 'insufficient-credits', 'offer-withdrawn'] as const),
      ...(['product-not-given', 'idempotency-key-reused'] as const),
    ],
    curl: `curl -X POST ${one}/credits \\\n  ${key} \\\n  ${json} \\\n  -d '{"offer":"remote-access/pro/10","quantity":2}'`,
  },
  {
    id: 'takeBackCredits',
    tag: 'Resellers',
    method: 'post',
    path: '/api/v1/resellers/{id}/credit-returns',
    summary: 'Take credits back',
    description: 'Unspent credits of the reseller return to the account of the key.',
    inPath,
    headers: idempotent,
    body: credits,
    answers: [{ status: 201, description: 'They are back.', shape: balance }],
    problems: ['not-found', 'invalid-request', 'insufficient-credits', 'idempotency-key-reused'],
    curl: `curl -X POST ${one}/credit-returns \\\n  ${key} \\\n  ${json} \\\n  -d '{"offer":"remote-access/pro/10","quantity":1}'`,
  },
  {
    id: 'suspendReseller',
    tag: 'Resellers',
    method: 'post',
    path: '/api/v1/resellers/{id}/suspensions',
    summary: 'Suspend a reseller',
    description: 'From the next request on it and all below it are let in no more, by password or by key.',
    inPath,
    headers: idempotent,
    body: nothing,
    answers: [{ status: 201, description: 'The reseller as it is now.', shape: reseller, headers: ['ETag'] }],
    problems: ['not-found', 'invalid-request', 'idempotency-key-reused'],
    curl: `curl -X POST ${all}/acc_00-litware/suspensions \\\n  ${key}`,
  },
  {
    id: 'resumeReseller',
    tag: 'Resellers',
    method: 'post',
    path: '/api/v1/resellers/{id}/resumptions',
    summary: 'Resume a reseller',
    description: 'It and all below it are let in again, but for those suspended themselves.',
    inPath,
    headers: idempotent,
    body: nothing,
    answers: [{ status: 201, description: 'The reseller as it is now.', shape: reseller, headers: ['ETag'] }],
    problems: ['not-found', 'invalid-request', 'idempotency-key-reused'],
    curl: `curl -X POST ${all}/acc_00-litware/resumptions \\\n  ${key}`,
  },
]
