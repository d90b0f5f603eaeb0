type Props = {
  label: string
  months: readonly (readonly [month: string, count: number])[]
  /** Of how many rows it counts, where there are more. */
  ofFirst?: number | null
}

/** Bars by month, with the same figures as a table for whoever would rather read (R327). */
export const MonthChart = ({ label, months, ofFirst = null }: Props) => {
  const most = Math.max(1, ...months.map(([, count]) => count))
  const width = months.length * 56
  return (
    <figure>
      <figcaption>
        {label}
        {ofFirst !== null && <span class="soft">, of the first {ofFirst}</span>}
      </figcaption>
      <svg
        viewBox={`0 0 ${Math.max(width, 56)} 120`}
        height="120"
        role="img"
        aria-label={`${label}: ${months.map(([month, count]) => `${month} ${count}`).join(', ')}`}
      >
        {months.map(([month, count], i) => {
          const height = Math.round((count / most) * 76)
          return (
            <g fill="currentColor" text-anchor="middle" font-size="12">
              <rect x={i * 56 + 10} y={96 - height} width="36" height={height} rx="3" opacity=".6" />
              <text x={i * 56 + 28} y={90 - height}>
                {count}
              </text>
              <text x={i * 56 + 28} y="114">
                {month}
              </text>
            </g>
          )
        })}
      </svg>
      <details>
        <summary>As a table</summary>
        <table>
          <caption class="hide">{label}</caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">Count</th>
            </tr>
          </thead>
          <tbody>
            {months.map(([month, count]) => (
              <tr>
                <th scope="row" data-label="Month">
                  {month}
                </th>
                <td data-label="Count">{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
