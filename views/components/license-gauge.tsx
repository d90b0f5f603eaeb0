import { fillOf } from '#src/domain/products/product.ts'

type Props = { readonly used: number; readonly owned: number | null; readonly label: string }

/** How many server licenses are used of those owned, as half a ring and in words (R211). */
export const LicenseGauge = ({ used, owned, label }: Props) =>
  owned === null ? (
    <p>
      <b class="key">{used}</b> in use, no limit
    </p>
  ) : (
    <Ring used={used} owned={owned} label={label} />
  )

const half = 'M10 60a50 50 0 0 1 100 0'

const Ring = ({ used, owned, label }: Props & { owned: number }) => {
  const { percent, level } = fillOf(used, owned)
  return (
    <>
      <svg viewBox="0 0 120 68" width="120" height="68" role="img" aria-label={`${label}: ${used} of ${owned} used`}>
        <g fill="none" stroke="currentColor" stroke-width="12">
          <path d={half} opacity=".15" />
          <path class={level} d={half} pathLength="100" stroke-dasharray={`${percent} 200`} />
        </g>
        <text x="60" y="58" text-anchor="middle" fill="currentColor" font-size="20" font-weight="600">
          {percent} %
        </text>
      </svg>
      <p>
        <b>{used}</b> of <b>{owned}</b> server licenses used, {leftInWords(owned - used)}
      </p>
    </>
  )
}

const leftInWords = (left: number): string =>
  left < 0 ? `${-left} too many` : left === 0 ? 'none left' : `${left} left`
