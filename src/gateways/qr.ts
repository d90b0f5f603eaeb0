/** A QR code as the path of an SVG: its side in modules and what is dark of it. */
export async function qrOf(text: string): Promise<{ size: number; path: string }> {
  const { encode } = await import('uqr')
  const { size, data } = encode(text, { border: 4 })
  return { size, path: data.map(darkIn).join('') }
}

/** The dark stretches of a row, each as one bar. */
function darkIn(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0, end = 0; x < row.length; x = end + 1) {
    for (end = x; row[end]; end++);
    if (end > x) path += `M${x} ${y}h${end - x}v1H${x}z`
  }
  return path
}
