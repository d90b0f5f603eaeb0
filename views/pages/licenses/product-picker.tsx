import type { GivenProduct } from '#src/domain/licenses/assignment.ts'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'

/** The products that can be assigned to a key, each with the credits there are (R102 R110). */
export const ProductPicker = ({ keyId, products }: { keyId: string; products: readonly GivenProduct[] }) =>
  products.length === 0 ? (
    <p class="card">No product was given to this account yet. Ask whoever gives you credits to add one.</p>
  ) : (
    <nav class="row" aria-label="Products">
      {products.map((product) => (
        <div class="card">
          <a href={withQuery(paths.newLicense(keyId), { product: product.code })}>{product.name}</a>
          <br />
          <small>
            {counted(product.licenseCredits, 'credit')} for licenses, {product.supportCredits} for years of support
          </small>
        </div>
      ))}
    </nav>
  )
