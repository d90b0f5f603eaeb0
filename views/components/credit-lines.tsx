import type { ExchangeLine } from '#src/domain/credits/exchange.ts'

/** A line of what an act costs: an offer in words, and whose credits where several accounts pay. */
export type CreditLine = ExchangeLine & { readonly label: string; readonly accountName?: string }

const signed = ({ spent, returned }: ExchangeLine): string => {
  const change = returned - spent
  return change < 0 ? `−${-change}` : `+${change}`
}

/** What an act costs in credits: now, what changes, and after; said in words where they do not suffice (R105 R106). */
export const CreditLines = ({ lines }: { lines: readonly CreditLine[] }) => {
  const short = lines.filter(({ after }) => after < 0)
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">Credits of</th>
            <th scope="col">Now</th>
            <th scope="col">Change</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              <th scope="row">
                {line.label}
                {line.accountName && <small> {line.accountName}</small>}
              </th>
              <td data-label="Now">{line.before}</td>
              <td data-label="Change">{signed(line)}</td>
              <td data-label="After">{line.after < 0 ? <b class="bad">{`−${-line.after}`}</b> : line.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {short.map(({ label, before, spent }) => (
        <p class="bad">
          Not enough credits of {label}: {spent} needed, {before} there. Ask whoever gives you credits for more.
        </p>
      ))}
    </>
  )
}
