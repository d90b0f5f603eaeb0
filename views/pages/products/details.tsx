import { isForServers, type OwnedProduct } from '#src/domain/products/product.ts'
import { Copyable } from '../../components/copyable.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { ProductLinks, type ProductMay, Use } from './card.tsx'

type Props = { frame: Frame; product: OwnedProduct; may: ProductMay }

/** One product: what is owned and used, its default key, where its licenses and servers are, how to get more. */
export const ProductPage = ({ frame, product, may }: Props) => (
  <Portal frame={frame} title={product.name}>
    <nav aria-label="Breadcrumb">
      <a href={paths.products}>Products</a> ›{' '}
      <a href={withQuery(paths.products, { family: product.family })}>{product.familyName}</a> › {product.name}
    </nav>
    <h1>{product.name}</h1>
    <div class="cards">
      <section class="card">
        <h2>{isForServers(product) ? 'Server licenses' : 'Licenses'}</h2>
        <Use {...product} sells={may.sells} />
        <ProductLinks product={product} may={may} />
      </section>
      {product.defaultKey && <DefaultKey {...product.defaultKey} name={product.name} />}
    </div>
    {!may.sells && <More {...product} supportEmail={may.supportEmail} />}
  </Portal>
)

/** The key that new servers take, to be copied. */
export const DefaultKey = ({ id, code, name }: { id: string; code: string; name: string }) => (
  <section class="card">
    <h2>Default activation key</h2>
    <p>
      <Copyable text={code} label={`the default key of ${name}`} />
    </p>
    <p class="soft">New servers activate {name} with it.</p>
    <a href={paths.activationKey(id)}>
      Show this key<span class="hide"> of {name}</span>
    </a>
  </section>
)

const More = ({ name, managedBy, supportEmail }: OwnedProduct & { supportEmail: string }) => {
  const sales = <a href={`mailto:${supportEmail}?subject=${encodeURIComponent(name)}`}>{supportEmail}</a>
  return (
    <section id="billing">
      <h2>{managedBy === 'sales' ? 'Licenses and billing cycle' : 'More licenses'}</h2>
      <p>
        {managedBy === 'sales' ? (
          <>
            The number of licenses, the quota and the billing cycle of {name} are changed by our sales team: write to{' '}
            {sales} and say how many you need and from when.
          </>
        ) : (
          <>
            Do you need more of {name}, or fewer? Write to {sales} and say how many.
          </>
        )}
      </p>
    </section>
  )
}
