/** `3 / 10` or `3 / unlimited`, with a gauge where there is a limit. */
export const UsedOfLimit = ({ used, limit, label }: { used: number; limit: number | null; label: string }) => (
  <span>
    <span class="mono">
      {used} / {limit ?? 'unlimited'}
    </span>
    {limit !== null && limit > 0 && (
      <>
        {' '}
        <meter min={0} max={limit} value={Math.min(used, limit)} aria-label={label}></meter>
      </>
    )}
  </span>
)
