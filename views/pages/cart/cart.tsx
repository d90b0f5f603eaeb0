import { mostSupportYears, type TypedItem } from '#src/domain/carts/cart.ts'
import { type CatalogOffer, offerDetail } from '#src/domain/catalog/catalog-offer.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { QuoteLines } from '../../components/quote-lines.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'
import type { PaidCost } from '../quotes/upgrade.tsx'

/** An offer in the cart, with what stands in its fields. */
export type CartRow = CatalogOffer & {
  readonly typed: TypedItem
  /** Whether years of support are bought with it. */
  readonly hasSupport: boolean
}

type Props = {
  frame: Frame
  rows: readonly CartRow[]
  request: string
  cost: PaidCost
  errors: readonly FieldError[]
}

/** What an account is about to buy: how many of each, the total as it changes, and a quote of exactly that (R35). */
export const CartPage = ({ frame, rows, request, cost, errors }: Props) => (
  <Portal frame={frame} title="Cart" error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.catalog}>Catalog</a> › Cart
    </nav>
    <h1>Your cart</h1>
    <ErrorSummary errors={errors} />
    {rows.length === 0 ? (
      <section class="card">
        <p>Your cart is empty.</p>
        <p>
          <a href={paths.catalog}>Choose licenses in the catalog</a>
        </p>
      </section>
    ) : (
      <>
        <Items rows={rows} request={request} errors={errors} />
        <CartCost cost={cost} />
        {rows.map((row, i) => (
          <form id={`removal-${i}`} method="post" action={paths.cartRemovals} hidden>
            <input type="hidden" name="offer" value={row.code} />
          </form>
        ))}
      </>
    )}
  </Portal>
)

const Items = ({ rows, request, errors }: Pick<Props, 'rows' | 'request' | 'errors'>) => (
  <form method="post" action={paths.cartQuotes} novalidate {...hx({ disable: 'find button' })}>
    <input type="hidden" name="request" value={request} />
    <section>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">How many</th>
            <th scope="col">Support</th>
            <th scope="col">Actions</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <Item row={row} at={`items/${i}`} removal={`removal-${i}`} errors={errors} />
          ))}
        </tbody>
      </table>
      <p class="row">
        <button type="submit" class="main">
          Continue to the quote
        </button>
        <button type="submit" formaction={paths.cartItems}>
          Show the total
        </button>
        <a class="button" href={paths.catalog}>
          Add more
        </a>
      </p>
    </section>
  </form>
)

/** A change is kept, and shows the total of it. */
const reckons = (trigger: string) =>
  hx({ post: paths.cartItems, trigger, include: 'closest form', target: '#cost', swap: 'outerHTML' })

const Item = (props: { row: CartRow; at: string; removal: string; errors: readonly FieldError[] }) => {
  const { row, at, removal, errors } = props
  const what = offerDetail(row)
  const name = `${at}/quantity`
  const id = fieldId(name)
  return (
    <tr>
      <th scope="row">
        {row.productName}
        <small>{what}</small>
        <input type="hidden" name={`${at}/offer`} value={row.code} />
      </th>
      <td data-label="How many">
        <FieldProblem errors={errors} name={id} />
        <input
          id={id}
          type="text"
          name={name}
          value={row.typed.quantity}
          inputmode="numeric"
          size={4}
          autocomplete="off"
          {...described({ errors, name: id })}
          {...reckons('input changed delay:400ms')}
        />{' '}
        <label for={id}>
          {row.perUnit ? `${row.unit}s` : 'licenses'}
          <span class="hide"> of {row.productName}</span>
        </label>
      </td>
      <td data-label="Support">
        {row.hasSupport ? <Years row={row} name={`${at}/supportYears`} errors={errors} /> : 'Part of it'}
      </td>
      <td>
        <button type="submit" form={removal}>
          Remove
          <span class="hide">
            {' '}
            {row.productName} {what}
          </span>
        </button>
      </td>
    </tr>
  )
}

const Years = ({ row, name, errors }: { row: CartRow; name: string; errors: readonly FieldError[] }) => {
  const first = row.perUnit ? 1 : 0
  const chosen = Math.max(first, Number(row.typed.supportYears ?? 0) || 0)
  const years = Array.from({ length: mostSupportYears + 1 - first }, (_, i) => i + first)
  return (
    <>
      <FieldProblem errors={errors} name={fieldId(name)} />
      <select
        id={fieldId(name)}
        name={name}
        aria-label={`Support of ${row.productName} ${offerDetail(row)}`}
        {...described({ errors, name: fieldId(name) })}
        {...reckons('change')}
      >
        {years.map((one) => (
          <option value={one} selected={one === chosen}>
            {one === 0 ? 'None' : `${counted(one, 'year')}${row.perUnit && one === 1 ? ', included' : ''}`}
          </option>
        ))}
      </select>
    </>
  )
}

/** The id of a field by its name, `items/0/quantity`; errors are shown at it. */
export const fieldId = (name: string): string => name.replaceAll('/', '-')

/** What a change of the form replaces. */
export const CartCost = ({ cost }: { cost: PaidCost }) => (
  <section class="card" id="cost" aria-live="polite">
    <h2>What it costs</h2>
    {'why' in cost ? <p class="due">{cost.why}.</p> : <QuoteLines {...cost} />}
    <p class="soft">
      Next comes a quote of exactly this, which holds for a week; you pay it in the shop, which adds the tax of your
      country. What you buy joins your activation key as soon as it is paid.
    </p>
  </section>
)
