import * as z from 'zod'
import { offerQuery } from '#src/api/offers.ts'
import { offerKinds, units } from '#src/domain/catalog/offer.ts'
import { listOf, money } from './common.ts'
import { type Operation, queryOf, type Shape } from './operation.ts'

const offer: Shape = {
  name: 'Offer',
  schema: z.strictObject({
    code: z.string().meta({ description: 'What an item of a quote names as its `offer`.' }),
    kind: z.enum(offerKinds).meta({ description: 'A license, or a year of its support.' }),
    product: z.string(),
    productName: z.string(),
    family: z.string(),
    edition: z.string(),
    editionName: z.string(),
    unit: z.enum(units),
    size: z
      .union([z.int(), z.literal('unlimited')])
      .nullable()
      .meta({ description: '`null` where it is sold by the unit, in any size.' }),
    perUnit: z.boolean(),
    sku: z.string().nullable(),
    per: z
      .enum(['once', 'month', 'year'])
      .nullable()
      .meta({ description: 'What a price pays for. By the `month` is paid from the balance, not with a quote.' }),
    tiers: z
      .array(z.strictObject({ from: z.int(), price: money.schema }))
      .meta({ description: 'What one costs from which quantity on; the quantity in the end counts for all.' }),
  }),
  example: {
    ...{ code: 'remote-support/standard/channel', kind: 'license', product: 'remote-support' },
    ...{ productName: 'Remote Support', family: 'remote-access', edition: 'standard', editionName: 'Standard' },
    ...{ unit: 'channel', size: null, perUnit: true, sku: 'S-STD', per: 'year' },
    tiers: [
      { from: 1, price: { minor: 24000, currency: 'EUR' } },
      { from: 5, price: { minor: 21600, currency: 'EUR' } },
    ],
  },
}

export const offerOperations: readonly Operation[] = [
  {
    id: 'listOffers',
    tag: 'Quotes',
    method: 'get',
    path: '/api/v1/offers',
    summary: 'List what is sold, with prices',
    description:
      'In the currency that the account paid in last, else in the vendor’s first one; a quote is in the same. One page holds all.',
    query: queryOf(offerQuery, { product: 'Of one product, by its code.' }),
    answers: [{ status: 200, description: 'The offers.', shape: listOf(offer) }],
    problems: ['invalid-query'],
    curl: "curl 'http://localhost:8787/api/v1/offers?product=remote-support' \\\n  -H 'Authorization: Bearer ptk_demo_fabrikam'",
  },
]
