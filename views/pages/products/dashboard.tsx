import type { OwnedProduct } from '#src/domain/products/product.ts'
import { Purchases } from '../../components/buying.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { ProductCard, type ProductMay } from './card.tsx'

type Props = {
  frame: Frame
  /** All of them, or one family's. */
  products: readonly OwnedProduct[]
  /** The one family that is looked at. */
  family: string | null
  may: ProductMay
}

/** My products: a card for each, by family. Of one family: its types of license (R169 R188 R190). */
export const ProductsPage = ({ frame, products, family, may }: Props) => {
  const families = [...Map.groupBy(products, (one) => one.family).values()]
  const name = products[0]?.familyName
  const title = family && name ? `${name}: server license types` : may.sells ? 'Products' : 'My products'
  return (
    <Portal frame={frame} title={title}>
      {family && (
        <nav aria-label="Breadcrumb">
          <a href={paths.products}>Products</a> › {name}
        </nav>
      )}
      <h1>{title}</h1>
      {may.buys && <Purchases renews={false} />}
      {products.length === 0 && <Nothing {...may} />}
      {families.map((shown) => (
        <Family products={shown} alone={family !== null} may={may} />
      ))}
    </Portal>
  )
}

const Family = ({ products, alone, may }: { products: readonly OwnedProduct[]; alone: boolean; may: ProductMay }) => (
  <section>
    <h2 class={alone || (products[0]?.name === products[0]?.familyName && products.length === 1) ? 'hide' : ''}>
      <a href={withQuery(paths.products, { family: products[0]?.family })}>{products[0]?.familyName}</a>
    </h2>
    <div class="cards">
      {products.map((product) => (
        <ProductCard product={product} may={may} />
      ))}
    </div>
  </section>
)

const Nothing = ({ supportEmail }: ProductMay) => (
  <p class="card">
    No product yet: each appears here as soon as it is bought. Questions? Write to{' '}
    <a href={`mailto:${supportEmail}`}>{supportEmail}</a>.
  </p>
)
