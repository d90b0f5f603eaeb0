/**
 * The JSON text of each element of the array under a key of the outermost object, as it stands in the text: numbers of
 * any length and unknown fields survive. The text must be valid JSON. Of a repeated key the last counts, as in
 * `JSON.parse`. It does not recurse, however deep the text nests.
 */
export function elementTexts(text: string, key: string): string[] {
  let found: string[] = []
  let depth = 0
  let inside = false
  let name = ''
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') {
      const end = endOfString(text, i)
      if (depth === 1) name = text.slice(i, end + 1)
      i = end
    } else if (char === '{' || char === '[') {
      if (depth === 1 && JSON.parse(name) === key) {
        found = []
        inside = char === '['
        start = i + 1
      }
      depth++
    } else if (char === ',' && depth === 2 && inside) {
      found.push(text.slice(start, i).trim())
      start = i + 1
    } else if (char === '}' || char === ']') {
      depth--
      if (depth === 1 && inside) {
        const last = text.slice(start, i).trim()
        if (last !== '') found.push(last)
        inside = false
      }
    }
  }
  return found
}

/** Where the string that begins at `from` ends: the place of its closing quote. */
function endOfString(text: string, from: number): number {
  let i = from + 1
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i
}
