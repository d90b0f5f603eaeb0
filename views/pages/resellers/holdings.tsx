import { offerInWords } from '#src/domain/credits/credit.ts'
import { described, FieldProblem } from '../../components/error-summary.tsx'
import { paths } from '../../paths.ts'
import type { ResellerProps } from './props.ts'

/** What a seller holds of each offer, and the form that takes back what it did not spend. */
export const Holdings = (props: ResellerProps) => {
  const { reseller, balances, may } = props
  const held = balances.filter(({ credits }) => credits > 0)
  return (
    <section>
      <h2>Credits</h2>
      {balances.length === 0 ? (
        <p class="soft">It was given no credits yet: it can make keys and trials, and no permanent license.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Offer</th>
              <th scope="col">Credits</th>
            </tr>
          </thead>
          <tbody>
            {balances.map((one) => (
              <tr>
                <th scope="row" data-label="Offer">
                  {one.productName}
                  <small>{offerInWords(one)}</small>
                </th>
                <td data-label="Credits">
                  <span class="mono">{one.credits}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {may.give && held.length > 0 && <TakeBack {...props} balances={held} reseller={reseller} />}
    </section>
  )
}

const TakeBack = ({ reseller, balances, taking }: ResellerProps) => (
  <details open={taking.errors.length > 0}>
    <summary>Take back credits that were not spent</summary>
    <form class="form" method="post" action={paths.creditReturns(reseller.id)} novalidate>
      <input type="hidden" name="request" value={taking.request} />
      <div>
        <label for="offer">Offer</label>
        <FieldProblem errors={taking.errors} name="offer" />
        <select id="offer" name="offer" {...described({ errors: taking.errors, name: 'offer' })}>
          {balances.map((one) => (
            <option value={one.offerCode} selected={one.offerCode === taking.offer}>
              {one.productName} {offerInWords(one)}: {one.credits}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="quantity">How many</label>
        <FieldProblem errors={taking.errors} name="quantity" />
        <input
          id="quantity"
          name="quantity"
          type="text"
          inputmode="numeric"
          value={taking.quantity}
          autocomplete="off"
          {...described({ errors: taking.errors, name: 'quantity' })}
        />
      </div>
      <button type="submit">Take back</button>
    </form>
  </details>
)
