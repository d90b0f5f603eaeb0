import * as z from 'zod'
import { productCap } from '#src/domain/products/product.ts'
import { listOf } from './common.ts'
import type { Operation, Shape } from './operation.ts'

const product: Shape = {
  name: 'Product',
  schema: z.strictObject({
    code: z.string(),
    name: z.string(),
    family: z.string().meta({ description: 'Products that share a menu.' }),
    unit: z.enum(['user', 'workstation', 'channel', 'server']),
    licenses: z.int().meta({ description: `Licenses of the account and below, counted up to ${productCap}.` }),
    missingSupport: z.int().meta({ description: 'Of those, permanent ones whose support has ended or never began.' }),
    serverLicenses: z
      .int()
      .nullable()
      .meta({ description: 'How many servers the account may run; `null` is no limit.' }),
    activeServers: z.int().meta({ description: 'How many it runs.' }),
    servers: z.int().meta({ description: `Servers of the account and below, counted up to ${productCap}.` }),
    defaultActivationKey: z.strictObject({ id: z.string(), code: z.string() }).nullable(),
  }),
  example: {
    code: 'live-patching',
    name: 'Live Patching',
    family: 'live-patching',
    unit: 'server',
    licenses: 0,
    missingSupport: 0,
    serverLicenses: 50,
    activeServers: 42,
    servers: 42,
    defaultActivationKey: { id: 'key_00-fabrikam-live', code: 'FABR-1K4M-PATC-7H0G' },
  },
}

export const productOperations: readonly Operation[] = [
  {
    id: 'listProducts',
    tag: 'Products',
    method: 'get',
    path: '/api/v1/products',
    summary: 'List products',
    description: 'What the account was given or has anything of, with what is owned and used. One page holds all.',
    answers: [{ status: 200, description: 'The products.', shape: listOf(product) }],
    problems: [],
    curl: "curl http://localhost:8787/api/v1/products \\\n  -H 'Authorization: Bearer ptk_demo_fabrikam'",
  },
]
