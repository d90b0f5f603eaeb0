import { moneyInWords } from '../words.ts'

/** What a line of a quote says, before or after it is kept. */
export type LineView = {
  readonly text: string
  readonly reckoning: string
  readonly listMinor: number
  readonly creditMinor: number
  readonly dueMinor: number
}

type Props = { lines: readonly LineView[]; currency: string; totalMinor: number }

/** Lines of a quote, each explained, and the total (R301). */
export const QuoteLines = ({ lines, currency, totalMinor }: Props) => {
  const money = (minor: number) => moneyInWords({ minor, currency })
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Price</th>
          <th scope="col">Paid already</th>
          <th scope="col">Due</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ text, reckoning, listMinor, creditMinor, dueMinor }) => (
          <tr>
            <td data-label="What" class="any">
              {text}
              {reckoning && <small>{reckoning}</small>}
            </td>
            <td data-label="Price" class="mono">
              {money(listMinor)}
            </td>
            <td data-label="Paid already" class="mono">
              {creditMinor > 0 ? money(-creditMinor) : '–'}
            </td>
            <td data-label="Due" class="mono">
              {money(dueMinor)}
            </td>
          </tr>
        ))}
        <tr>
          <td data-label="What" colspan={3}>
            <b>Total, before tax</b>
          </td>
          <td data-label="Due" class="mono">
            <b>{money(totalMinor)}</b>
          </td>
        </tr>
      </tbody>
    </table>
  )
}
