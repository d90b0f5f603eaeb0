type Props = { label: string; months: readonly (readonly [month: string, count: number])[] }

/** Bars by month, with the same figures as a table for whoever would rather read (R327). */
export const MonthChart = ({ label, months }: Props) => {
  const most = Math.max(1, ...months.map(([, count]) => count))
  const width = months.length * 56
  return (
    <figure>
      <figcaption>{label}</figcaption>
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
    </figure>
  )
}
