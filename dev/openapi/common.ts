import * as z from 'zod'
import { words } from '#src/api/problem-words.ts'
import type { Shape } from './operation.ts'

export const instant = z.iso.datetime()
export const day = z.iso.date()

export const money: Shape = {
  name: 'Money',
  schema: z
    .strictObject({ minor: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) })
    .meta({ description: 'An amount in minor units of an ISO 4217 currency: 15224 EUR is EUR 152.24.' }),
}

/** A page of a list. */
export const listOf = (shape: Shape): Shape => ({
  name: `${shape.name}List`,
  schema: z.strictObject({ data: z.array(shape.schema), nextCursor: z.string().nullable() }),
  example: { data: [shape.example], nextCursor: null },
})

const codes = Object.keys(words) as [keyof typeof words, ...(keyof typeof words)[]]

/** What every problem says; some add facts of their own. */
export const problem: Shape = {
  name: 'Problem',
  schema: z.looseObject({
    type: z.url().meta({ description: 'Where the problem is explained.' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes).meta({ description: 'Stable: switch on this.' }),
    detail: z.string(),
    requestId: z
      .string()
      .meta({ description: 'The same as the header `X-Request-Id`; give it when you ask for help.' }),
    errors: z
      .array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: 'Field by field: a JSON pointer into the body, or the name of a parameter.' }),
  }),
}
