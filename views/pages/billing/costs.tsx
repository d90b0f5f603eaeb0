import { type CostSpan, type Costs, costSpans } from '#src/domain/billing/costs.ts'
import { BillingTabs } from '../../components/billing-tabs.tsx'
import { CostChart } from '../../components/cost-chart.tsx'
import type { Tab } from '../../components/settings-tabs.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { monthInWords } from '../../month-words.ts'
import { paths, withQuery } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'

type Props = {
  frame: Frame
  tabs: readonly Tab[]
  months: CostSpan
  currency: string
  costs: Costs
  /** Whether the chart is drawn; whoever saves data has the table. */
  draws: boolean
}

/** What everything cost, month by month: servers by product, orders of the shop, and renewals that it charged (R168). */
export const CostsPage = ({ frame, tabs, months, currency, costs, draws }: Props) => (
  <Portal frame={frame} title="Costs">
    <h1>Costs</h1>
    <BillingTabs tabs={tabs} path={paths.costs} />
    <p class="soft">
      In {currency}, before tax; renewals as the shop charged them. Servers count for the month that they were charged
      for; what was paid into the balance is no cost before it is charged, and what was refunded is none.
    </p>
    <p class="chips">
      {costSpans.map((span) => (
        <a
          href={withQuery(paths.costs, { months: span === 12 ? null : span })}
          {...(span === months ? { 'aria-current': 'true' } : {})}
        >
          {span} months
        </a>
      ))}
    </p>
    {costs.series.length === 0 ? (
      <p class="card">Nothing cost anything in these months.</p>
    ) : (
      <>
        {draws && <CostChart costs={costs} currency={currency} />}
        <Table costs={costs} currency={currency} months={months} />
      </>
    )}
  </Portal>
)

const Table = ({ costs, currency, months }: Pick<Props, 'costs' | 'currency' | 'months'>) => {
  const { periods, series, totals } = costs
  const money = (minor: number) => moneyInWords({ minor, currency })
  const all = totals.reduce((sum, one) => sum + one, 0)
  return (
    <table>
      <caption>
        {money(all)} in {months} months, newest first ·{' '}
        <a href={withQuery(paths.costsCsv, { months: months === 12 ? null : months })} download>
          Download CSV
        </a>
      </caption>
      <thead>
        <tr>
          <th scope="col">Month</th>
          {series.map(({ name }) => (
            <th scope="col">{name}</th>
          ))}
          <th scope="col">Total</th>
        </tr>
      </thead>
      <tbody>
        {periods
          .map((period, i) => (
            <tr>
              <th scope="row" data-label="Month">
                {monthInWords(period)}
              </th>
              {series.map(({ name, amounts }) => (
                <td data-label={name} class="mono">
                  {money(amounts[i] ?? 0)}
                </td>
              ))}
              <td data-label="Total" class="mono">
                <b>{money(totals[i] ?? 0)}</b>
              </td>
            </tr>
          ))
          .reverse()}
      </tbody>
    </table>
  )
}
