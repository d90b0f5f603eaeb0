import { asc, isNull } from 'drizzle-orm'
import { build, compile } from './query.ts'
import { products } from './schema/catalog.ts'

const sold = compile(
  build
    .select({ code: products.code, name: products.name })
    .from(products)
    .where(isNull(products.withdrawnAt))
    .orderBy(asc(products.position)),
)

/** The products that are sold, in the catalog's order. */
export const listProducts = () => sold()
