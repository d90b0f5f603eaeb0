import * as z from 'zod'
import { creditEntryQuery, creditQuery } from '#src/api/credits.ts'
import { creditReasons } from '#src/domain/credits/credit.ts'
import { instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_northwind'"

const credit: Shape = {
  name: 'Credit',
  schema: z.strictObject({
    offer: z.string().meta({ description: '`product/edition/size`, and for years of support `…/support`.' }),
    product: z.string(),
    edition: z.string(),
    size: z
      .union([z.int().positive(), z.literal('unlimited')])
      .meta({ description: '1 where one credit stands for one of the product’s unit.' }),
    balance: z.int(),
  }),
  example: { offer: 'remote-access/pro/10', product: 'remote-access', edition: 'pro', size: 10, balance: 87 },
}

const entry: Shape = {
  name: 'CreditEntry',
  schema: z.strictObject({
    id: z.string(),
    at: instant,
    offer: z.string(),
    amount: z.int().meta({ description: 'Negative where credits went.' }),
    reason: z.enum(creditReasons),
    balanceAfter: z.int().nullable(),
    otherAccount: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    license: z.string().nullable().meta({ description: 'The license it was spent on, while there is one.' }),
    actor: z.string().nullable().meta({ description: 'The login that did it, if it is of the account or below.' }),
  }),
  example: {
    id: 'cre_00-00042',
    at: '2024-09-20T09:45:00.000Z',
    offer: 'remote-access/pro/10',
    amount: -5,
    reason: 'given',
    balanceAfter: 87,
    otherAccount: { id: 'acc_00-tailspin', name: 'Tailspin' },
    license: null,
    actor: 'Your login',
  },
}

const account = 'Of this account below, by its id; without it of the account of the key.'

export const creditOperations: readonly Operation[] = [
  {
    id: 'listCredits',
    tag: 'Credits',
    method: 'get',
    path: '/api/v1/credits',
    summary: 'List credits',
    description: 'What is held of each offer, by the offer’s code.',
    query: queryOf(creditQuery, { account, ...pageWords }),
    answers: [{ status: 200, description: 'A page of credits.', shape: listOf(credit), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl http://localhost:8787/api/v1/credits \\\n  ${key}`,
  },
  {
    id: 'listCreditEntries',
    tag: 'Credits',
    method: 'get',
    path: '/api/v1/credit-entries',
    summary: 'List the ledger',
    description: 'Every credit that came or went, newest first. Lines are never changed or deleted.',
    query: queryOf(creditEntryQuery, {
      account,
      offer: 'Only of this offer, by its code.',
      reason: 'Only what was granted, given, received, spent, returned or taken back.',
      ...pageWords,
    }),
    answers: [{ status: 200, description: 'A page of lines.', shape: listOf(entry), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl 'http://localhost:8787/api/v1/credit-entries?reason=given&limit=5' \\\n  ${key}`,
  },
]
