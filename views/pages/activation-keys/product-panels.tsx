import { LicenseGauge } from '../../components/license-gauge.tsx'
import { hx } from '../../hx.ts'
import { paths, withQuery } from '../../paths.ts'
import { DefaultKey } from '../products/details.tsx'
import type { KeyListProps, ListedProduct } from './props.ts'

type Props = { product: ListedProduct; may: KeyListProps['may']; request: string }

/** Above the keys of a product: its default key, how many server licenses are used, and a new key (R208 to R211). */
export const ProductPanels = ({ product, may, request }: Props) => (
  <>
    <div class="cards">
      {product.defaultKey && <DefaultKey {...product.defaultKey} name={product.name} />}
      <section class="card">
        <h2>Server licenses</h2>
        <LicenseGauge used={product.activeServers} owned={product.serverLicenses} label={product.name} />
      </section>
    </div>
    {may.create && <NewKey product={product} request={request} />}
  </>
)

/** A key is made by itself; whoever wants it limited, named or several fills in the form. */
const NewKey = ({ product, request }: { product: ListedProduct; request: string }) => (
  <form class="row" method="post" action={paths.activationKeys} {...hx({ disable: 'find button' })}>
    <input type="hidden" name="request" value={request} />
    <input type="hidden" name="product" value={product.code} />
    <button type="submit" class="main" name="generate" value="yes">
      {product.defaultKey ? 'Generate new activation key' : 'Create activation key'}
    </button>
    <a href={withQuery(paths.newActivationKey, { product: product.code })}>Several, or one with limits</a>
  </form>
)
