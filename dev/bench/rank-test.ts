/** The value in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** How likely two samples differ as much as these by chance alone: Mann-Whitney, two-sided, by the normal approximation. */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, own: 1 })), ...b.map((value) => ({ value, own: 0 }))]
  all.sort((one, other) => one.value - other.value)
  const n = all.length
  let [ranks, ties] = [0, 0]
  for (let from = 0; from < n; ) {
    let to = from
    while (to < n && all[to]?.value === all[from]?.value) to++
    const same = to - from
    ranks += all.slice(from, to).reduce((sum, { own }) => sum + own, 0) * ((from + to + 1) / 2)
    ties += same ** 3 - same
    from = to
  }
  const u = ranks - (a.length * (a.length + 1)) / 2
  const spread = Math.sqrt(((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1))))
  return spread === 0 ? 1 : 2 * (1 - normal(Math.abs(u - (a.length * b.length) / 2) / spread))
}

/** The normal distribution's share below `z`, by Abramowitz and Stegun 26.2.17: right to 7 digits. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
  const tail = series.reduce((sum, factor, i) => sum + factor * t ** (i + 1), 0)
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail
}
