import { isForServers, type OwnedProduct, productCap } from '#src/domain/products/product.ts'
import { LicenseGauge } from '../../components/license-gauge.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped } from '../../words.ts'

/** Where a reader may go from a product, and whom they ask for more of it. */
export type ProductMay = {
  readonly keys: boolean
  readonly servers: boolean
  readonly sells: boolean
  readonly buys: boolean
  readonly supportEmail: string
}

type Props = { readonly product: OwnedProduct; readonly may: ProductMay }

/** A product on the dashboard: what is owned and used of it, and where to go (R169). */
export const ProductCard = ({ product, may }: Props) => (
  <section class="card">
    <h3>
      <a href={paths.product(product.code)}>{product.name}</a>
    </h3>
    <Use {...product} sells={may.sells} />
    <ProductLinks product={product} may={may} />
  </section>
)

/** What of a product is owned and used. */
export const Use = (product: OwnedProduct & { readonly sells: boolean }) => {
  const { name, licenses, missingSupport, serverLicenses, activeServers, servers, sells } = product
  if (!isForServers(product)) return <LicenseCounts licenses={licenses} missingSupport={missingSupport} />
  if (!sells) return <LicenseGauge used={activeServers} owned={serverLicenses} label={name} />
  return (
    <p>
      <b>{capped(servers, productCap)}</b> {servers === 1 ? 'server' : 'servers'} of accounts below
    </p>
  )
}

const LicenseCounts = ({ licenses, missingSupport }: Pick<OwnedProduct, 'licenses' | 'missingSupport'>) => (
  <>
    <p>
      <b>{capped(licenses, productCap)}</b> {licenses === 1 ? 'license' : 'licenses'}
    </p>
    {missingSupport > 0 && <p class="due">{capped(missingSupport, productCap)} without Update and Support Services</p>}
  </>
)

/** The family decides which links a card shows (R172). */
export const ProductLinks = ({ product, may }: Props) => {
  const { code, name, managedBy, missingSupport } = product
  const of = <span class="hide"> of {name}</span>
  if (!isForServers(product)) {
    return (
      <>
        <a href={withQuery(paths.licenses, { product: code })}>Show licenses{of}</a>
        {missingSupport > 0 && (
          <a href={withQuery(paths.licenses, { product: code, support: 'missing' })}>Show those without support{of}</a>
        )}
      </>
    )
  }
  return (
    <>
      {managedBy === 'sales' && !may.sells && (
        <a href={`${paths.product(code)}#billing`}>Manage licenses and billing cycle{of}</a>
      )}
      {may.servers && <a href={withQuery(paths.computers, { product: code })}>Manage servers{of}</a>}
      {may.keys && <a href={withQuery(paths.activationKeys, { product: code })}>Manage activation keys{of}</a>}
    </>
  )
}
