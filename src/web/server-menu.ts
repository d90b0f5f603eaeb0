import type { Actor } from '#src/domain/accounts/actor.ts'
import { type Act, allows } from '#src/domain/accounts/acts.ts'
import type { ServerProduct } from '#src/domain/products/product.ts'
import type { MenuEntry } from '#views/layouts/portal.tsx'
import { paths, withQuery } from '#views/paths.ts'

type Kind = {
  readonly label: string
  readonly act: Act
  /** What leads to all products of a family together. */
  readonly all?: string
  href(products: readonly string[]): string
}

/** What a family has for each of its products (R193). */
const kinds: readonly Kind[] = [
  {
    label: 'Activation keys',
    act: 'activation-key.read',
    href: ([product]) => withQuery(paths.activationKeys, { product }),
  },
  {
    label: 'Servers',
    act: 'computer.read',
    all: 'All products',
    href: (products) => withQuery(paths.computers, { product: products.join(',') }),
  },
]

/** An entry for each family of products for servers, with what its products have below it. */
export function familiesIn(actor: Actor): readonly MenuEntry[] {
  const families = Map.groupBy(actor.serverProducts, ({ family }) => family)
  const allowed = kinds.filter(({ act }) => allows(actor, act))
  return [...families].map(([family, products]) => ({
    href: withQuery(paths.products, { family }),
    label: products[0]?.familyName ?? family,
    entries: allowed.map((kind) => entryOf(kind, products)),
  }))
}

/** One product's entry leads there; those of several fold out. */
function entryOf({ label, href, all }: Kind, products: readonly ServerProduct[]): MenuEntry {
  const [only, ...more] = products
  if (only && more.length === 0) return { href: href([only.code]), label }
  const together = all ? [{ href: href(products.map(({ code }) => code)), label: all }] : []
  return { label, entries: [...together, ...products.map(({ code, name }) => ({ href: href([code]), label: name }))] }
}
