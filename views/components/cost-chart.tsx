import type { Costs } from '#src/domain/billing/costs.ts'
import { monthInWords } from '../month-words.ts'
import { moneyInWords } from '../words.ts'

type Props = { readonly costs: Costs; readonly currency: string }

/** Narrow enough to be read on a phone, where it is scaled down. */
const width = 448
const height = 170
const top = 20
const foot = 24

/** The ink of each series; beyond four they come again, a little paler. */
const inks = ['', 'good', 'due', 'bad'] as const
const inkOf = (i: number) => ({ class: inks[i % inks.length] ?? '', opacity: i < inks.length ? '.75' : '.4' })

/** A bar for each month, its costs on top of one another; the table beside it says the same in figures (R327). */
export const CostChart = ({ costs, currency }: Props) => {
  const { periods, series, totals } = costs
  const most = Math.max(1, ...totals)
  const step = width / periods.length
  const scale = (height - top - foot) / most
  const said = periods.map(
    (period, i) => `${monthInWords(period)} ${moneyInWords({ minor: totals[i] ?? 0, currency })}`,
  )
  return (
    <figure>
      <figcaption>
        {series.map(({ name }, i) => (
          <>
            {i > 0 && ' · '}
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <rect {...inkOf(i)} width="12" height="12" rx="2" fill="currentColor" />
            </svg>{' '}
            {name}
          </>
        ))}
      </figcaption>
      <svg
        width={width}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Costs by month: ${said.join(', ')}`}
      >
        <text y="13" font-size="13" fill="currentColor">
          {moneyInWords({ minor: most, currency })}
        </text>
        <path d={`M0 ${top}H${width}M0 ${height - foot}H${width}`} stroke="currentColor" opacity=".2" />
        {periods.map((period, month) => (
          <g>
            {stacked(series.map(({ amounts }) => amounts[month] ?? 0)).map(
              ({ from, amount }, i) =>
                amount > 0 && (
                  <rect
                    {...inkOf(i)}
                    x={round(month * step + step * 0.15)}
                    y={round(height - foot - (from + amount) * scale)}
                    width={round(step * 0.7)}
                    height={round(amount * scale)}
                    fill="currentColor"
                  />
                ),
            )}
            {(periods.length - 1 - month) % Math.ceil(periods.length / 12) === 0 && (
              <text
                x={round(month * step + step / 2)}
                y={height - 8}
                text-anchor="middle"
                font-size="12"
                fill="currentColor"
              >
                {period.slice(5, 7)}/{period.slice(2, 4)}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  )
}

const round = (n: number): number => Math.round(n * 10) / 10

/** Amounts on top of one another. */
function stacked(amounts: readonly number[]): { from: number; amount: number }[] {
  let from = 0
  return amounts.map((amount) => {
    const one = { from, amount }
    from += amount
    return one
  })
}
