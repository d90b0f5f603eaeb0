/** Two letters of a product: of its first words, or of its only one. */
const lettersOf = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean)
  const letters = words.length > 1 ? words.slice(0, 3).map((word) => word[0]) : [name.slice(0, 2)]
  return letters.join('').toUpperCase()
}

/** Fills on which white stands out in light and dark. */
const fills = ['#0b57a4', '#1b6e3c', '#8a3ffc', '#a3231f', '#8a5a00', '#005d5d', '#9f1853']
const fillOf = (code: string): string =>
  fills[[...code].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % fills.length] ?? '#0b57a4'

/** A product's mark: its letters on its color. The name stands beside it, so that it is only for the eye. */
export const ProductBadge = ({ code, name }: { code: string; name: string }) => (
  <svg width="32" height="18" aria-hidden="true">
    <rect width="32" height="18" rx="4" fill={fillOf(code)} />
    <text x="16" y="13" fill="#fff" font-size="11" font-weight="700" text-anchor="middle">
      {lettersOf(name)}
    </text>
  </svg>
)
