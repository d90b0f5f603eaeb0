import { type Plan, reckonMonth } from '#src/domain/billing/plan.ts'
import type { Tier } from '#src/domain/quotes/offered.ts'
import { counted, moneyInWords } from '../../words.ts'

type Props = { readonly plans: readonly Plan[]; readonly currency: string }

/** What a server costs a month, by how many there are of a product, and which of the prices is one's own (R230 R231). */
export const PlanAndPrices = ({ plans, currency }: Props) => (
  <section id="prices">
    <h2>Plan and prices</h2>
    <p class="soft">
      Servers are charged by the month, in advance, for those in use as it begins; what comes in a month is first
      charged for the next. The price for a number of servers holds for all of them.
    </p>
    <div class="cards">
      {plans.map((plan) => (
        <Prices plan={plan} currency={currency} />
      ))}
    </div>
  </section>
)

const Prices = ({ plan, currency }: { plan: Plan; currency: string }) => {
  const { productName, servers, tiers } = plan
  const own = reckonMonth(servers, tiers)
  return (
    <section class="card">
      <h3>{productName}</h3>
      {own ? (
        <>
          <p>
            {counted(servers, 'server')} × {moneyInWords({ minor: own.unitMinor, currency })} ={' '}
            <b>{moneyInWords({ minor: own.amountMinor, currency })}</b> a month
          </p>
          <ul>
            {tiers.map((tier, i) => (
              <li>
                {rangeOf(tier, tiers[i + 1])}:{' '}
                <span class="mono">{moneyInWords({ minor: tier.unitMinor, currency })}</span>
                {tier.minQuantity === own.minQuantity && servers > 0 && (
                  <>
                    {' '}
                    <b class="good">your price</b>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>{counted(servers, 'server')} in use. It has no price yet and is not charged.</p>
      )}
    </section>
  )
}

const rangeOf = ({ minQuantity }: Tier, next: Tier | undefined): string =>
  next ? `${minQuantity} to ${next.minQuantity - 1} servers` : `${minQuantity} servers and more`
