import type { CatalogLine, CatalogProduct, ListedOffer } from '#src/domain/catalog/catalog.ts'
import { offerDetail } from '#src/domain/catalog/catalog-offer.ts'
import type { Unit } from '#src/domain/catalog/offer.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'

/** What stands in the fields, by offer, and of which offers the cart holds some. */
type Cart = { readonly typed: ReadonlyMap<string, string>; readonly holds: readonly string[] }

type Props = {
  frame: Frame
  products: readonly CatalogProduct[]
  currency: string
  /** `null` for whoever looks and does not buy here. */
  cart: Cart | null
  errors: readonly FieldError[]
}

/** What is sold, product by product, with prices and tiers (R35). */
export const CatalogPage = ({ frame, products, currency, cart, errors }: Props) => (
  <Portal frame={frame} title="Catalog" error={errors.length > 0}>
    <header>
      <h1>Purchase licenses</h1>
      <p class="soft">
        Prices in {currency}, before the tax of your country. What you choose waits in{' '}
        {cart ? <a href={paths.cart}>your cart</a> : 'a cart'} until you pay.
      </p>
    </header>
    <ErrorSummary errors={errors} />
    {products.length === 0 && <p class="card">Nothing is sold in {currency} right now.</p>}
    {products.map((product) => (
      <Product product={product} currency={currency} cart={cart} errors={errors} />
    ))}
  </Portal>
)

const ways: Record<Unit, string> = {
  user: 'A license is yours for good. A year of support brings updates and fixes; choose it in the cart.',
  workstation: 'One license for as many as you need, paid by the year, with support.',
  channel: 'A subscription for a year. A channel is a session: as many run at the same time as you have channels.',
  server: 'Paid by the month from your balance, for the servers in use. Write to us for more licenses.',
}

type ProductProps = Pick<Props, 'currency' | 'cart' | 'errors'> & { product: CatalogProduct }

const Product = ({ product, currency, cart, errors }: ProductProps) => {
  const hasSupport = product.lines.some(({ offer, support }) => support && !offer.perUnit)
  const sells = cart !== null && product.unit !== 'server'
  return (
    <section id={product.code}>
      <h2>{product.name}</h2>
      <p class="soft">{ways[product.unit]}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">License</th>
            <th scope="col">Price</th>
            {hasSupport && <th scope="col">Year of support</th>}
            {sells && <th scope="col">How many</th>}
          </tr>
        </thead>
        <tbody>
          {product.lines.map((line) => (
            <tr>
              <th scope="row">{offerDetail(line.offer)}</th>
              <td data-label="Price">
                <Tiers offer={line.offer} currency={currency} />
              </td>
              {hasSupport && <td data-label="Year of support">{supportOf(line, currency)}</td>}
              {sells && (
                <td data-label="How many">
                  <Add offer={line.offer} cart={cart} errors={errors} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const periods = { once: '', month: ' a month', year: ' a year' } as const

const Tiers = ({ offer, currency }: { offer: ListedOffer; currency: string }) => {
  const { tiers, per, perUnit } = offer
  const price = (minor: number) => `${moneyInWords({ minor, currency })}${periods[per ?? 'once']}`
  return (
    <>
      {tiers.map(({ minQuantity, unitMinor }) => (
        <div>
          <span class="mono">{price(unitMinor)}</span>
          {perUnit && ' each'}
          {minQuantity > 1 && `, from ${minQuantity} on`}
        </div>
      ))}
    </>
  )
}

function supportOf({ support }: CatalogLine, currency: string) {
  const [first] = support?.tiers ?? []
  return first ? (
    <span class="mono">{moneyInWords({ minor: first.unitMinor, currency })}</span>
  ) : (
    <span class="soft">None</span>
  )
}

const Add = ({ offer, cart, errors }: { offer: ListedOffer; cart: Cart; errors: readonly FieldError[] }) => {
  const id = quantityId(offer.code)
  const isThere = cart.holds.includes(offer.code)
  const what = `${offer.productName} ${offerDetail(offer)}`
  return (
    <form method="post" action={paths.cartItems} novalidate {...hx({ disable: 'find button' })}>
      <FieldProblem errors={errors} name={id} />
      <div class="row">
        <input type="hidden" name="offer" value={offer.code} />
        <input
          id={id}
          type="text"
          name="quantity"
          value={cart.typed.get(offer.code) ?? '1'}
          inputmode="numeric"
          size={4}
          autocomplete="off"
          {...described({ errors, name: id })}
        />
        <label for={id}>
          {offer.perUnit ? `${offer.unit}s` : 'licenses'}
          <span class="hide"> of {what}</span>
        </label>
        <button type="submit">
          {isThere ? 'Change' : 'Add to cart'}
          <span class="hide"> {what}</span>
        </button>
        {isThere && <a href={paths.cart}>In your cart</a>}
      </div>
    </form>
  )
}

/** The field that says how many of an offer. */
export const quantityId = (offer: string): string => `quantity-${offer.replaceAll('/', '-')}`
