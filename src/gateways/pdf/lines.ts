/** How wide a text is, in points. */
export type Measure = (text: string) => number

/** A text in lines that are no wider than a width: broken between words, or within one that is wider by itself. */
export function linesOf(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      const longer = line === '' ? word : `${line} ${word}`
      if (measure(longer) <= width) {
        line = longer
        continue
      }
      if (line !== '') lines.push(line)
      const pieces = piecesOf(word, width, measure)
      lines.push(...pieces.slice(0, -1))
      line = pieces.at(-1) ?? ''
    }
    return [...lines, line]
  })
}

function piecesOf(word: string, width: number, measure: Measure): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const sign of word) {
    if (piece !== '' && measure(piece + sign) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += sign
  }
  return [...pieces, piece]
}

/**
 * How wide columns are that share a width: each as wide as it wants where they fit; else the narrow ones keep what they
 * want and the wide ones share the rest evenly.
 */
export function widthsOf(wanted: readonly number[], width: number): number[] {
  const widths: number[] = wanted.map(() => 0)
  let left = width
  let open = wanted.map((wants, i) => ({ wants, i })).sort((one, other) => one.wants - other.wants)
  while (open.length > 0) {
    const share = left / open.length
    const narrow = open.filter(({ wants }) => wants <= share)
    if (narrow.length === 0) {
      for (const { i } of open) widths[i] = share
      return widths
    }
    for (const { wants, i } of narrow) widths[i] = wants
    left -= narrow.reduce((sum, { wants }) => sum + wants, 0)
    open = open.filter(({ wants }) => wants > share)
  }
  // What is left over goes to all alike, so that a table fills its page.
  const more = left / wanted.length
  return widths.map((one) => one + more)
}
