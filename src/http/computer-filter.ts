import * as z from 'zod'
import {
  type ComputerFilter,
  computerSorts,
  type SeenFilter,
  seenPattern,
  settled,
} from '#src/domain/computers/filter.ts'
import { account, choice, day, optional, queryOf, refuseTurned, search } from './filters.ts'

const codes = z
  .string()
  .regex(/^[a-z0-9-]{1,64}(?:,[a-z0-9-]{1,64}){0,9}$/, 'Write codes of at most ten products, with commas between them')

/** Which computers. */
export const computerFilterSchema = z.object({
  q: search,
  product: optional(codes),
  group: optional(z.string().max(60, 'Not the id or the name of a group')),
  key: optional(z.string().max(64, 'Not the id or the code of a key')),
  seen: optional(
    z.string().regex(seenPattern, 'Write never, stale, older-30 or within-7 (days; within-12h for hours)'),
  ),
  from: optional(day),
  to: optional(day),
  account: optional(account),
  sort: optional(choice(computerSorts)).transform((sort) => sort ?? 'name'),
})

/** The filter of a list of computers out of its query. */
export function computersBy({ product, ...query }: z.output<typeof computerFilterSchema>): ComputerFilter {
  refuseTurned(query)
  const products = [...new Set(product?.split(',') ?? [])]
  return settled({ ...query, products, seen: query.seen as SeenFilter | null })
}

/** The same of a page's query, in which a product may stand several times. */
export const computerFilterOf = (query: Record<string, string>, products: readonly string[]): ComputerFilter =>
  computersBy(queryOf(computerFilterSchema, { ...query, product: products.filter(Boolean).join(',') }))
